// The map page: choosing elements, and the panel beside the drawing.
import { Beside } from "./beside.js";
import { Find } from "./find.js";
import { FullScreen } from "./full.js";
import { startKeys } from "./keys.js";
import { rememberLegend } from "./legend.js";
import { Panel } from "./panel.js";
import { Pinch } from "./pinch.js";
import { Place } from "./place.js";
import { Stage } from "./stage.js";
import { Tell } from "./tell.js";
import { Views } from "./views.js";
import { Walk } from "./walk.js";
import { Zoom } from "./zoom.js";

const canvas = document.getElementById("canvas");

function isPlain(event) {
  return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function listen(stage, panel) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-key]");
    if (!link || !isPlain(event)) return;
    if (!canvas.contains(link) && !panel.element.contains(link) && !link.closest(".beside")) return;
    event.preventDefault();
    // Enter on what is chosen already goes on into the panel; a mouse's clicks are counted from one.
    if (event.detail === 0 && link.classList.contains("selected")) return panel.element.focus();
    if (!canvas.classList.contains("dragged")) panel.choose(link);
  });
  document.addEventListener("choose", (event) => panel.choose(event.detail.link));
  // And Escape comes back to the drawing.
  panel.element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stage.selected) stage.visit(stage.selected);
  });
  // Signed out, or deleted meanwhile: the whole page says which.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig.verb === "get") location.assign(event.detail.pathInfo.requestPath);
  });
}

// What is chosen, or where the map begins, unless the address says a place.
function look(stage) {
  const zoom = new Zoom(stage);
  zoom.start();
  new Pinch(zoom).start();
  const place = new Place(stage, zoom);
  const start = stage.mark(canvas.dataset.selected) ?? stage.elementOf(canvas.dataset.start);
  if (start && !place.restore()) stage.centre(start);
  place.start();
}

function begin() {
  const stage = new Stage(canvas);
  const panel = new Panel(document.getElementById("panel"), stage);
  stage.listen();
  listen(stage, panel);
  const views = new Views(stage, panel);
  views.start();
  look(stage);
  new Tell(stage, document.querySelector("[data-telling]")).start();
  new Walk(stage).start();
  const full = new FullScreen(document.querySelector("[data-full]"), document.querySelector(".workbench"));
  full.start();
  const find = new Find(document.querySelector("[data-find]"), stage, panel, views);
  find.start();
  const beside = new Beside(document.getElementById("beside"), document.querySelector("[data-beside]"), stage);
  beside.start();
  startKeys({ "/": () => find.begin(), f: () => full.toggle(), o: () => beside.toggle() });
}

if (canvas) begin();
rememberLegend();
