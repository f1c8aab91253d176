// The panel beside the drawing: the details of what is chosen.
import { addressWith, rewrite } from "./address.js";
import { isAtStake } from "./drafts.js";
import { fetchPart } from "./part.js";

const NARROW = "(max-width: 60rem)";

export class Panel {
  constructor(element, stage) {
    this.element = element;
    this.stage = stage;
    this.said = document.querySelector("[data-said]");
  }

  get key() {
    return this.element.querySelector(".element")?.dataset.key ?? "";
  }

  get typed() {
    return [...this.element.querySelectorAll("textarea, input:not([type=hidden])")].filter(
      (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
    );
  }

  // Whether someone types here what is not sent yet: it must not be taken away.
  get isTypedIn() {
    return this.typed.some(isAtStake);
  }

  async load(href) {
    return fetchPart(this.element, href, "innerHTML");
  }

  async show(key, href) {
    this.stage.mark(key);
    document.dispatchEvent(new CustomEvent("chosen", { detail: { key } }));
    if (!(await this.load(href))) return;
    this.element.scrollTop = 0;
    this.said.textContent = `Details: ${key}, ${this.element.querySelector("h2")?.textContent.trim() ?? ""}`;
  }

  // Whether it may show something else: what someone typed here, and the browser does not keep, goes
  // only when they say so.
  get isFree() {
    return this.typed.every((field) => field.closest("[data-kept]")) || confirm("What you typed here has not been sent. Leave it?");
  }

  async choose(link) {
    if (!this.isFree) return;
    const key = link.dataset.key;
    const inside = this.element.contains(link);
    await this.show(key, link.href.baseVal ?? link.href);
    const url = addressWith({ select: key });
    url.hash = "";
    history.pushState({ key }, "", url);
    if (inside || matchMedia(NARROW).matches) this.element.scrollIntoView({ block: "start" });
    const drawn = this.stage.elementOf(key);
    if (drawn) this.stage.reveal(drawn);
  }

  // The same details anew, as the view or the map has changed; but not over what someone types.
  async refresh() {
    if (this.key && !this.isTypedIn) await this.load(this.stage.addressOf(this.key));
  }

  // What it showed is not there any more.
  clear() {
    const line = document.createElement("p");
    line.className = "hint";
    line.textContent = `${this.key} is not on the map any more.`;
    this.element.replaceChildren(line);
    rewrite({ select: null });
  }
}
