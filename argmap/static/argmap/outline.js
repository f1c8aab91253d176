// The outline: branches that fold, and arrow keys from line to line. Without this script every
// branch is open.
const outline = document.querySelector("[data-outline]");

function foldable(item) {
  return item.querySelector(":scope > ul");
}

function fold(item, folded) {
  const list = foldable(item);
  if (!list) return;
  list.hidden = folded;
  item.querySelector(":scope > .fold").setAttribute("aria-expanded", String(!folded));
}

function isFolded(item) {
  return Boolean(foldable(item)?.hidden);
}

function addButton(item) {
  const button = document.createElement("button");
  const key = item.querySelector("a.key").dataset.key;
  button.type = "button";
  button.className = "fold";
  button.setAttribute("aria-label", `What bears on ${key}`);
  button.addEventListener("click", () => fold(item, !isFolded(item)));
  item.prepend(button);
  fold(item, false);
}

function visibleLinks() {
  return [...outline.querySelectorAll(".line > a.key")].filter((link) => link.offsetParent);
}

function step(link, by) {
  const links = visibleLinks();
  links[links.indexOf(link) + by]?.focus();
}

function inwards(link, item) {
  if (item && isFolded(item)) fold(item, false);
  else step(link, 1);
}

function outwards(link, item) {
  if (item && foldable(item) && !isFolded(item)) fold(item, true);
  else item?.parentElement.closest("li, .branch")?.querySelector(".line > a.key")?.focus();
}

const ACTS = {
  ArrowDown: (link) => step(link, 1),
  ArrowUp: (link) => step(link, -1),
  ArrowRight: inwards,
  ArrowLeft: outwards,
};

function addBar(items) {
  const bar = document.createElement("p");
  bar.className = "outline-bar";
  for (const [text, folded] of [["Open all", false], ["Fold all", true]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = text;
    button.addEventListener("click", () => items.forEach((item) => fold(item, folded)));
    bar.append(button);
  }
  outline.prepend(bar);
}

// A link from elsewhere leads to a line that may be folded away.
function unfoldTarget() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  for (let item = target?.closest("li"); item; item = item.parentElement.closest("li")) {
    if (item !== target) fold(item, false);
  }
  target?.scrollIntoView();
}

if (outline) {
  const items = [...outline.querySelectorAll("li")].filter(foldable);
  items.forEach(addButton);
  if (items.length) addBar(items);
  outline.addEventListener("keydown", (event) => {
    const link = event.target.closest(".line > a.key");
    const act = ACTS[event.key];
    if (!link || !act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(link, link.closest("li"));
  });
  window.addEventListener("hashchange", unfoldTarget);
}
