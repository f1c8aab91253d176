// Other views of the same map: the drawing moves to them, and the address says which one it is.
import { addressWith, rewrite } from "./address.js";
import { fetchPart } from "./part.js";

// What the server does when nobody asks.
const USUAL = "kind";

export class Views {
  constructor(stage, panel) {
    this.stage = stage;
    this.panel = panel;
    this.isBehind = false;
  }

  start() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-view]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!link.dataset.key) this.turn(link.href);
      else if (!this.stage.canvas.classList.contains("dragged")) this.open(link);
    });
    this.stage.canvas.addEventListener("keydown", (event) => this.key(event));
    const colour = document.querySelector("[data-colour] select");
    colour?.addEventListener("change", () => {
      this.go(addressWith({ colour: colour.value === USUAL ? null : colour.value }));
    });
    this.stage.canvas.addEventListener("drawn", () => {
      if (!colour) return;
      colour.value = new URLSearchParams(location.search).get("colour");
      if (colour.selectedIndex < 0) colour.value = USUAL;
    });
    window.addEventListener("popstate", () => this.back());
    // Undo and redo bring the drawing along; what they did to what is chosen the panel asks for.
    document.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (!detail.elt.querySelector?.("[data-history]")) return;
      if (!detail.successful) return;
      this.stage.readdress();
      this.panel.refresh();
    });
  }

  async go(href) {
    history.pushState({}, "", href);
    await this.redraw();
  }

  // Another view, by a link that goes with the old one: the keyboard goes on from the drawing, and
  // the eye from what the view is about, where that is another or all stands elsewhere.
  async turn(href) {
    const { canvas } = this.stage;
    const before = this.about;
    await this.go(href);
    if (document.activeElement === document.body) canvas.focus({ preventScroll: true });
    const { focus, way } = this.about;
    const start = this.stage.selected ?? this.stage.elementOf(canvas.dataset.start);
    const next = focus !== before.focus && focus ? this.stage.elementOf(focus) : way !== before.way && start;
    if (next) this.stage.centre(next);
  }

  // What a box hides, by the link at its foot. All else of the address stays, and so does the box.
  async open(link) {
    const asked = new URLSearchParams(link.href.baseVal.split("?")[1]);
    await this.branch(link.dataset.key, { fold: asked.get("fold"), open: asked.get("open") });
  }

  // Space folds what bears on a statement, or opens what is hidden below it.
  key(event) {
    const here = event.key === " " && this.stage.at(event.target);
    if (!here || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const { key } = here.dataset;
    const stub = this.stubOf(key);
    if (stub) this.open(stub);
    else if (this.stage.drawing.querySelector(`[data-conclusion="${key}"]`) && here.matches(".node")) this.fold(key);
  }

  stubOf(key) {
    return this.stage.drawing.querySelector(`.opens[data-key="${key}"]`);
  }

  async fold(key) {
    const before = location.href;
    const fold = new URLSearchParams(location.search).get("fold");
    await this.branch(key, { fold: [fold, key].filter(Boolean).join() });
    if (this.stubOf(key)) return;
    history.replaceState(history.state, "", before);
    await this.redraw();
    const line = document.createElement("p");
    line.textContent = `All that bears on ${key} bears on something else too: there is nothing to hide.`;
    document.getElementById("toast").replaceChildren(line);
  }

  async branch(key, words) {
    this.stage.elementOf(key).focus({ preventScroll: true });
    await this.go(addressWith(words));
  }

  get about() {
    return {
      focus: new URLSearchParams(location.search).get("focus"),
      way: this.stage.canvas.dataset.way,
    };
  }

  // Another view, and in it the one element that was looked for.
  async visit(key, href) {
    if (!this.panel.isFree) return;
    await this.go(href);
    const drawn = this.stage.elementOf(key);
    if (!drawn) return;
    this.stage.centre(drawn);
    drawn.focus({ preventScroll: true });
    await this.panel.show(key, drawn.href.baseVal);
  }

  // From a view of what was deleted to that of the whole map. Return whether that is another one
  // than was asked for.
  leave(asked) {
    rewrite({ focus: null, fold: null, open: null, levels: null });
    return new URL(asked, location.href).href !== location.href;
  }

  // The parts of the page that hang on the address and on the map, anew. The server is told `words`
  // besides; the address says what it made of all.
  async redraw(words = {}) {
    const came = await fetchPart(this.stage.canvas, addressWith(words).href, "none");
    this.isBehind = !came;
    if (!came) return;
    this.stage.readdress();
    await this.panel.refresh();
  }

  // What others changed, and no less of the map than was shown before, nor more.
  follow() {
    const { extent } = this.stage.canvas.dataset;
    return this.redraw(extent ? { extent } : {});
  }

  // What did not come when it was asked for.
  async catchUp() {
    if (this.isBehind) await this.follow();
    else if (this.panel.isBehind) await this.panel.refresh();
  }

  // What was chosen elsewhere and is not drawn, with what leads to it.
  async reveal(key) {
    await this.redraw({ select: key, show: 1 });
    const drawn = this.stage.mark(key);
    if (drawn) this.stage.centre(drawn);
  }

  async back() {
    await this.redraw();
    const key = new URLSearchParams(location.search).get("select");
    const drawn = key && this.stage.elementOf(key);
    if (drawn && key !== this.panel.key) await this.panel.show(key, drawn.href.baseVal);
  }
}
