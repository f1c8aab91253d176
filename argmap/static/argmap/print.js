// The drawing on paper: at its natural size at most, whatever the zoom, and where that is too small to
// read in parts on further pages.
import { layOut } from "./sheets.js";

const LETTERS = 14; // px on paper, of the parts' numbers
const SVG = "http://www.w3.org/2000/svg";

// The left, top, right and bottom of a box or a tile.
const edges = ({ x, y, width, height }) => [x, y, x + width, y + height];

function touches(tile, box) {
  const [left, top, right, bottom] = edges(tile);
  const [start, head, end, foot] = edges(box);
  return start < right && end > left && head < bottom && foot > top;
}

function holds(tile, box) {
  const [left, top, right, bottom] = edges(tile);
  const [start, head, end, foot] = edges(box);
  return start >= left && end <= right && head >= top && foot <= bottom;
}

function made(name, words, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [word, value] of Object.entries(words)) element.setAttribute(word, value);
  element.append(...children);
  return element;
}

function pictureOf(drawing, tile, scale, drawn) {
  const picture = drawing.cloneNode(false);
  picture.removeAttribute("style");
  picture.setAttribute("viewBox", [tile.x, tile.y, tile.width, tile.height].join(" "));
  picture.setAttribute("width", tile.width * scale);
  picture.setAttribute("height", tile.height * scale);
  for (const { element, box } of drawn) {
    const copy = element.cloneNode(true);
    // What is cut here is whole on another page.
    copy.classList.toggle("cut", copy.matches(".node") && !holds(tile, box));
    picture.append(copy);
  }
  return picture;
}

function sheetOf(picture, title) {
  const sheet = document.createElement("figure");
  sheet.className = "sheet paper";
  const caption = document.createElement("figcaption");
  caption.textContent = title;
  sheet.append(caption, picture);
  return sheet;
}

// Where on the whole drawing a part is.
function signOf(tile, number, letters) {
  const { x, y, width, height } = tile;
  const text = made("text", { x: x + letters / 3, y: y + letters, "font-size": letters }, number);
  return made("g", { class: "part paper" }, made("rect", { x, y, width, height }), text);
}

export class Print {
  constructor(stage) {
    this.stage = stage;
    this.added = [];
  }

  start() {
    window.addEventListener("beforeprint", () => this.begin());
    window.addEventListener("afterprint", () => this.end());
  }

  begin() {
    this.end();
    const { drawing, isShown } = this.stage;
    if (!drawing) return;
    drawing.style.setProperty("--natural", `${drawing.width.baseVal.value}px`);
    // Where the outline stands in the drawing's place, nothing can be measured: it goes on one page.
    const elements = isShown ? [...drawing.querySelectorAll(":scope > [data-key]")] : [];
    const drawn = elements.map((element) => ({ element, box: element.getBBox() }));
    const boxes = drawn.filter(({ element }) => element.matches(".node")).map(({ box }) => box);
    const laid = layOut(drawing.viewBox.baseVal, boxes);
    document.body.classList.toggle("upright", laid.name === "upright");
    this.add(drawing, laid, drawn);
  }

  // A part in which nothing is drawn is left out.
  add(drawing, { whole, scale, tiles }, drawn) {
    const filled = tiles
      .map((tile) => ({ tile, within: drawn.filter(({ box }) => touches(tile, box)) }))
      .filter(({ within }) => within.length);
    if (filled.length < 2) return;
    const title = document.querySelector(".map-head h1").textContent.trim();
    const sheets = filled.map(({ tile, within }, index) =>
      sheetOf(pictureOf(drawing, tile, scale, within), `${title} – part ${index + 1} of ${filled.length}`),
    );
    const signs = filled.map(({ tile }, index) => signOf(tile, index + 1, LETTERS / whole));
    drawing.append(...signs);
    document.body.append(...sheets);
    this.added = [...sheets, ...signs];
  }

  end() {
    for (const element of this.added) element.remove();
    this.added = [];
    document.body.classList.remove("upright");
  }
}
