// The outline as a tree, by the ARIA pattern: one stop of the Tab key, arrows from line to line,
// branches that fold, letters that look for a line. Without this script it stays nested lists of
// links, all of them open.
import { countBelow } from "./below.js";

const REST = 700;
const MARGIN = 16;
// Of more lines than these only the top is open: the roots, and what bears on them.
const MANY = 200;

export class Tree {
  // `take` is called with the link of the line that is chosen. Lines are scrolled to in `frame`, by
  // default in the page; `keys` are those of the page that begin no text that one looks for.
  constructor(root, take, { frame = null, keys = "/?" } = {}) {
    this.root = root;
    this.take = take;
    this.frame = frame;
    this.keys = keys;
    this.typed = "";
    this.marked = "";
  }

  start() {
    for (const tree of this.root.querySelectorAll("[data-tree]")) this.upgrade(tree);
    countBelow(this.root);
    if (this.items.length > MANY) this.foldToTop();
    this.here = this.items[0];
    if (this.here) this.here.tabIndex = 0;
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("focusin", (event) => {
      const item = event.target.closest("[role=treeitem]");
      if (item) this.stand(item);
    });
  }

  upgrade(tree) {
    tree.setAttribute("role", "tree");
    tree.setAttribute("aria-labelledby", tree.previousElementSibling.id);
    for (const list of tree.querySelectorAll("ul")) list.setAttribute("role", "group");
    for (const item of tree.querySelectorAll("li")) this.upgradeItem(item);
  }

  // Levels follow from how the lists nest, and need no attribute.
  upgradeItem(item) {
    const line = item.querySelector(":scope > .line");
    line.id ||= `line-${(Tree.count = (Tree.count ?? 0) + 1)}`;
    item.setAttribute("role", "treeitem");
    item.setAttribute("aria-labelledby", line.id);
    item.setAttribute("aria-selected", "false");
    item.tabIndex = -1;
    for (const link of line.querySelectorAll("a")) link.tabIndex = -1;
    if (!this.listOf(item)) return;
    const mark = document.createElement("span");
    mark.className = "fold";
    mark.setAttribute("aria-hidden", "true");
    item.prepend(mark);
    this.fold(item, false);
  }

  get items() {
    return [...this.root.querySelectorAll("[role=treeitem]")];
  }

  get visible() {
    return this.items.filter((item) => item.offsetParent);
  }

  // Whether each branch is folded, by the key of its line.
  get folds() {
    const branches = this.items.filter((item) => this.listOf(item));
    return new Map(branches.map((item) => [this.linkOf(item).dataset.key, this.isFolded(item)]));
  }

  takeFolds(folds) {
    for (const item of this.items) this.fold(item, folds.get(this.linkOf(item).dataset.key) ?? this.isFolded(item));
  }

  listOf(item) {
    return item.querySelector(":scope > ul");
  }

  linkOf(item) {
    return item.querySelector(":scope > .line > a.key");
  }

  parentOf(item) {
    return item.parentElement.closest("[role=treeitem]");
  }

  // The lines that name an element.
  linesOf(key) {
    const links = [...this.root.querySelectorAll(`a.key[data-key="${CSS.escape(key)}"]`)];
    return links.map((link) => link.parentElement);
  }

  // Those lines; of what is hidden `under` another, the link that says so.
  marks(key, under) {
    const lines = this.linesOf(key);
    return lines.length ? lines : this.itemOf(under)?.querySelectorAll(":scope > .line > .stub") ?? [];
  }

  // The line that says all that its element says, else any that names it.
  itemOf(key) {
    const items = this.linesOf(key).map((line) => line.parentElement);
    return items.find((item) => item.id) ?? items[0] ?? null;
  }

  isFolded(item) {
    return item.getAttribute("aria-expanded") === "false";
  }

  fold(item, folded) {
    const list = this.listOf(item);
    if (!list) return;
    list.hidden = folded;
    item.setAttribute("aria-expanded", String(!folded));
  }

  // Each branch that one then opens shows the next statements, not a line that says "supported by".
  foldToTop() {
    for (const item of this.root.querySelectorAll("li.said")) this.fold(item, true);
  }

  foldAll(folded) {
    for (const item of this.items) this.fold(item, folded);
    if (this.here && !this.here.offsetParent) this.stand(this.visible[0]);
  }

  stand(item) {
    if (this.here) this.here.tabIndex = -1;
    item.tabIndex = 0;
    this.here = item;
  }

  go(item) {
    if (!item) return;
    this.unfoldTo(item);
    this.stand(item);
    item.focus({ preventScroll: true });
    this.show(item);
  }

  // Bring it into sight, and leave the focus where it is.
  reveal(key, under = "") {
    const item = this.itemOf(key) ?? this.itemOf(under);
    if (!item) return;
    this.unfoldTo(item);
    this.show(item, "center");
  }

  // On a small screen the frame is as long as what it holds, and it is the page that scrolls.
  show(item, block = "nearest") {
    const line = item.querySelector(":scope > .line");
    if (!this.frame || this.frame.scrollHeight <= this.frame.clientHeight) {
      line.scrollIntoView({ block });
      return;
    }
    const [inner, outer] = [line.getBoundingClientRect(), this.frame.getBoundingClientRect()];
    const over = Math.min(inner.top - outer.top - MARGIN, 0);
    const under = Math.max(inner.bottom - Math.min(outer.bottom, innerHeight) + MARGIN, 0);
    this.frame.scrollTop += over || under;
  }

  unfoldTo(item) {
    for (let above = this.parentOf(item); above; above = this.parentOf(above)) this.fold(above, false);
  }

  // Mark the line of what is chosen, here or elsewhere, and bring it into sight where that `isNew`.
  mark(key, isNew = true) {
    for (const item of this.items) item.setAttribute("aria-selected", "false");
    const item = key ? this.itemOf(key) : null;
    this.marked = item ? key : "";
    if (!item) return;
    item.setAttribute("aria-selected", "true");
    if (!isNew) return;
    this.unfoldTo(item);
    this.stand(item);
    if (!this.root.contains(document.activeElement)) this.show(item);
  }

  click(event) {
    const again = event.target.closest("a.again");
    const item = event.target.closest("[role=treeitem]");
    if (again) {
      event.preventDefault();
      this.go(this.itemOf(this.linkOf(item).dataset.key));
    } else if (event.target.classList.contains("fold")) {
      this.fold(item, !this.isFolded(item));
      this.stand(item);
    }
  }

  key(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = {
      ArrowDown: () => this.step(item, 1),
      ArrowUp: () => this.step(item, -1),
      ArrowRight: () => (this.isFolded(item) ? this.fold(item, false) : this.inwards(item)),
      ArrowLeft: () => this.outwards(item),
      Home: () => this.go(this.visible[0]),
      End: () => this.go(this.visible.at(-1)),
      Enter: () => this.take(this.linkOf(item)),
      " ": () => this.turn(item),
      "*": () => this.openSiblings(item),
    };
    const act = this.typed && event.key === " " ? null : acts[event.key];
    if (!act && !this.isTyped(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) act();
    else this.look(item, event.key);
  }

  // The page's own keys are no letters of the text that one looks for, unless one has begun.
  isTyped({ key }) {
    return key.length === 1 && (this.typed || !this.keys.includes(key));
  }

  step(item, by) {
    const items = this.visible;
    this.go(items[items.indexOf(item) + by]);
  }

  // What has no lines below it may lead to some: its links are no stops of the Tab key.
  inwards(item) {
    if (this.listOf(item)) this.step(item, 1);
    else item.querySelector(":scope > .line > :is(.stub, .again)")?.click();
  }

  // As far open as it goes, and then folded.
  turn(item) {
    const stub = item.querySelector(":scope > .line > .stub");
    if (stub && !this.isFolded(item)) stub.click();
    else this.fold(item, !this.isFolded(item));
  }

  outwards(item) {
    if (this.listOf(item) && !this.isFolded(item)) this.fold(item, true);
    else this.go(this.parentOf(item));
  }

  openSiblings(item) {
    for (const each of item.parentElement.children) this.fold(each, false);
  }

  // To the next visible line whose text, or key, begins with what was typed in one go.
  look(item, letter) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.typed = ""), REST);
    const isFirst = !this.typed;
    this.typed += letter.toLowerCase();
    const items = this.visible;
    const from = items.indexOf(item) + Number(isFirst);
    const turned = [...items.slice(from), ...items.slice(0, from)];
    const begins = (part) => part?.textContent.trim().toLowerCase().startsWith(this.typed);
    this.go(
      turned.find((each) =>
        [...each.querySelectorAll(":scope > .line > *")].some(begins),
      ),
    );
  }
}
