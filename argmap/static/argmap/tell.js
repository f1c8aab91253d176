// What a line says, at once, in a calm line over the foot of the canvas; of a box what it leaves out,
// or all of it where it is too small to be read. Screen readers have the names themselves.
const LEAST_READABLE = 0.6;

export class Tell {
  constructor(stage, line) {
    this.stage = stage;
    this.line = line;
  }

  start() {
    const { canvas } = this.stage;
    canvas.addEventListener("pointerover", (event) => this.tell(event.target));
    canvas.addEventListener("pointerleave", () => this.tell(document.activeElement));
    canvas.addEventListener("focusin", (event) => this.tell(event.target));
    canvas.addEventListener("focusout", () => this.tell(null));
    canvas.addEventListener("drawn", () => this.tell(document.activeElement));
  }

  tell(target) {
    const element = target?.closest?.("svg.drawing a:is(.node, .edge)");
    this.line.textContent = element ? this.words(element) : "";
    this.line.hidden = !this.line.textContent;
  }

  words(element) {
    const said = element.querySelector("title").textContent;
    const { key, full } = element.dataset;
    if (element.classList.contains("edge")) return said;
    if (full) return `${key}: ${full}`;
    const scale = this.stage.drawing.getScreenCTM().a;
    return scale < LEAST_READABLE ? said : "";
  }
}
