// Other views of the same map: the drawing moves to them, and the address says which one it is.
export class Views {
  constructor(stage, panel) {
    this.stage = stage;
    this.panel = panel;
  }

  start() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-view]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(link.href);
    });
    window.addEventListener("popstate", () => this.back());
  }

  async go(href) {
    history.pushState({}, "", href);
    await this.redraw();
  }

  // The parts of the page that hang on the address and on the map, anew.
  async redraw() {
    await htmx.ajax("GET", location.href, { target: this.stage.canvas, swap: "none" });
    await this.panel.refresh();
  }

  async back() {
    await this.redraw();
    const key = new URLSearchParams(location.search).get("select");
    const drawn = key && this.stage.elementOf(key);
    if (drawn && key !== this.panel.key) await this.panel.show(key, drawn.href.baseVal);
  }
}
