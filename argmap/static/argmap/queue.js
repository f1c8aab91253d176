// The keyboard in a queue: from line to line, and what one does with a line.
import { startKeys } from "./keys.js";

const LINK = "[data-queue] [data-open]";
let last = null; // the line where one was, for when something else takes the focus

function links() {
  return [...document.querySelectorAll(LINK)];
}

function here() {
  return document.activeElement?.closest("[data-queue] > li") ?? null;
}

function go(by) {
  const all = links();
  if (!all.length) return;
  const line = here() ?? (last?.isConnected ? last : null);
  const at = line ? all.findIndex((link) => line.contains(link)) : -1;
  const next = at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
}

function answer() {
  const summary = here()?.querySelector("[data-answer]");
  if (!summary) return;
  summary.parentElement.open = true;
  summary.parentElement.querySelector("textarea").focus();
}

function press(what) {
  here()?.querySelector(what)?.click();
}

startKeys({
  j: () => go(1),
  k: () => go(-1),
  ArrowDown: () => go(1),
  ArrowUp: () => go(-1),
  a: answer,
  r: () => press("[data-resolve]"),
  y: () => press("[data-accept]"),
});

document.addEventListener("focusin", () => {
  last = here() ?? last;
});

// Out of an answer, back to its line; what was typed stays there.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.matches?.("[data-queue] textarea")) {
    here()?.querySelector("[data-open]").focus();
  }
});

// A line that was dealt with comes anew: whoever works by keyboard is still on it.
document.addEventListener("htmx:load", (event) => {
  if (event.target.matches?.("[data-queue] > li")) event.target.querySelector("[data-open]")?.focus();
});
