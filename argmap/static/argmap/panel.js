// The panel beside the drawing: the details of what is chosen.
import { addressWith, rewrite } from "./address.js";
import { fetchPart } from "./part.js";
import { answered, renew, typedIn } from "./steady.js";

const NARROW = "(max-width: 60rem)";

export class Panel {
  constructor(element, stage) {
    this.element = element;
    this.stage = stage;
    this.said = document.querySelector("[data-said]");
    // Told where it was sent from, which is elsewhere.
    document.addEventListener("htmx:beforeSwap", ({ detail }) => this.spare(detail));
    // What had to wait for someone who was at work here.
    element.addEventListener("focusout", () => setTimeout(() => this.isBehind && this.refresh()));
  }

  get key() {
    return this.element.querySelector(".element")?.dataset.key ?? "";
  }

  async load(href) {
    this.isBehind = false;
    return fetchPart(this.element, href, "innerHTML");
  }

  mark(key) {
    this.stage.mark(key);
    document.dispatchEvent(new CustomEvent("chosen", { detail: { key } }));
  }

  // Return what `fetchPart` does. What could not be had is not chosen: what is shown still is.
  async show(key, href) {
    this.mark(key);
    const came = await this.load(href);
    if (came === null) this.mark(this.key);
    if (!came) return came;
    this.element.scrollTop = 0;
    this.said.textContent = `Details: ${key}, ${this.element.querySelector("h2")?.textContent.trim() ?? ""}`;
    return came;
  }

  // An edit that was sent from elsewhere shows here what it made, but not in place of what someone has
  // typed here; why it was refused, only when they say so.
  spare(answer) {
    const { elt, verb } = answer.requestConfig;
    const isOther = answer.target === this.element && verb !== "get" && !this.element.contains(elt);
    if (!isOther || !this.holdsTyped) return;
    if (answer.xhr.status < 400) answer.swapOverride = "none";
    else answer.shouldSwap = this.isFree;
  }

  // Whether someone typed something here that is not kept by the browser.
  get holdsTyped() {
    return typedIn(this.element).some((field) => !field.closest("[data-kept]"));
  }

  // Whether it may show something else: what someone typed here, and the browser does not keep, goes
  // only when they say so.
  get isFree() {
    return !this.holdsTyped || confirm("What you typed here has not been sent. Leave it?");
  }

  async choose(link) {
    await answered(this.element);
    if (!this.isFree) return;
    const key = link.dataset.key;
    const inside = this.element.contains(link);
    if ((await this.show(key, link.href.baseVal ?? link.href)) === null) return;
    const url = addressWith({ select: key });
    url.hash = "";
    history.pushState({ key }, "", url);
    if (inside || matchMedia(NARROW).matches) this.element.scrollIntoView({ block: "start" });
    const drawn = this.stage.elementOf(key);
    if (drawn) this.stage.reveal(drawn);
  }

  // What it said is not there any more, and is drawn once more: someone took that back.
  get returned() {
    const key = this.element.querySelector("[data-gone]")?.dataset.gone;
    return key && this.stage.elementOf(key) ? key : "";
  }

  // The same details anew, as the view or the map has changed; but not over what someone does here.
  async refresh() {
    const { returned } = this;
    const key = this.key || returned;
    if (!key) return;
    this.isBehind = !(await renew(this.element, this.stage.addressOf(key)));
    if (!returned || this.key !== returned) return;
    this.mark(returned);
    rewrite({ select: returned });
  }

  // What it showed, or was to show, is not there any more.
  clear(key) {
    const line = document.createElement("p");
    line.className = "hint";
    line.dataset.gone = key;
    line.textContent = `${key} is not on the map any more.`;
    // Where what was typed went stays to be read.
    this.element.replaceChildren(line, ...this.element.querySelectorAll(".notice"));
    rewrite({ select: null });
  }
}
