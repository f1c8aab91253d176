// Forms sent by htmx: what was typed is never lost.
import { reasonOf, shout, wayBack } from "./shout.js";

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

function formOf(event) {
  return event.target.closest?.("[data-typed]");
}

// What holds no text, such as a link that was dragged or an undo, has its reason over the drawing.
function refuse(event, status, otherwise) {
  const form = formOf(event);
  const why = reasonOf(status, "This was not saved");
  if (form) say(form, `${why}. Your text is still here.`, wayBack(status));
  else if (event.detail.requestConfig.verb !== "get") shout(`${why}. ${otherwise}`, wayBack(status));
}

document.addEventListener("htmx:responseError", (event) => {
  refuse(event, event.detail.xhr.status, "Nothing was done.");
});

// It may have been done all the same.
document.addEventListener("htmx:sendError", (event) => refuse(event, 0, "Try again."));
