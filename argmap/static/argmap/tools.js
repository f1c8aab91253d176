// The ways to edit what is chosen: the links in the panel, and a key for each of them where the
// drawing has the focus. The list of keys says which tool goes with which key.
const FORM = ".edit-form";

function isTyping(target) {
  return Boolean(target.closest?.("input, textarea, select, [contenteditable], dialog"));
}

export class Tools {
  constructor(stage, panel, draft, linking) {
    this.stage = stage;
    this.panel = panel;
    this.draft = draft;
    this.linking = linking;
    this.known = [...document.querySelectorAll("#keys [data-tool]")].map((item) => item.dataset);
  }

  start() {
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.history(event));
    this.stage.canvas.addEventListener("keydown", (event) => this.key(event));
    this.panel.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target.closest(FORM) && this.panel.isFree) this.cancel(event);
    });
  }

  click(event) {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.("a[data-tool]");
    if (link) {
      event.preventDefault();
      this.use(link.dataset.tool, this.panel.key, link.getAttribute("href"));
    } else if (event.target.closest?.("#panel [data-cancel]")) this.cancel(event);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (this.busy || this.draft?.isWaiting) {
      // A form is on its way: what is pressed meanwhile is meant for it.
      event.preventDefault();
      return;
    }
    const element = event.target.closest("[data-key]") ?? this.stage.selected;
    if (!element) return;
    const kind = element.classList.contains("edge") ? "inference" : "statement";
    const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const tool = this.known.find((each) => each.shortcut === pressed && ["", kind].includes(each.on));
    if (!tool) return;
    event.preventDefault();
    const { key } = element.dataset;
    this.use(tool.tool, key, this.stage.addressOf(key, tool.path));
  }

  use(name, key, href) {
    if (name === "link" && this.stage.elementOf(key)) this.linking.begin(key);
    else if (new URL(href, location.href).pathname.endsWith("/add/")) this.draft.open(key, href);
    else this.ask(href);
  }

  async ask(href) {
    if (!this.panel.isFree) return;
    this.busy = true;
    await this.panel.load(href).finally(() => {
      this.busy = false;
    });
    const form = this.panel.element.querySelector(FORM);
    const first = form?.querySelector(".fields :is(input, textarea, select):not([type=hidden])");
    this.panel.element.scrollTop = 0;
    (first ?? form?.querySelector("button[type=submit]"))?.focus({ preventScroll: true });
    if (matchMedia("(max-width: 60rem)").matches) this.panel.element.scrollIntoView({ block: "start" });
  }

  async cancel(event) {
    event.preventDefault();
    event.stopPropagation();
    const chosen = this.stage.selected;
    if (!chosen) {
      location.assign(this.panel.element.querySelector("[data-cancel]").href);
      return;
    }
    await this.panel.load(this.stage.addressOf(chosen.dataset.key));
    this.stage.visit(chosen);
  }

  history(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (!redo && key !== "z") return;
    const button = document.querySelector(`[data-history=${redo ? "redo" : "undo"}]`);
    if (!button) return;
    event.preventDefault();
    if (!button.disabled) button.form.requestSubmit();
  }
}
