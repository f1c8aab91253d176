// The search over the drawing: by key, title, text and tag, of what is drawn.
function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function said(element) {
  return element.querySelector("title").textContent;
}

export class Find {
  constructor(form, stage, panel) {
    this.form = form;
    this.stage = stage;
    this.panel = panel;
    this.input = form.querySelector("input");
    this.list = form.querySelector("ul");
    this.count = form.querySelector("output");
    this.hits = [];
    this.at = -1;
  }

  start() {
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("focus", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // A press on the list must not take the focus, which would close it before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.hits[[...this.list.children].indexOf(option)]);
    });
    this.form.addEventListener("focusout", () => this.fold());
  }

  begin() {
    this.input.focus();
    this.input.select();
  }

  search() {
    this.clear();
    const words = plain(this.input.value).split(/\s+/).filter(Boolean);
    if (words.length) this.hits = this.found(words);
    this.list.replaceChildren(...this.hits.map((hit) => this.option(hit)));
    for (const hit of this.hits) hit.classList.add("found");
    this.unfold(this.hits.length > 0);
    this.count.value = words.length ? `${this.hits.length} found` : "";
  }

  // A line is found by its key alone: its sentence names the keys of all that it joins.
  found(words) {
    const known = (element) => plain(element.dataset.key);
    const told = (element) => plain(`${said(element)} ${element.dataset.also ?? ""}`);
    const has = (element) =>
      element.classList.contains("edge")
        ? words.join(" ") === known(element)
        : words.every((word) => told(element).includes(word));
    const hits = [...this.stage.drawing.querySelectorAll("a[data-key]")].filter(has);
    return hits.sort((one, other) => words.includes(known(other)) - words.includes(known(one)));
  }

  option(hit) {
    const option = document.createElement("li");
    option.id = `hit-${hit.dataset.key}`;
    option.role = "option";
    option.ariaSelected = "false";
    option.textContent = said(hit);
    return option;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const acts = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Enter: () => this.take(this.hits[Math.max(this.at, 0)]),
      Escape: () => this.leave(),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }

  step(by) {
    const many = this.hits.length;
    if (!many) return;
    this.unfold(true);
    this.mark(false);
    this.at = this.at < 0 && by < 0 ? many - 1 : (this.at + by + many) % many;
    this.mark(true);
    this.stage.centre(this.hits[this.at]);
    this.count.value = `${this.at + 1} of ${many}`;
  }

  mark(on) {
    if (this.at < 0) return;
    const option = this.list.children[this.at];
    this.hits[this.at].classList.toggle("found-now", on);
    option.ariaSelected = String(on);
    if (!on) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  take(hit) {
    if (!hit) return;
    this.leave();
    hit.focus({ preventScroll: true });
    this.panel.choose(hit);
  }

  leave() {
    const hit = this.hits[this.at];
    this.input.value = "";
    this.search();
    (hit ?? this.stage.canvas).focus({ preventScroll: true });
  }

  clear() {
    for (const hit of this.hits) hit.classList.remove("found", "found-now");
    this.hits = [];
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
  }

  unfold(open) {
    this.list.hidden = !open;
    this.input.ariaExpanded = String(open);
  }

  fold() {
    this.unfold(false);
  }
}
