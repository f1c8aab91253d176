// A new statement is typed in the drawing, where it will stand: the server makes room for it, and
// the form is laid over that room.
import { answered } from "./steady.js";

const LEAST_WIDTH = 312;

export class Draft {
  constructor(stage, redraw) {
    this.stage = stage;
    this.redraw = redraw;
    this.box = document.getElementById("draft");
    this.about = "";
    this.isWaiting = false;
  }

  start() {
    // Within the canvas, so that it scrolls with the drawing.
    this.stage.canvas.append(this.box);
    this.stage.canvas.addEventListener("drawn", ({ detail }) => this.follow(detail.isEdited));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("click", (event) => {
      if (!event.target.closest("[data-cancel]")) return;
      event.preventDefault();
      this.leave();
    });
    this.stage.canvas.addEventListener("zoomed", () => this.place());
  }

  get isOpen() {
    return !this.box.hidden;
  }

  get ghost() {
    return this.stage.drawing?.querySelector(".node.typed") ?? null;
  }

  async open(about, href) {
    this.isWaiting = true;
    await answered(this.box);
    this.isWaiting = false;
    this.about = about;
    const early = this.begin();
    await htmx.ajax("GET", href, { source: this.box, target: this.box, swap: "innerHTML" }).catch(() => {});
    if (this.early !== early) {
      // Left before it came: the room for it came along.
      if (this.isOpen) return;
      this.shut();
      await this.redraw();
      return;
    }
    const { field } = this;
    if (!field || field === early) {
      if (early.value.trim()) this.offer(href);
      else this.shut();
      return;
    }
    if (early.value || !field.value) {
      field.value = early.value;
      field.setSelectionRange(early.selectionStart, early.selectionEnd);
    } else field.select(); // the form came with a text, and nothing was typed meanwhile
    const how = this.box.querySelector("[data-how]");
    how.textContent = "Enter adds it, Esc leaves";
    how.hidden = false;
    this.place();
    field.focus({ preventScroll: true });
    this.box.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (early.dataset.sent) field.form.requestSubmit();
  }

  // One types at once: the form, and the room for it, take a moment to come.
  begin() {
    const early = document.createElement("textarea");
    early.name = "text";
    early.rows = 3;
    early.ariaLabel = "Statement";
    early.value = this.field?.value ?? ""; // another tool was taken while one typed
    const field = document.createElement("div");
    field.className = "field";
    field.append(early);
    this.box.replaceChildren(field);
    this.box.hidden = false;
    this.place();
    early.focus({ preventScroll: true });
    this.early = early;
    this.missed = "";
    return early;
  }

  // The form did not come: what was typed waits for it.
  offer(href) {
    this.missed = href;
    const foot = document.createElement("p");
    foot.className = "form-foot";
    const button = document.createElement("button");
    button.className = "quiet";
    button.dataset.cancel = "";
    button.textContent = "Cancel";
    const how = document.createElement("span");
    how.className = "hint";
    how.textContent = "Enter tries again, Esc leaves";
    foot.append(button, how);
    this.box.append(foot);
  }

  get field() {
    return this.box.querySelector("textarea");
  }

  // Over the room that was made for it; until then, and where there is none, beside what it bears
  // on or in the middle.
  place() {
    if (!this.isOpen) return;
    const { canvas } = this.stage;
    const frame = canvas.getBoundingClientRect();
    const room = this.ghost?.querySelector(".box").getBoundingClientRect();
    const about = this.stage.elementOf(this.about)?.querySelector(".box, .junction, .line");
    const near = about?.getBoundingClientRect();
    const width = Math.min(Math.max(room?.width ?? 0, LEAST_WIDTH), canvas.clientWidth);
    const x = room?.x ?? near?.right ?? frame.x + (canvas.clientWidth - width) / 2;
    const y = room?.y ?? near?.y ?? frame.y + canvas.clientHeight / 4;
    this.box.style.width = `${width}px`;
    this.box.style.left = `${x - frame.x - canvas.clientLeft + canvas.scrollLeft}px`;
    this.box.style.top = `${y - frame.y - canvas.clientTop + canvas.scrollTop}px`;
  }

  // The drawing changed. By an edit that made the statement, the room for it is gone; a redrawing
  // that was asked for before has none either, and takes nothing away.
  follow(isEdited) {
    if (isEdited && !this.ghost && this.field?.form) this.shut();
    else this.place();
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && event.target.name === "text") {
      event.preventDefault();
      if (event.target.form) event.target.form.requestSubmit();
      else if (this.missed) this.open(this.about, this.missed);
      else event.target.dataset.sent = "early";
    } else if (event.key === "Escape") {
      const cancel = this.box.querySelector("[data-cancel]");
      // What was typed goes only when one means it: by a second key, once the form has come.
      if (!this.field?.value.trim() || document.activeElement === cancel) this.leave();
      else cancel?.focus();
    }
  }

  shut() {
    this.early = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  async leave() {
    this.shut();
    const about = this.stage.elementOf(this.about);
    if (about) this.stage.visit(about);
    await this.redraw();
  }
}
