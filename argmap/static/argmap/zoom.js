// Zooming by the drawing's size and panning by scrolling: changing the viewBox would cost a tenth
// of a second or more for each step on a large drawing.
const STEP = 1.25;
const LEAST = 0.1;
const MOST = 3;
const READABLE = 0.85;
const DRAG = 5;

export class Zoom {
  constructor(stage) {
    this.canvas = stage.canvas;
    this.drawing = stage.drawing;
    this.level = document.querySelector(".zoom-level");
    this.scale = 1;
  }

  start() {
    const bar = document.querySelector(".zoom");
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-zoom]");
      if (button) this.act(button.dataset.zoom);
    });
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
    // Browsers would take up the link under the pointer instead.
    this.canvas.addEventListener("dragstart", (event) => event.preventDefault());
    // The first look: all of it where that can be read, else a part, as large as it must be.
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

  // Keep the point at `x`, `y` of the canvas, its middle by default, where it is.
  to(scale, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const before = this.scale;
    const left = this.canvas.scrollLeft + x;
    const top = this.canvas.scrollTop + y;
    this.scale = Math.min(MOST, Math.max(LEAST, scale));
    this.drawing.style.width = `${this.width * this.scale}px`;
    this.drawing.style.height = `${this.height * this.scale}px`;
    this.canvas.scrollLeft = (left * this.scale) / before - x;
    this.canvas.scrollTop = (top * this.scale) / before - y;
    this.level.value = `${Math.round(this.scale * 100)} %`;
  }

  key(event) {
    const acts = { "+": "in", "=": "in", "-": "out", "_": "out", 0: "fit" };
    const what = acts[event.key];
    if (!what || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.act(what);
  }

  wheel(event) {
    if (!event.ctrlKey) return; // a plain wheel scrolls
    event.preventDefault();
    const frame = this.canvas.getBoundingClientRect();
    const scale = this.scale * Math.exp(-event.deltaY / 300);
    this.to(scale, event.clientX - frame.x, event.clientY - frame.y);
  }

  drag(event) {
    if (event.pointerType !== "mouse" || event.button) return;
    // Whoever may edit drags a box to what it bears on, and the paper to see more of it.
    if (this.canvas.closest("[data-edits]") && event.target.closest(".node, .typing")) return;
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
