// Zooming by the drawing's size and panning by scrolling: changing the viewBox would cost a tenth
// of a second or more for each step on a large drawing.
const STEP = 1.25;
const LEAST = 0.1;
const MOST = 3;
const READABLE = 0.85;
const DRAG = 5;
const PAN = 120;
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Zoom {
  constructor(stage) {
    this.stage = stage;
    this.canvas = stage.canvas;
    this.level = document.querySelector(".zoom-level");
    this.scale = 1;
  }

  start() {
    this.bar = document.querySelector(".zoom");
    this.bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) this.act(button.dataset.zoom);
    });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
    // Browsers would take up the link under the pointer instead.
    this.canvas.addEventListener("dragstart", (event) => event.preventDefault());
    this.canvas.addEventListener("drawn", () => this.look());
    this.look();
  }

  get drawing() {
    return this.stage.drawing;
  }

  // The first look at a drawing: all of it where that can be read, else a part, as large as it must
  // be. One that another has become keeps its size.
  look() {
    this.bar.hidden = !this.drawing;
    if (!this.drawing || this.drawing.style.width) return;
    this.scale = 1;
    this.to(Math.max(READABLE, Math.min(1, this.fitting())));
  }

  get width() {
    return this.drawing.width.baseVal.value;
  }

  get height() {
    return this.drawing.height.baseVal.value;
  }

  fitting() {
    return Math.min(this.canvas.clientWidth / this.width, this.canvas.clientHeight / this.height);
  }

  act(what) {
    if (what === "fit") this.to(Math.min(1, this.fitting()));
    else this.to(this.scale * (what === "in" ? STEP : 1 / STEP));
  }

  // Bring the point of the drawing that is at `from` of the window to `x`, `y`; both are the middle
  // of the canvas by default.
  to(scale, x = this.middle.x, y = this.middle.y, from = { x, y }) {
    const before = this.drawing.getBoundingClientRect();
    const least = Math.min(LEAST, this.fitting());
    const grown = Math.min(MOST, Math.max(least, scale)) / this.scale;
    this.scale *= grown;
    this.drawing.style.width = `${this.width * this.scale}px`;
    this.drawing.style.height = `${this.height * this.scale}px`;
    const after = this.drawing.getBoundingClientRect();
    this.canvas.scrollBy(
      after.x + (from.x - before.x) * grown - x,
      after.y + (from.y - before.y) * grown - y,
    );
    this.level.value = `${Math.round(this.scale * 100)} %`;
    this.canvas.dispatchEvent(new CustomEvent("zoomed"));
  }

  get middle() {
    const frame = this.canvas.getBoundingClientRect();
    return {
      x: frame.x + this.canvas.clientLeft + this.canvas.clientWidth / 2,
      y: frame.y + this.canvas.clientTop + this.canvas.clientHeight / 2,
    };
  }

  key(event) {
    const way = event.shiftKey && WAYS[event.key];
    if (way) {
      event.preventDefault();
      this.canvas.scrollBy(way[0] * PAN, way[1] * PAN);
      return;
    }
    const acts = { "+": "in", "=": "in", "-": "out", "_": "out", 0: "fit" };
    const what = acts[event.key];
    if (!what || !this.drawing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(what);
  }

  wheel(event) {
    if (!event.ctrlKey || !this.drawing) return; // a plain wheel scrolls
    event.preventDefault();
    this.to(this.scale * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }

  drag(event) {
    if (event.pointerType !== "mouse" || event.button) return;
    // Whoever may edit drags a box to what it bears on, and the paper to see more of it.
    if (this.canvas.closest("[data-edits]") && event.target.closest(".node, .opens, .typing")) return;
    const { scrollLeft, scrollTop } = this.canvas;
    const move = (now) => {
      const across = now.clientX - event.clientX;
      const down = now.clientY - event.clientY;
      if (Math.hypot(across, down) > DRAG) this.canvas.classList.add("dragged");
      this.canvas.scrollTo(scrollLeft - across, scrollTop - down);
    };
    const drop = () => {
      window.removeEventListener("pointermove", move);
      // After the click that ends a drag, which must not choose what lies under it.
      setTimeout(() => this.canvas.classList.remove("dragged"));
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", drop, { once: true });
    window.addEventListener("pointercancel", drop, { once: true });
  }
}
