// The outline where it stands alone: each line leads to the page of its element.
import { Tree } from "./tree.js";

const outline = document.querySelector("[data-outline]");

function addBar(tree) {
  const bar = document.createElement("p");
  bar.className = "outline-bar";
  for (const [text, folded] of [["Open all", false], ["Fold all", true]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = text;
    button.addEventListener("click", () => tree.foldAll(folded));
    bar.append(button);
  }
  outline.prepend(bar);
}

// A link from elsewhere leads to a line that may be folded away.
function visitTarget(tree) {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target && outline.contains(target)) tree.go(target);
}

if (outline) {
  const tree = new Tree(outline, (link) => location.assign(link.href));
  tree.start();
  if (outline.querySelector(".fold")) addBar(tree);
  window.addEventListener("hashchange", () => visitTarget(tree));
}
