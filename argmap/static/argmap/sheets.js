// How a drawing goes on paper: which way the paper lies, and the parts that it is printed in where
// on one page nobody could read it. Lengths are px of the drawing, but for those of paper.

// What A4 and Letter both have within the margins, in px of CSS, below the line that says which part
// it is; other paper makes the parts smaller or leaves white.
const PAPERS = [
  { name: "across", wide: 960, high: 675 },
  { name: "upright", wide: 700, high: 920 },
];
// Of the first page: the head, and the legend below the drawing.
const ROUND_ABOUT = 190;
// Letters of five points: smaller ones nobody reads. Where the drawing is cut both ways anyway, of seven.
const LEAST = 0.5;
const GOOD = 0.7;
const GAP = 8;
// How much shorter than the others a part may be, so that no box is cut.
const LEAST_PART = 0.8;

function crossing(boxes, at) {
  return boxes.filter((box) => box.from < at && box.to > at);
}

// The last place up to `cut` where no box lies, or null where there is none from `least` on.
function cleanCut(boxes, cut, least) {
  while (cut > least) {
    const cuts = crossing(boxes, cut);
    if (!cuts.length) return cut;
    cut = Math.min(...cuts.map((box) => box.from - GAP));
  }
  return null;
}

// Cut a length from `start` on into as few parts as will do, of about the same size if no box lies in
// the way. Where a box must be cut two parts overlap, so that it is whole in one of them.
function parts(start, length, most, boxes) {
  const found = [];
  let from = start;
  let left = length;
  while (left > most) {
    const count = Math.ceil(left / most);
    const alike = from + left / count;
    const least = Math.max(from + left - (count - 1) * most, from + (alike - from) * LEAST_PART);
    const cut = cleanCut(boxes, alike, least) ?? cleanCut(boxes, from + most, alike) ?? from + most;
    const firsts = crossing(boxes, cut).map((box) => box.from - GAP);
    found.push([from, cut]);
    from = Math.max(Math.min(cut, ...firsts), from + most / 2);
    left = start + length - from;
  }
  return [...found, [from, from + left]];
}

function spread(paper, frame, boxes) {
  const across = paper.wide / frame.width;
  const whole = Math.min(1, across, (paper.high - ROUND_ABOUT) / frame.height);
  if (whole >= LEAST) return { name: paper.name, whole, scale: whole, tiles: [] };
  const scale = across >= LEAST ? Math.min(1, across) : GOOD;
  const ranges = (from, size) => boxes.map((box) => ({ from: box[from], to: box[from] + box[size] }));
  const columns = parts(frame.x, frame.width, paper.wide / scale, ranges("x", "width"));
  const rows = parts(frame.y, frame.height, paper.high / scale, ranges("y", "height"));
  const tiles = rows.flatMap(([y, bottom]) =>
    columns.map(([x, right]) => ({ x, y, width: right - x, height: bottom - y })),
  );
  return { name: paper.name, whole, scale, tiles };
}

// The name of the paper, the scale of the whole on one page, and that of the tiles, row by row: there
// are none where the whole can be read. Of ways that need as many pages the larger is taken, and of
// ways alike that of the drawing's shape.
export function layOut(frame, boxes) {
  const papers = frame.width >= frame.height ? PAPERS : [...PAPERS].reverse();
  const ways = papers.map((paper) => spread(paper, frame, boxes));
  return ways.sort((one, other) => one.tiles.length - other.tiles.length || other.scale - one.scale)[0];
}
