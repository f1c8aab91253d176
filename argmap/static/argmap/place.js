// Where on the drawing one is, kept in the address: "?zoom=85&at=C13,-40,120" is the drawn box nearest
// to the middle of the canvas, and how far the middle lies from its centre, in px of the drawing.
// What makes no sense is passed over, as is all of it until someone moves or zooms by hand.
import { rewrite } from "./address.js";

// Browsers refuse more than some three changes of the address each second.
const REST = 400;
const AT = /^([A-Z][1-9]\d{0,8}),(-?\d{1,6}),(-?\d{1,6})$/;
const ZOOM = /^\d{2,3}$/;
const BY_HAND = ["wheel", "pointerdown", "touchstart", "keydown"];

function centreOf(element) {
  const box = (element.querySelector(".box, .junction") ?? element).getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export class Place {
  constructor(stage, zoom) {
    this.stage = stage;
    this.zoom = zoom;
    this.canvas = stage.canvas;
    this.isByHand = false;
    this.isGoingBack = false;
  }

  start() {
    const byHand = () => (this.isByHand = true);
    for (const name of BY_HAND) this.canvas.addEventListener(name, byHand, { passive: true });
    this.zoom.bar.addEventListener("click", byHand, { capture: true });
    this.canvas.addEventListener("scroll", () => this.rest(), { passive: true });
    this.canvas.addEventListener("zoomed", () => this.rest());
    window.addEventListener("popstate", () => {
      this.isGoingBack = true;
      clearTimeout(this.timer);
    });
    this.canvas.addEventListener("drawn", () => {
      if (this.isGoingBack) this.restore();
      this.isGoingBack = false;
    });
  }

  // Say where one is, once nothing has moved for a while.
  rest() {
    if (!this.isByHand || this.isGoingBack) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), REST);
  }

  say() {
    const nearest = this.stage.isShown ? this.nearest() : null;
    if (!nearest) return;
    const { key, x, y } = nearest;
    rewrite({ zoom: Math.round(this.zoom.scale * 100), at: [key, Math.round(x), Math.round(y)].join() });
  }

  nearest() {
    const { x, y } = this.zoom.middle;
    let best = null;
    for (const node of this.stage.drawing?.querySelectorAll("a.node") ?? []) {
      const centre = centreOf(node);
      const far = Math.hypot(x - centre.x, y - centre.y);
      if (!best || far < best.far) best = { far, key: node.dataset.key, centre };
    }
    if (!best) return null;
    const { key, centre } = best;
    return { key, x: (x - centre.x) / this.zoom.scale, y: (y - centre.y) / this.zoom.scale };
  }

  // Go where the address says. Return whether it says a place that is drawn.
  restore() {
    const query = new URLSearchParams(location.search);
    const zoom = query.get("zoom") ?? "";
    if (ZOOM.test(zoom)) this.zoom.to(Number(zoom) / 100);
    const [, key, x, y] = AT.exec(query.get("at") ?? "") ?? [];
    const element = key && this.stage.elementOf(key);
    if (!element) return false;
    const [centre, middle, scale] = [centreOf(element), this.zoom.middle, this.zoom.scale];
    this.canvas.scrollBy(centre.x + x * scale - middle.x, centre.y + y * scale - middle.y);
    return true;
  }
}
