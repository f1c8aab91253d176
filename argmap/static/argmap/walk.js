// Arrow keys walk the drawing along its lines, not over the screen: to the conclusion, to the
// premises, and among what bears on the same conclusion. Which key does which follows from where
// the drawing grows.
const TURNS = {
  LR: { ArrowLeft: "above", ArrowRight: "below", ArrowUp: "before", ArrowDown: "after" },
  TB: { ArrowUp: "above", ArrowDown: "below", ArrowLeft: "before", ArrowRight: "after" },
};

function isEdge(element) {
  return element.classList.contains("edge");
}

export class Walk {
  constructor(stage) {
    this.stage = stage;
    this.canvas = stage.canvas;
    this.list = document.getElementById("keys");
    this.read();
  }

  start() {
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("drawn", () => this.read());
  }

  read() {
    this.way = this.canvas.dataset.way;
    this.list.dataset.way = this.way; // which says what each arrow does
    this.elements = new Map();
    this.ups = new Map();
    this.downs = new Map();
    this.cameFrom = new Map(); // the way up that leads back to where one was
    this.lastBelow = new Map(); // and the way down
    for (const element of this.stage.drawing?.querySelectorAll("a:is(.node, .edge)") ?? []) {
      this.elements.set(element.dataset.key, element);
    }
    for (const [key, element] of this.elements) if (isEdge(element)) this.join(key, element.dataset);
    this.roots = this.findRoots();
  }

  // What nothing leads up from, and of each ring that hangs from nothing else the element that comes
  // first.
  findRoots() {
    const keys = [...this.elements.keys()];
    const roots = keys.filter((key) => !this.up(key).length);
    const seen = new Set();
    const look = (start) => {
      const waiting = [start];
      for (const key of waiting) {
        if (seen.has(key)) continue;
        seen.add(key);
        waiting.push(...this.down(key));
      }
    };
    roots.forEach(look);
    for (const key of keys) {
      if (seen.has(key)) continue;
      roots.push(key);
      look(key);
    }
    return roots;
  }

  join(key, { premises, conclusion }) {
    const pairs = premises.split(" ").map((premise) => [premise, key]);
    for (const [below, above] of [...pairs, [key, conclusion]]) {
      if (!this.elements.has(below) || !this.elements.has(above)) continue; // still being typed
      this.ups.set(below, [...this.up(below), above]);
      this.downs.set(above, [...this.down(above), below]);
    }
  }

  up(key) {
    return this.ups.get(key) ?? [];
  }

  down(key) {
    return this.downs.get(key) ?? [];
  }

  key(event) {
    const turn = TURNS[this.way][event.key];
    if (!turn || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    const here = event.target.closest("a[data-key]")?.dataset.key;
    const next = here ? this[turn](here) : this.first();
    if (next) this.stage.visit(this.elements.get(next));
  }

  first() {
    return this.stage.selected?.dataset.key ?? this.canvas.dataset.start;
  }

  above(key) {
    const next = this.cameFrom.get(key) ?? this.up(key)[0];
    if (next) this.lastBelow.set(next, key);
    return next;
  }

  below(key) {
    const next = this.lastBelow.get(key) ?? this.inOrder(this.down(key))[0];
    if (next) this.cameFrom.set(next, key);
    return next;
  }

  before(key) {
    return this.beside(key, -1);
  }

  after(key) {
    return this.beside(key, 1);
  }

  beside(key, by) {
    const family = this.family(key);
    const keys = this.inOrder([...family.keys()]);
    const next = keys[keys.indexOf(key) + by];
    if (family.get(next)) this.cameFrom.set(next, family.get(next));
    return next;
  }

  // What stands beside `key`, each with what it hangs from. Premises of convergent inferences
  // stand beside one another, though each hangs from an inference of its own.
  family(key) {
    if (this.roots.includes(key)) return new Map(this.roots.map((root) => [root, null]));
    const parent = this.cameFrom.get(key) ?? this.up(key)[0];
    let parents = [parent];
    if (isEdge(this.elements.get(parent))) {
      parents = this.down(this.up(parent)[0]).filter((other) => isEdge(this.elements.get(other)));
    }
    const found = new Map(parents.flatMap((above) => this.down(above).map((each) => [each, above])));
    return found.set(key, parent);
  }

  inOrder(keys) {
    const side = this.way === "TB" ? ["left", "right"] : ["top", "bottom"];
    const place = (key) => {
      const box = this.elements.get(key).getBoundingClientRect();
      return box[side[0]] + box[side[1]];
    };
    return [...keys].sort((one, other) => place(one) - place(other));
  }
}
