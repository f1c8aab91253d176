// The drawing on the page, and its exchange for another. Whoever holds to the drawing is told by a
// "drawn" event on the canvas; the SVG element itself stays, so that zoom and focus do.
import { morph } from "./morph.js";

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

  // Take what another canvas shows. Where nobody sees it there is nothing to move.
  swap(other) {
    const selected = this.selected?.dataset.key;
    const drawn = other.querySelector("svg.drawing");
    Object.assign(this.canvas.dataset, other.dataset);
    if (this.drawing && drawn && this.isShown) {
      morph(this.canvas, this.drawing, drawn);
    } else {
      this.drawing?.remove();
      this.canvas.querySelector(".empty")?.remove();
      this.canvas.prepend(...other.children);
    }
    this.mark(selected);
    this.canvas.dispatchEvent(new CustomEvent("drawn"));
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
    this.reveal(element);
  }
}
