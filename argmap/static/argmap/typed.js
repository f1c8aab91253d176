// Forms sent by htmx: what was typed is never lost.
const REASONS = {
  403: "This was refused: you may not do it any more, or the page is too old, and to reload it helps",
  404: "What this is about was deleted meanwhile",
  410: "What this is about was deleted meanwhile",
};
const SIGNED_OUT = 401;

// Signing in again, in another tab, changes the token that the form was loaded with.
document.addEventListener("htmx:configRequest", (event) => {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const data = event.detail.formData;
  if (cookie && data.has("csrfmiddlewaretoken")) data.set("csrfmiddlewaretoken", cookie[1]);
});

// One reason at a time: of an earlier try nothing is left.
function say(form, text, link) {
  for (const earlier of form.querySelectorAll(".error:not([data-failure])")) earlier.remove();
  const place = form.querySelector("[data-failure]");
  place.textContent = text;
  if (link) place.append(" ", link);
  place.hidden = false;
}

function signInLink() {
  const link = document.createElement("a");
  link.href = "/accounts/login/";
  link.target = "_blank";
  link.textContent = "Sign in again in a new tab";
  return link;
}

function formOf(event) {
  return event.target.closest?.("[data-typed]");
}

// What holds no text, such as a link that was dragged or an undo, has its reason over the drawing.
function shout(text, link) {
  const toast = document.getElementById("toast");
  const line = document.createElement("p");
  line.className = link ? "warning signed-out" : "warning";
  line.append(text, ...(link ? [" ", link] : []));
  toast?.replaceChildren(line);
}

function refuse(event, why, otherwise, link) {
  const form = formOf(event);
  if (form) say(form, `${why}. Your text is still here.`, link);
  else if (event.detail.requestConfig.verb !== "get") shout(`${why}. ${otherwise}`, link);
}

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const why = REASONS[status] ?? `This was not saved (${status}): try again`;
  if (status === SIGNED_OUT) refuse(event, "You are signed out", "Nothing was done.", signInLink());
  else refuse(event, why, "Nothing was done.");
});

// It may have been done all the same.
document.addEventListener("htmx:sendError", (event) => {
  refuse(event, "The server cannot be reached", "Try again.");
});
