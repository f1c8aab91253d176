// Calling people by name while one types a comment: after an @ the names of those who can be called
// are offered below the text. Without scripts one types the name.
const REST = 120;
const CALL = /(?<![\p{L}\p{N}_.@+/-])@([\p{L}\p{N}_.+-]{0,150})$/u;

class Calling {
  constructor(field, address) {
    this.field = field;
    this.address = address;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-people`;
    this.list.role = "listbox";
    this.list.ariaLabel = "People whom this can call";
    this.list.className = "people";
    this.list.hidden = true;
    this.count = document.createElement("p");
    this.count.className = "unseen";
    this.count.role = "status";
    field.after(this.list, this.count);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    this.at = 0;
  }

  start() {
    this.field.addEventListener("input", () => this.soon());
    this.field.addEventListener("click", () => this.soon());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    // A press on the list must not take the focus, which would close it before the click.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.children];
  }

  // What stands between the last @ and the caret; null where nobody is being called.
  get begun() {
    const { value, selectionStart, selectionEnd } = this.field;
    return selectionStart === selectionEnd ? (value.slice(0, selectionStart).match(CALL)?.[1] ?? null) : null;
  }

  soon() {
    clearTimeout(this.timer);
    if (this.begun === null) this.close();
    else this.timer = setTimeout(() => this.ask(this.begun), REST);
  }

  async ask(begun) {
    if (begun === null) return;
    try {
      const answer = await fetch(`${this.address}?starts=${encodeURIComponent(begun)}`, { redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const { people } = await answer.json();
      // The caret may have gone on meanwhile.
      if (begun === this.begun && document.activeElement === this.field) this.show(people);
    } catch {
      this.close(); // the name can be typed all the same
    }
  }

  show(people) {
    // Nothing is left to choose once the one name that fits is there: the list would lie over what
    // one presses next.
    if (!people.length || (people.length === 1 && people[0].name === this.begun)) {
      this.close();
      return;
    }
    this.list.replaceChildren(...people.map((person, place) => this.option(person, place)));
    this.list.hidden = false;
    this.at = 0;
    this.light();
    this.count.textContent = `${people.length} to call: up and down to choose, Enter to take`;
  }

  option({ name, full }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.role = "option";
    option.dataset.name = name;
    const called = document.createElement("b");
    called.textContent = name;
    option.append(called, full ? ` ${full}` : "");
    return option;
  }

  light() {
    for (const [place, option] of this.options.entries()) option.ariaSelected = String(place === this.at);
    const now = this.options[this.at];
    this.field.setAttribute("aria-activedescendant", now.id);
    now.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Enter: () => this.take(this.options[this.at]),
      Tab: () => this.take(this.options[this.at]),
      Escape: () => this.close(),
    };
    if (!acts[event.key] || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  }

  step(by) {
    const { length } = this.options;
    this.at = (this.at + by + length) % length;
    this.light();
  }

  take(option) {
    if (!option || this.begun === null) return;
    const end = this.field.selectionStart;
    this.field.setRangeText(`${option.dataset.name} `, end - this.begun.length, end, "end");
    this.close();
    // As if it had been typed: so that it is kept.
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.count.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
  }
}

const known = new WeakSet();

export function startCalling() {
  document.addEventListener("focusin", ({ target }) => {
    const place = target.closest?.("[data-people]");
    if (!place || known.has(target)) return;
    known.add(target);
    new Calling(target, place.dataset.people).start();
  });
}
