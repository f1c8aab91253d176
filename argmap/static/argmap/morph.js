// From one drawing to another: what is the same stays, what moved slides, what is new fades in. One
// element keeps its place on the screen, so that the eye has something to hold on to.
const MILLISECONDS = 350;
const TIMING = { duration: MILLISECONDS, easing: "ease-in-out" };
const NUMBERS = /-?\d+(?:\.\d+)?/g;
const FRAME = ["width", "height", "viewBox"];

function elementsOf(drawing) {
  return new Map([...drawing.querySelectorAll(":scope > [data-key]")].map((each) => [each.id, each]));
}

// Where a box or a line is: of a line the part that tells best.
function placeOf(element) {
  const { x, y } = (element.querySelector(".box, .junction, .line") ?? element).getBoundingClientRect();
  return { x, y };
}

function anchorOf(canvas, old, fresh) {
  const wanted = document.activeElement?.closest?.("svg [data-key]") ?? canvas.querySelector(".selected");
  if (wanted && fresh.has(wanted.id)) return wanted;
  const frame = canvas.getBoundingClientRect();
  const far = ({ x, y }) => Math.hypot(x - frame.x - frame.width / 2, y - frame.y - frame.height / 2);
  const kept = [...old.values()].filter((each) => fresh.has(each.id) && each.classList.contains("node"));
  return kept.sort((one, other) => far(placeOf(one)) - far(placeOf(other)))[0];
}

// What the server says of an element but for its place, without what the page's scripts added.
function told(element) {
  const copy = element.cloneNode(true);
  copy.classList.remove("selected", "found", "found-now", "fresh", "source", "target");
  copy.removeAttribute("aria-current");
  copy.querySelector(":scope > g")?.removeAttribute("transform");
  return copy.outerHTML;
}

function move(known, next) {
  const place = next.querySelector(":scope > g")?.getAttribute("transform");
  if (place) known.querySelector(":scope > g").setAttribute("transform", place);
}

// Put `fresh` elements into the drawing in their order; what is the same is left alone.
function exchange(drawing, old, fresh) {
  const focused = document.activeElement?.id;
  for (const [id, gone] of old) if (!fresh.has(id)) gone.remove();
  let last = drawing.querySelector(":scope > desc");
  for (const [id, next] of fresh) {
    const known = old.get(id);
    const kept = known && told(known) === told(next) ? known : next;
    if (kept === known) move(known, next);
    else known?.replaceWith(next);
    if (last.nextElementSibling !== kept) last.after(kept);
    last = kept;
  }
  if (!old.has(focused)) return;
  // What had the focus may be gone: then keys go on to work from the canvas.
  (fresh.has(focused) ? document.getElementById(focused) : drawing.parentElement).focus({ preventScroll: true });
}

function reframe(drawing, next) {
  for (const name of FRAME) drawing.setAttribute(name, next.getAttribute(name));
  drawing.setAttribute("class", next.getAttribute("class"));
  for (const name of ["title", "desc"]) {
    drawing.querySelector(`:scope > ${name}`).textContent =
      next.querySelector(`:scope > ${name}`).textContent;
  }
}

function pathsOf(element) {
  return [...element.querySelectorAll(".line, .head, .bar")];
}

function shifted(path, { x, y }) {
  let across = false;
  return path.replace(NUMBERS, (number) => {
    across = !across;
    return Number(number) + (across ? x : y);
  });
}

// Lines bend from where they ran: of two paths of the same make each number moves.
function bend(element, before, by) {
  const paths = pathsOf(element);
  const same = paths.every((path, at) => {
    const was = before[at]?.match(NUMBERS);
    return was && was.length === path.getAttribute("d").match(NUMBERS).length;
  });
  if (!same || !CSS.supports("d", 'path("M0 0")')) {
    appear(element);
    return;
  }
  paths.forEach((path, at) => {
    const [from, to] = [shifted(before[at], by), path.getAttribute("d")];
    path.animate({ d: [`path("${from}")`, `path("${to}")`] }, TIMING);
  });
}

function slide(element, { x, y }) {
  if (Math.hypot(x, y) < 0.5) return;
  element.animate({ transform: [`translate(${x}px, ${y}px)`, "none"] }, TIMING);
}

function appear(element) {
  element.animate({ opacity: [0, 1] }, TIMING);
}

// Where the drawing's own point 0, 0 is on the screen.
function originOf(drawing) {
  const { e: x, f: y } = drawing.getScreenCTM();
  return { x, y };
}

function between(from, to, scale) {
  return { x: (from.x - to.x) / scale, y: (from.y - to.y) / scale };
}

export function morph(canvas, drawing, next) {
  const old = elementsOf(drawing);
  const fresh = elementsOf(next);
  const anchor = anchorOf(canvas, old, fresh);
  const held = anchor && placeOf(anchor);
  const places = new Map([...old].map(([id, each]) => [id, placeOf(each)]));
  const paths = new Map([...old].map(([id, each]) => [id, pathsOf(each).map((p) => p.getAttribute("d"))]));
  const origin = originOf(drawing);
  const scale = drawing.getScreenCTM().a;
  exchange(drawing, old, fresh);
  reframe(drawing, next);
  drawing.style.width = `${drawing.width.baseVal.value * scale}px`;
  drawing.style.height = `${drawing.height.baseVal.value * scale}px`;
  const now = elementsOf(drawing);
  if (anchor) {
    const place = placeOf(now.get(anchor.id));
    canvas.scrollBy(place.x - held.x, place.y - held.y);
  }
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const by = between(origin, originOf(drawing), scale);
  for (const [id, element] of now) {
    if (!old.has(id)) appear(element);
    else if (element.matches(".node, .opens")) slide(element, between(places.get(id), placeOf(element), scale));
    else if (old.get(id) === element) slide(element, by);
    else bend(element, paths.get(id), by);
  }
}
