// The outline beside the drawing: of the same view, and with the same element chosen. It asks for an
// element by a "choose" event on the document, and hears of the one that was chosen by "chosen".
import { rewrite } from "./address.js";
import { fetchPart } from "./part.js";
import { recall, remember } from "./memory.js";
import { Tree } from "./tree.js";

const NAME = "outline";
// What of the page's query says nothing to the outline.
const OTHER = ["select", "zoom", "at", NAME];
// Those of the map page that work here too.
const PAGE_KEYS = "/?fo";

export class Beside {
  constructor(element, button, stage) {
    this.element = element;
    this.body = element.querySelector("[data-body]");
    this.button = button;
    this.stage = stage;
    this.tree = null;
  }

  start() {
    this.button.addEventListener("click", () => this.toggle());
    // The whole line chooses, not its key alone; its other links go their own ways.
    this.body.addEventListener("click", (event) => {
      const line = event.target.closest(".line");
      if (line && !event.target.closest("a")) this.choose(line.querySelector("a.key"));
    });
    document.addEventListener("chosen", (event) => this.tree?.mark(event.detail.key));
    this.stage.canvas.addEventListener("drawn", () => {
      if (this.isOpen) this.coming = this.open();
    });
    const asked = new URLSearchParams(location.search).has(NAME);
    if (asked || recall(NAME) === "open") this.open();
  }

  get isOpen() {
    return !this.element.hidden;
  }

  toggle() {
    if (this.isOpen) this.shut();
    else this.open().then(() => this.tree?.here?.focus());
    remember(NAME, this.isOpen ? "open" : "shut");
  }

  show(open) {
    this.element.hidden = !open;
    this.button.setAttribute("aria-pressed", String(open));
    rewrite({ [NAME]: open ? "1" : null });
  }

  shut() {
    const had = this.element.contains(document.activeElement);
    const { isShown } = this.stage;
    this.show(false);
    const here = this.stage.selected ?? this.stage.elementOf(this.stage.canvas.dataset.start);
    if (!isShown && here) this.stage.centre(here);
    if (had) this.button.focus();
  }

  async open() {
    this.show(true);
    const url = new URL(this.element.dataset.address, location.href);
    url.search = location.search;
    for (const name of OTHER) url.searchParams.delete(name);
    const focused = document.activeElement?.closest?.("[data-body] [role=treeitem]");
    const key = focused && this.tree.linkOf(focused).dataset.key;
    if (await fetchPart(this.body, url.href, "innerHTML")) this.grow(key);
  }

  choose(link) {
    document.dispatchEvent(new CustomEvent("choose", { detail: { link } }));
  }

  // What one has folded stays so, even around what was chosen before.
  grow(focused) {
    const { tree: before, element: frame } = this;
    const outline = this.body.querySelector("[data-outline]");
    this.tree = new Tree(outline, (link) => this.choose(link), { frame, keys: PAGE_KEYS });
    this.tree.start();
    if (before) this.tree.takeFolds(before.folds);
    const chosen = this.stage.selected?.dataset.key;
    this.tree.mark(chosen, chosen !== before?.marked);
    if (focused) this.tree.go(this.tree.itemOf(focused));
    frame.dispatchEvent(new CustomEvent("grown"));
  }
}
