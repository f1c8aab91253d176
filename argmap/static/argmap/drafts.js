// What someone types as a comment is kept by their browser until it is sent, though they close the
// tab: by the form's address, what it is about, and whose it is.
import { forget, recall, remember } from "./memory.js";

const FORM = "form[data-draft]";
const FIELDS = ["body", "kind", "flag", "about"];

// Whether what a field holds would be lost, or its writer disturbed, if it were taken away.
export function isAtStake(field) {
  const form = field.closest("[data-kept]");
  return !form || form.contains(document.activeElement);
}

// What the address asks to see beside the form says nothing of what is typed in it.
function nameOf(form) {
  const reader = document.body.dataset.reader ?? "";
  return `draft ${reader} ${form.getAttribute("action").split("?")[0]} ${form.dataset.draft}`;
}

function isReword(form) {
  return form.dataset.draft.startsWith("reword ");
}

function drop(form) {
  forget(nameOf(form));
  delete form.dataset.kept;
  form.querySelector("[data-restored]")?.remove();
}

function keep(form) {
  const { body } = form.elements;
  if (!body.value.trim() || (isReword(form) && body.value === body.defaultValue)) {
    drop(form);
    return;
  }
  const typed = FIELDS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);
  if (remember(nameOf(form), JSON.stringify(Object.fromEntries(typed)))) form.dataset.kept = "";
}

function recalled(form) {
  try {
    return JSON.parse(recall(nameOf(form)) ?? "null");
  } catch {
    return null; // someone else wrote there
  }
}

function tell(form) {
  const line = document.createElement("p");
  line.className = "hint restored";
  line.dataset.restored = "";
  line.role = "status";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Discard it";
  button.addEventListener("click", () => {
    drop(form);
    form.reset();
    form.elements.body.focus();
  });
  line.append("What you typed here and did not send is back. ", button);
  form.querySelector(".form-foot").before(line);
}

function restore(form) {
  const { body } = form.elements;
  // What the server sent back, or someone has begun to type again, stands.
  if (form.dataset.kept !== undefined || body.value !== (isReword(form) ? body.defaultValue : "")) return;
  const typed = recalled(form);
  if (!typed?.body || typed.body === body.value) return;
  for (const [name, value] of Object.entries(typed)) {
    const field = form.elements[name];
    const isOffered = !field?.options || [...field.options].some((option) => option.value === value);
    if (FIELDS.includes(name) && field && isOffered) field.value = value;
  }
  form.dataset.kept = "";
  const fold = form.closest("details");
  if (fold) fold.open = true;
  tell(form);
}

function restoreAll(root) {
  for (const form of root.querySelectorAll(FORM)) restore(form);
  if (root.matches?.(FORM)) restore(root);
}

function cancel(event) {
  const form = event.target.closest?.("[data-leave]")?.closest(FORM);
  if (!form) return;
  drop(form);
  // On its own page the link leads back to the comment.
  const ways = form.previousElementSibling;
  if (!ways?.matches(".own-ways")) return;
  event.preventDefault();
  form.remove();
  ways.querySelector("a").focus();
}

export function startDrafts() {
  for (const type of ["input", "change"]) {
    document.addEventListener(type, (event) => {
      const form = event.target.closest?.(FORM);
      if (form) keep(form);
    });
  }
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (elt.matches(FORM) && detail.xhr.status < 300) drop(elt);
  });
  document.addEventListener("htmx:load", (event) => restoreAll(event.detail.elt));
  document.addEventListener("click", cancel);
  restoreAll(document);
}
