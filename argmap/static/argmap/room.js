// How high the canvas may be: what the window has left below the head of the page, which is as high
// as its words and its tools come to. The foot of the page is one line, of the legend.
const FOOT = 48;

export function takeRoom(canvas) {
  const measure = () => {
    if (!canvas.offsetParent) return; // the outline stands in its place
    const above = canvas.getBoundingClientRect().top + window.scrollY;
    canvas.style.setProperty("--taken", `${Math.round(above + FOOT)}px`);
  };
  measure();
  const heads = document.querySelectorAll("body > header, .map-head, .stage-bar");
  const watch = new ResizeObserver(measure);
  for (const head of heads) watch.observe(head);
}
