// The outline where it stands alone: each line leads to the page of its element.
import { Find } from "./find.js";
import { startKeys } from "./keys.js";
import { Tree } from "./tree.js";

const outline = document.querySelector("[data-outline]");
const form = document.querySelector("[data-find]");
const ADDRESSED = /^#(?:o-)?([A-Z]\d+)$/;

// With what stands around it in sight.
function goTo(tree, key) {
  tree.mark(key);
  tree.go(tree.itemOf(key));
  tree.reveal(key);
}

// What a search finds is shown by the lines of a tree, and by those of another view what it leaves out.
class Lines {
  constructor(tree) {
    this.tree = tree;
  }

  has(key) {
    return this.tree.itemOf(key) !== null;
  }

  marks(key, under) {
    return this.tree.marks(key, under);
  }

  bring(key, under) {
    this.tree.reveal(key, under);
  }

  take(key, around) {
    if (!this.has(key)) return location.assign(around);
    return goTo(this.tree, key);
  }

  leave(key) {
    this.tree.go(this.tree.itemOf(key) ?? this.tree.here);
  }
}

function startFolding(tree) {
  for (const button of document.querySelectorAll("[data-fold-all]")) {
    button.hidden = !outline.querySelector(".fold");
    button.addEventListener("click", () => tree.foldAll(button.dataset.foldAll === "yes"));
  }
}

// To the line that the address names: "#o-C7" as links do, "#C7" or "?select=C7" as people write it.
function visit(tree) {
  const [, key] = ADDRESSED.exec(location.hash) ?? [];
  const named = key ?? new URLSearchParams(location.search).get("select");
  if (!named || !tree.itemOf(named)) return;
  goTo(tree, named);
}

function start() {
  const tree = new Tree(outline, (link) => location.assign(link.href));
  tree.start();
  startFolding(tree);
  const find = new Find(form, new Lines(tree));
  find.start();
  startKeys({ "/": () => find.begin() });
  visit(tree);
  window.addEventListener("hashchange", () => visit(tree));
}

// Not where there is nothing on the map.
if (outline && form) start();
