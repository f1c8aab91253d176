// Two fingers on a touch screen: the drawing grows and moves with them. One finger scrolls, as the
// browser does by itself.
function fingers(event) {
  const [one, other] = event.touches;
  return {
    far: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY),
    x: (one.clientX + other.clientX) / 2,
    y: (one.clientY + other.clientY) / 2,
  };
}

export class Pinch {
  constructor(zoom) {
    this.zoom = zoom;
    this.canvas = zoom.canvas;
    this.last = null;
    this.move = this.move.bind(this);
  }

  start() {
    this.canvas.addEventListener("touchstart", (event) => this.begin(event), { passive: true });
    for (const name of ["touchend", "touchcancel"]) {
      this.canvas.addEventListener(name, () => this.end(), { passive: true });
    }
  }

  // Only a pinch is listened to while it moves: a listener that may stop a touch makes all of them
  // wait for this script.
  begin(event) {
    this.end();
    if (event.touches.length !== 2) return;
    this.last = fingers(event);
    this.canvas.addEventListener("touchmove", this.move, { passive: false });
  }

  move(event) {
    if (event.cancelable) event.preventDefault();
    const now = fingers(event);
    this.zoom.to((this.zoom.scale * now.far) / (this.last.far || 1), now.x, now.y, this.last);
    this.last = now;
  }

  end() {
    this.last = null;
    this.canvas.removeEventListener("touchmove", this.move);
  }
}
