// A part of the page that comes anew while someone is at work in it: what they opened stays open, the
// focus stays where it was, and what they type is not taken away.
import { isAtStake } from "./drafts.js";
import { fetchPart } from "./part.js";

const FIELDS = "textarea, select, input:not([type=hidden])";
const TOLD = ".told";
const REACHED = `${FIELDS}, a[href], button, summary, [tabindex]`;

function isTyped(field) {
  if (!field.options) return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
  const usual = [...field.options].findIndex((option) => option.defaultSelected);
  return field.selectedIndex !== Math.max(usual, 0);
}

// What someone typed or chose in a part and has not sent.
export function typedIn(part) {
  return [...part.querySelectorAll(FIELDS)].filter(isTyped);
}

const TRY_AGAIN = 50;

// Once nothing that was sent from a part is on its way: what has not come back cannot be taken away.
export async function answered(part) {
  while (part.querySelector("form.htmx-request")) {
    await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN));
  }
}

// Someone types in it, or what they typed is on its way.
export function isInUse(part) {
  const focused = document.activeElement;
  if (part.contains(focused) && focused.matches(FIELDS)) return true;
  return part.querySelector(".htmx-request") !== null || typedIn(part).some(isAtStake);
}

function nameOf(element) {
  if (element.id) return `#${element.id}`;
  const around = element.closest("[id], [data-key]");
  const said = element.name ?? (element.querySelector("summary") ?? element).textContent.trim();
  return [element.tagName, around?.id, around?.dataset.key, said, element.value].join(" ");
}

// The elements of a part by names that outlive it; of several with one name, by their order.
function named(part, selector) {
  const times = new Map();
  return new Map(
    [...part.querySelectorAll(selector)].map((element) => {
      const name = nameOf(element);
      times.set(name, (times.get(name) ?? 0) + 1);
      return [`${name} ${times.get(name)}`, element];
    }),
  );
}

// What was said of the last thing done, to be said again in the place where it stood.
function noticesIn(part) {
  return [...part.querySelectorAll(TOLD)].map((line) => {
    const { id, children } = line.parentElement;
    return { line, id, at: [...children].indexOf(line) };
  });
}

function tellAgain({ line, id, at }) {
  const place = document.getElementById(id);
  if (place && !place.querySelector(TOLD)) place.insertBefore(line, place.children[at] ?? null);
}

function hold(part) {
  const notices = noticesIn(part);
  const open = [...named(part, "details")].map(([name, { open: isOpen }]) => [name, isOpen]);
  const focused = [...named(part, REACHED)].find(([, element]) => element === document.activeElement);
  const id = focused?.[1].id;
  const { scrollTop } = part;
  return () => {
    const folds = named(part, "details");
    for (const [name, isOpen] of open) if (folds.has(name)) folds.get(name).open = isOpen;
    notices.forEach(tellAgain);
    part.scrollTop = scrollTop;
    // Someone may have gone elsewhere meanwhile.
    if (focused && document.activeElement === document.body) {
      const place = (id && document.getElementById(id)) || named(part, REACHED).get(focused[0]);
      // What just came to be has the focus once, and is nothing that keys reach.
      if (place && !place.matches(REACHED)) place.tabIndex = -1;
      place?.focus({ preventScroll: true });
    }
  };
}

// Return whether what the part shows is what the server says now: of one in use it is not.
export async function renew(part, href) {
  if (isInUse(part)) return false;
  const restore = hold(part);
  const isNew = await fetchPart(part, href, "innerHTML");
  if (isNew) restore();
  return isNew;
}
