// What someone types in a form of review is kept by their browser until it is sent, though they close
// the tab: by the form's address, what it is about, and whose it is.
import { forget, recall, remember } from "./memory.js";

const FORM = "form[data-draft]";
const UNTYPED = ["hidden", "submit", "button"];

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

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !UNTYPED.includes(field.type));
}

// What a field holds before anyone types. What the server sends back was typed, all of it.
function blankOf(field) {
  if (field.options) {
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
  }
  return field.form.dataset.returned === undefined ? field.defaultValue : "";
}

function isTyped(field) {
  const isReturned = field.form.dataset.returned !== undefined;
  if (field.type === "radio") return field.checked && (isReturned || !field.defaultChecked);
  if (isReturned && field.options) return true;
  return field.value.trim() !== blankOf(field).trim();
}

function drop(form) {
  forget(nameOf(form));
  delete form.dataset.kept;
  form.querySelector("[data-restored]")?.remove();
}

function keep(form) {
  const typed = fieldsOf(form).filter(isTyped);
  if (!typed.length) {
    drop(form);
    return;
  }
  const words = Object.fromEntries(typed.map(({ name, value }) => [name, value]));
  if (remember(nameOf(form), JSON.stringify(words))) form.dataset.kept = "";
}

function recalled(form) {
  try {
    return JSON.parse(recall(nameOf(form))) ?? {};
  } catch {
    return {}; // someone else wrote there
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
    (form.querySelector("textarea") ?? fieldsOf(form)[0]).focus();
  });
  line.append("What you typed here and did not send is back. ", button);
  form.querySelector(".form-foot").before(line);
}

function fill(field, value) {
  if (field.type === "radio") field.checked = field.value === value;
  else if (!field.options || [...field.options].some((option) => option.value === value)) field.value = value;
}

function restore(form) {
  // What the server sent back, or someone has begun to type again, stands.
  if (form.dataset.kept !== undefined || form.dataset.returned !== undefined) return;
  if (fieldsOf(form).some(isTyped)) return;
  const words = recalled(form);
  for (const field of fieldsOf(form)) if (typeof words[field.name] === "string") fill(field, words[field.name]);
  const typed = fieldsOf(form).filter(isTyped);
  if (!typed.length) return;
  form.dataset.kept = "";
  for (const field of [form, ...typed]) {
    const fold = field.closest("details");
    if (fold) fold.open = true;
  }
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
  // On its own page the link leads back to where the form was asked for.
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
  // Before anything is done with the answer: it may lead to another page.
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    const { elt } = detail.requestConfig;
    if (elt.matches(FORM) && detail.xhr.status < 300) drop(elt);
  });
  document.addEventListener("htmx:load", (event) => restoreAll(event.detail.elt));
  document.addEventListener("click", cancel);
  restoreAll(document);
}
