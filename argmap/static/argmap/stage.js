// The drawing on the page, and its exchange for another. Whoever holds to the drawing is told by a
// "drawn" event on the canvas; the SVG element itself stays, so that zoom and focus do.
import { rewrite } from "./address.js";
import { morph } from "./morph.js";

const FRESH_MILLISECONDS = 4000;

export class Stage {
  constructor(canvas) {
    this.canvas = canvas;
  }

  get drawing() {
    return this.canvas.querySelector("svg.drawing");
  }

  get selected() {
    return this.drawing?.querySelector(".selected") ?? null;
  }

  elementOf(key) {
    return this.drawing?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? null;
  }

  // What stands at the target of an event: a stub is a part of its box.
  at(target) {
    const link = target?.closest?.("svg.drawing [data-key]");
    return link ? this.elementOf(link.dataset.key) : null;
  }

  // The address of something about an element, with the view that is shown.
  addressOf(key, path = "") {
    const { elements, query } = this.canvas.dataset;
    return `${elements}${key}/${path}${path.includes("?") ? query.replace("?", "&") : query}`;
  }

  // The key in such an address; "" in another.
  keyIn(address) {
    const { elements } = this.canvas.dataset;
    return address.startsWith(elements) ? address.slice(elements.length).split("/")[0] : "";
  }

  mark(key) {
    for (const old of this.drawing?.querySelectorAll(".selected") ?? []) {
      old.classList.remove("selected");
      old.removeAttribute("aria-current");
    }
    const chosen = key ? this.elementOf(key) : null;
    chosen?.classList.add("selected");
    chosen?.setAttribute("aria-current", "true");
    return chosen;
  }

  // On a small screen the outline may stand in its place.
  get isShown() {
    return Boolean(this.canvas.offsetParent);
  }

  // Take what another canvas shows; where nobody sees it there is nothing to move. After an edit it
  // names what to go on with: "" for nothing.
  swap(other) {
    const edited = other.dataset.selected;
    const selected = edited ?? this.selected?.dataset.key;
    const drawn = other.querySelector("svg.drawing");
    Object.assign(this.canvas.dataset, other.dataset);
    if (this.drawing && drawn && this.isShown) {
      morph(this.canvas, this.drawing, drawn);
    } else {
      this.canvas.querySelector(":scope > :is(svg, .empty, .notice)")?.remove();
      this.canvas.prepend(...other.children);
    }
    const chosen = this.mark(selected);
    this.canvas.dispatchEvent(new CustomEvent("drawn", { detail: { isEdited: edited !== undefined } }));
    if (edited !== undefined) this.goOn(edited, chosen ?? this.canvas);
  }

  // The address no longer names what was deleted, and keeps all else of the view.
  readdress(words = {}) {
    const view = new URLSearchParams(this.canvas.dataset.query);
    const named = ["focus", "fold", "open", "levels", "boxes"].map((name) => [name, view.get(name)]);
    rewrite({ ...words, ...Object.fromEntries(named) });
  }

  // After an edit.
  goOn(key, element) {
    this.readdress({ select: key || null });
    document.dispatchEvent(new CustomEvent("chosen", { detail: { key } }));
    this.visit(element);
  }

  // Parts of the page that the server sends for the canvas come here.
  listen() {
    htmx.defineExtension("drawing", {
      handleSwap: (style, target, fragment) => {
        if (style !== "drawing") return false;
        this.swap(fragment);
        return [this.canvas];
      },
    });
  }

  centre(element) {
    const box = element.getBoundingClientRect();
    const frame = this.canvas.getBoundingClientRect();
    this.canvas.scrollBy(
      box.x + box.width / 2 - frame.x - frame.width / 2,
      box.y + box.height / 2 - frame.y - frame.height / 2,
    );
  }

  // Of a line, what points at its conclusion: the line itself may be longer than the screen.
  reveal(element) {
    const part = element.querySelector(".box, .head, .bar") ?? element;
    part.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  visit(element) {
    element.focus({ preventScroll: true });
    if (element !== this.canvas) this.reveal(element);
  }

  // Let the eye find what someone else changed.
  flash(keys) {
    for (const element of keys.map((key) => this.elementOf(key)).filter(Boolean)) {
      element.classList.add("fresh");
      setTimeout(() => element.classList.remove("fresh"), FRESH_MILLISECONDS);
    }
  }
}
