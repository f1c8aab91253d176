// The search over the whole map: what is found and shown is marked, and the arrow keys step through
// it. Where things are shown, and how one goes there, its `ground` knows (see ground.js).
import { fetchPart } from "./part.js";

// Long enough for the next letter, too short to wait for.
const REST = 150;
// What of the page's query says which view one searches from.
const VIEW = ["focus", "depth", "levels", "boxes", "fold", "open", "dir", "colour"];
// As wide as its list ever is, in px, with a margin.
const WIDEST = 464;

export class Find {
  constructor(form, ground) {
    this.form = form;
    this.ground = ground;
    this.input = form.querySelector("input[type=search]");
    this.list = form.querySelector("ul");
    this.count = form.querySelector("output");
    this.at = -1;
    this.searched = "";
    this.coming = Promise.resolve();
  }

  get hits() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  // Of more than these the server says no more than their number.
  get total() {
    return Number(this.hits[0]?.dataset.total ?? 0);
  }

  start() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("input", () => this.soon());
    this.input.addEventListener("focus", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // A press on the list must not take the focus, which would close it before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.form.addEventListener("focusout", () => this.unfold(false));
    window.addEventListener("resize", () => this.hang());
  }

  begin() {
    this.input.focus();
    this.input.select();
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.search(), REST);
  }

  // Where what is typed is answered for the view that is shown; "" where nothing is.
  get asked() {
    const words = this.input.value.trim();
    if (!words) return "";
    const url = new URL(this.form.action);
    const view = new URLSearchParams(location.search);
    for (const name of VIEW) {
      if (view.has(name)) url.searchParams.set(name, view.get(name));
    }
    const { on } = this.form.elements;
    if (on) url.searchParams.set("on", on.value);
    url.searchParams.set("q", words);
    return url.href;
  }

  // What is typed is searched for now, if it was not yet.
  search() {
    clearTimeout(this.timer);
    const { asked } = this;
    if (asked !== this.searched) {
      this.searched = asked;
      this.coming = this.ask(asked);
    } else if (this.hits.length && document.activeElement === this.input) {
      this.unfold(true);
    }
    return this.coming;
  }

  async ask(asked) {
    if (!asked) {
      this.clear();
      return;
    }
    this.unmark();
    if (!(await fetchPart(this.list, asked, "innerHTML"))) return;
    if (asked === this.searched) this.show();
    else if (!this.searched) this.clear();
  }

  show() {
    const { hits } = this;
    const { total } = this;
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.markAll();
    this.tell(total > hits.length ? `${hits.length} of ${total} found` : `${total} found`);
    this.unfold(hits.length > 0 && document.activeElement === this.input);
  }

  async key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const acts = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Enter: () => this.take(this.hits[Math.max(this.at, 0)]),
    };
    if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (acts[event.key]) {
      event.preventDefault();
      await this.search();
      acts[event.key]();
    }
  }

  step(by) {
    const { hits } = this;
    if (!hits.length) return;
    this.unfold(true);
    this.light(false);
    this.at = this.at < 0 && by < 0 ? hits.length - 1 : (this.at + by + hits.length) % hits.length;
    this.light(true);
    const found = this.total > hits.length ? `, ${this.total} found` : "";
    this.tell(`${this.at + 1} of ${hits.length}${found}`);
  }

  // The field may move to make room for the words.
  tell(words) {
    this.count.value = words;
    this.hang();
  }

  // The list hangs from the left end of its field, or from the right one where it has more room there.
  hang() {
    const { left, right } = this.input.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const isRight = room - left < Math.min(right, WIDEST);
    this.list.style.setProperty("--room", `${isRight ? right : room - left}px`);
    this.list.style.setProperty("--shift", isRight ? `calc(${right - left}px - 100%)` : "0px");
  }

  // The hit that one has stepped to, in the list and wherever it is shown.
  light(on) {
    const hit = this.hits[this.at];
    if (!hit) return;
    const { key, under } = hit.dataset;
    hit.ariaSelected = String(on);
    for (const mark of this.ground.marks(key, under)) mark.classList.toggle("found-now", on);
    if (!on) return;
    this.ground.bring(key, under);
    this.input.setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
  }

  markAll() {
    for (const hit of this.hits) {
      const { key, under } = hit.dataset;
      for (const mark of this.ground.marks(key, under)) mark.classList.add("found");
      hit.querySelector(".not-drawn").hidden = this.ground.has(key);
    }
  }

  unmark() {
    for (const shown of document.querySelectorAll(".found")) shown.classList.remove("found", "found-now");
  }

  async take(hit) {
    if (!hit) return;
    const { key, around } = hit.dataset;
    this.end();
    await this.ground.take(key, around);
  }

  leave() {
    const key = this.hits[this.at]?.dataset.key ?? "";
    this.end();
    this.ground.leave(key);
  }

  end() {
    clearTimeout(this.timer);
    this.input.value = "";
    this.searched = "";
    this.clear();
  }

  clear() {
    this.unmark();
    this.list.replaceChildren();
    this.at = -1;
    this.tell("");
    this.input.removeAttribute("aria-activedescendant");
    this.unfold(false);
  }

  unfold(open) {
    this.list.hidden = !open;
    if (open) this.hang();
    this.input.ariaExpanded = String(open);
  }
}
