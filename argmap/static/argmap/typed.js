// Forms sent by htmx: what was typed is never lost.
const REASONS = {
  403: "This was refused: you may not do it any more, or the page is too old, and to reload it helps.",
  404: "What this is about was deleted meanwhile.",
  410: "What this is about was deleted meanwhile.",
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

document.addEventListener("htmx:responseError", (event) => {
  const form = formOf(event);
  if (!form) return;
  const status = event.detail.xhr.status;
  if (status === SIGNED_OUT) say(form, "You are signed out; your text is still here.", signInLink());
  else if (REASONS[status]) say(form, `${REASONS[status]} Your text is still here.`);
  else say(form, `This was not saved (${status}); your text is still here. Try again.`);
});

document.addEventListener("htmx:sendError", (event) => {
  const form = formOf(event);
  if (form) say(form, "The server cannot be reached; your text is still here. Try again.");
});
