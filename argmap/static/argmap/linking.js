// Making an inference between what is drawn: by dragging a box to what it bears on, or by choosing
// it and then that. Only the stance is asked for.
import { shout } from "./shout.js";

const DRAG = 5;
const REFUSED = 422;
const LINE = "http://www.w3.org/2000/svg";

function isEdge(element) {
  return element.classList.contains("edge");
}

export class Linking {
  constructor(stage, panel) {
    this.stage = stage;
    this.panel = panel;
    this.canvas = stage.canvas;
    this.form = document.getElementById("drop");
    this.toast = document.getElementById("toast");
    this.source = "";
  }

  start() {
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    // Before the page takes a click for a choice.
    this.canvas.addEventListener("click", (event) => this.click(event), { capture: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && (this.source || !this.form.hidden)) this.leave();
    });
    this.form.querySelector("[data-cancel]").addEventListener("click", () => this.leave());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(event.submitter.value);
    });
    this.form.addEventListener("htmx:afterRequest", ({ detail }) => this.tell(detail.xhr));
  }

  // --- By choosing ---------------------------------------------------------------------------

  begin(key) {
    const element = this.stage.elementOf(key);
    if (isEdge(element)) {
      this.say(`${key} is an inference: only statements bear on something.`);
      return;
    }
    this.source = key;
    this.canvas.classList.add("linking");
    element.classList.add("source");
    this.stage.visit(element);
    this.say(`What does ${key} bear on? Go there by the arrow keys and press Enter, or click it. Esc leaves.`);
  }

  click(event) {
    const target = this.stage.at(event.target);
    if (!this.source || !target) return;
    event.preventDefault();
    event.stopPropagation();
    this.ask(target);
  }

  // --- By dragging ---------------------------------------------------------------------------

  press(event) {
    const node = this.stage.at(event.target); // by its foot as well
    if (!node?.matches(".node:not(.typed)")) return;
    if (event.button || event.pointerType === "touch" || this.source) return;
    const start = { x: event.clientX, y: event.clientY };
    const move = (now) => this.drag(node, start, now);
    const stop = () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("pointercancel", stop);
      this.clear();
    };
    const drop = (now) => {
      const dragged = Boolean(this.line);
      const target = dragged ? this.under(now) : null;
      stop();
      if (target && this.source) this.ask(target);
      else if (dragged) this.leave();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", stop);
  }

  drag(node, start, now) {
    if (!this.line && Math.hypot(now.clientX - start.x, now.clientY - start.y) <= DRAG) return;
    if (!this.line) {
      this.source = node.dataset.key;
      this.canvas.classList.add("linking", "dragged");
      node.classList.add("source");
      this.line = document.createElementNS(LINE, "path");
      this.line.classList.add("band");
      this.stage.drawing.append(this.line);
    }
    const [from, to] = [start, { x: now.clientX, y: now.clientY }].map((point) => this.inDrawing(point));
    this.line.setAttribute("d", `M${from.x} ${from.y}L${to.x} ${to.y}`);
    this.point(this.under(now));
  }

  inDrawing({ x, y }) {
    return new DOMPoint(x, y).matrixTransform(this.stage.drawing.getScreenCTM().inverse());
  }

  under({ clientX, clientY }) {
    const target = this.stage.at(document.elementFromPoint(clientX, clientY));
    return target && target.dataset.key !== this.source ? target : null;
  }

  point(target) {
    this.stage.drawing.querySelector(".target")?.classList.remove("target");
    target?.classList.add("target");
  }

  clear() {
    this.line?.remove();
    this.line = null;
    // After the click that ends a drag, which must not choose what lies under it.
    setTimeout(() => this.canvas.classList.remove("dragged"));
  }

  // --- Asking for the stance -----------------------------------------------------------------

  ask(target) {
    const { key } = target.dataset;
    if (key === this.source) {
      this.say(`${key} cannot bear on itself. Choose another box or line; Esc leaves.`);
      return;
    }
    this.conclusion = key;
    this.point(target);
    const words = isEdge(target) ? ["backs", "undercuts"] : ["supports", "attacks"];
    this.form.querySelector("[data-support]").textContent = words[0];
    this.form.querySelector("[data-attack]").textContent = words[1];
    this.form.querySelector("[data-question]").textContent = `${this.source} … ${key}`;
    this.form.hidden = false;
    this.place(target);
    this.say("");
    this.form.querySelector(isEdge(target) ? "[data-attack]" : "[data-support]").focus();
  }

  place(target) {
    const part = target.querySelector(".box, .junction, .head, .bar") ?? target;
    const box = part.getBoundingClientRect();
    const board = this.form.parentElement.getBoundingClientRect();
    const most = { x: board.width - this.form.offsetWidth, y: board.height - this.form.offsetHeight };
    const x = box.x + box.width / 2 - board.x - this.form.offsetWidth / 2;
    this.form.style.left = `${Math.max(0, Math.min(x, most.x))}px`;
    this.form.style.top = `${Math.max(0, Math.min(box.bottom - board.y + 8, most.y))}px`;
  }

  async send(relation) {
    const [premise, conclusion] = [this.source, this.conclusion];
    const values = {
      premise,
      relation,
      conclusion,
      seen: this.canvas.dataset.version,
      csrfmiddlewaretoken: this.form.querySelector("[name=csrfmiddlewaretoken]").value,
    };
    this.leave();
    const way = { source: this.form, target: this.panel.element, swap: "innerHTML", values };
    // What comes of a failure is said where all such are.
    await htmx.ajax("POST", this.stage.addressOf(premise, "link/"), way).catch(() => {});
  }

  // Why it was refused stands in the panel, which shows the form, and where one has dragged.
  tell({ status, response }) {
    if (status !== REFUSED) return;
    const form = new DOMParser().parseFromString(response, "text/html");
    shout(form.querySelector(".error:not([hidden])").textContent);
  }

  leave() {
    const source = this.stage.elementOf(this.source);
    const held = this.form.contains(document.activeElement);
    this.source = "";
    this.form.hidden = true;
    this.canvas.classList.remove("linking");
    this.stage.drawing?.querySelector(".source")?.classList.remove("source");
    this.stage.drawing?.querySelector(".target")?.classList.remove("target");
    this.say("");
    if (held && source) this.stage.visit(source);
  }

  say(text) {
    const line = document.createElement("p");
    line.className = "asking";
    line.textContent = text;
    this.toast.replaceChildren(...(text ? [line] : []));
  }
}
