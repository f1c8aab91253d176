// The map page: choosing elements, and the panel beside the drawing.
import { Beside } from "./beside.js";
import { Draft } from "./draft.js";
import { Find } from "./find.js";
import { FullScreen } from "./full.js";
import { Ground } from "./ground.js";
import { startKeys } from "./keys.js";
import { rememberLegend } from "./legend.js";
import { Linking } from "./linking.js";
import { Live } from "./live.js";
import { startMissed } from "./missed.js";
import { Panel } from "./panel.js";
import { Pinch } from "./pinch.js";
import { Place } from "./place.js";
import { Print } from "./print.js";
import { takeRoom } from "./room.js";
import { Stage } from "./stage.js";
import { Tell } from "./tell.js";
import { Tools } from "./tools.js";
import { Views } from "./views.js";
import { Walk } from "./walk.js";
import { Zoom } from "./zoom.js";

const canvas = document.getElementById("canvas");

function isPlain(event) {
  return !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

function listen(stage, panel, views) {
  const choose = async (link) => {
    const { key } = link.dataset;
    await panel.choose(link);
    if (panel.key === key && stage.drawing && !stage.elementOf(key)) await views.reveal(key);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-key]:not([data-view])");
    if (!link || !isPlain(event)) return;
    if (!canvas.contains(link) && !panel.element.contains(link) && !link.closest(".beside, .view")) return;
    event.preventDefault();
    // Enter on what is chosen already goes on into the panel; a mouse's clicks are counted from one.
    if (event.detail === 0 && link.classList.contains("selected")) return panel.element.focus();
    if (!canvas.classList.contains("dragged")) choose(link);
  });
  document.addEventListener("choose", (event) => choose(event.detail.link));
  // And Escape comes back to the drawing.
  panel.element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stage.selected) stage.visit(stage.selected);
  });
}

function startEditing(stage, panel, views) {
  const draft = new Draft(stage, () => views.redraw());
  const linking = new Linking(stage, panel);
  draft.start();
  linking.start();
  new Tools(stage, panel, draft, linking).start();
  return draft;
}

// What is chosen, or where the map begins, unless the address says a place.
function look(stage) {
  takeRoom(canvas);
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
  stage.readdress(); // the server opens what hides what is chosen
  const panel = new Panel(document.getElementById("panel"), stage);
  stage.listen();
  new Print(stage).start();
  const views = new Views(stage, panel);
  listen(stage, panel, views);
  startMissed(stage, panel, views);
  views.start();
  look(stage);
  new Tell(stage, document.querySelector("[data-telling]")).start();
  new Walk(stage).start();
  const full = new FullScreen(document.querySelector("[data-full-screen]"), document.querySelector(".workbench"));
  full.start();
  const beside = new Beside(document.getElementById("beside"), document.querySelector("[data-beside]"), stage);
  beside.start();
  const find = new Find(document.querySelector("[data-find]"), new Ground(stage, beside, panel, views));
  find.start();
  canvas.addEventListener("drawn", () => find.markAll());
  beside.element.addEventListener("grown", () => find.markAll());
  startKeys({ "/": () => find.begin(), f: () => full.toggle(), o: () => beside.toggle() });
  const edits = canvas.closest("[data-edits]");
  const draft = edits ? startEditing(stage, panel, views) : null;
  // Whoever may not edit may suggest: the same links and forms, and no keys.
  if (!edits) new Tools(stage, panel).start();
  new Live(stage, views, draft).start();
}

if (canvas) begin();
rememberLegend();
