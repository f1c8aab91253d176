// The map page: choosing elements, and the panel beside the drawing.
import { Find } from "./find.js";
import { startKeys } from "./keys.js";
import { rememberLegend } from "./legend.js";
import { Walk } from "./walk.js";
import { Zoom } from "./zoom.js";

const canvas = document.querySelector(".canvas");
const panel = document.getElementById("panel");
const said = document.querySelector("[data-said]");
const drawing = canvas?.querySelector("svg.drawing");

function elementOf(key) {
  return drawing?.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

function mark(key) {
  for (const old of drawing?.querySelectorAll(".selected") ?? []) {
    old.classList.remove("selected");
    old.removeAttribute("aria-current");
  }
  const chosen = key && elementOf(key);
  chosen?.classList.add("selected");
  chosen?.setAttribute("aria-current", "true");
  return chosen;
}

function address(key) {
  const url = new URL(location.href);
  url.searchParams.set("select", key);
  url.hash = "";
  return url;
}

async function show(key, href) {
  mark(key);
  await htmx.ajax("GET", href, { target: panel, swap: "innerHTML" });
  panel.scrollTop = 0;
  said.textContent = `Details: ${key}, ${panel.querySelector("h2")?.textContent.trim() ?? ""}`;
}

async function choose(link) {
  const key = link.dataset.key;
  await show(key, link.href.baseVal ?? link.href);
  history.pushState({ key }, "", address(key));
  if (panel.contains(link) || matchMedia("(max-width: 60rem)").matches) {
    panel.scrollIntoView({ block: "start" });
  }
  elementOf(key)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function isPlain(event) {
  return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function bringIntoView(element) {
  const box = element.getBoundingClientRect();
  const frame = canvas.getBoundingClientRect();
  canvas.scrollBy(
    box.x + box.width / 2 - frame.x - frame.width / 2,
    box.y + box.height / 2 - frame.y - frame.height / 2,
  );
}

// Of a line, what points at its conclusion: the line itself may be longer than the screen.
function reveal(element) {
  const part = element.querySelector(".box, .head, .bar") ?? element;
  part.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function visit(element) {
  element.focus({ preventScroll: true });
  reveal(element);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-key]");
  if (!link || !panel || !isPlain(event)) return;
  if (!drawing?.contains(link) && !panel.contains(link)) return;
  event.preventDefault();
  // Enter on what is chosen already goes on into the panel; a mouse's clicks are counted from one.
  if (event.detail === 0 && link.classList.contains("selected")) return panel.focus();
  if (!canvas.classList.contains("dragged")) choose(link);
});

// And Escape comes back to the drawing.
panel?.addEventListener("keydown", (event) => {
  const chosen = drawing?.querySelector(".selected");
  if (event.key === "Escape" && chosen) visit(chosen);
});

// Signed out, or deleted meanwhile: the whole page says which.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target === panel) location.assign(event.detail.pathInfo.requestPath);
});

// Back and forward go through what was chosen.
window.addEventListener("popstate", () => location.reload());

if (drawing) {
  const zoom = new Zoom(canvas, drawing);
  zoom.start();
  const start = mark(canvas.dataset.selected) || elementOf(canvas.dataset.start);
  if (start) bringIntoView(start);
  new Walk(canvas, drawing, visit).start();
  const find = new Find(document.querySelector("[data-find]"), drawing, {
    show: bringIntoView,
    open: choose,
  });
  find.start();
  startKeys(find);
}
rememberLegend();
