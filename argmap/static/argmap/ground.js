// Where the map page shows what a search finds: on the drawing, and in the outline beside it. The
// outline's own page has such a ground too.
export class Ground {
  constructor(stage, beside, panel, views) {
    this.stage = stage;
    this.beside = beside;
    this.panel = panel;
    this.views = views;
  }

  has(key) {
    return this.stage.elementOf(key) !== null;
  }

  // What of the drawing stands for it: of what is hidden `under` a box, that box's foot.
  drawn(key, under) {
    const foot = `.opens[data-key="${CSS.escape(under)}"]`;
    const { stage } = this;
    return stage.elementOf(key) ?? stage.drawing?.querySelector(foot) ?? stage.elementOf(under);
  }

  // All that stands for it on the page, to be marked.
  marks(key, under) {
    return [this.drawn(key, under), ...(this.beside.tree?.marks(key, under) ?? [])].filter(Boolean);
  }

  bring(key, under) {
    const drawn = this.drawn(key, under);
    if (drawn) this.show(drawn);
    this.beside.tree?.reveal(key, under);
  }

  // In the middle of what the list of the search leaves free.
  show(drawn) {
    const { canvas } = this.stage;
    this.stage.centre(drawn);
    const [list, box] = [document.getElementById("hits"), drawn].map((each) => each.getBoundingClientRect());
    const covered = list.bottom - canvas.getBoundingClientRect().top;
    if (box.left < list.right && list.left < box.right && covered > 0) canvas.scrollBy(0, -covered / 2);
  }

  // What is not drawn is brought in by another view.
  async take(key, around) {
    const drawn = this.stage.elementOf(key);
    if (!drawn) {
      await this.views.visit(key, around);
      if (this.stage.elementOf(key)) await this.visitLine(key);
      return;
    }
    drawn.focus({ preventScroll: true });
    await this.visitLine(key);
    await this.panel.choose(drawn);
  }

  // Where the outline stands in the drawing's place, nothing of that takes the focus.
  async visitLine(key) {
    if (this.stage.isShown || !this.beside.isOpen) return;
    await this.beside.coming;
    const { tree } = this.beside;
    tree?.go(tree.itemOf(key) ?? tree.here);
  }

  // From the search back to where one was, or to what one has stepped to.
  leave(key) {
    const { stage } = this;
    this.visitLine(key);
    (stage.elementOf(key) ?? stage.canvas).focus({ preventScroll: true });
  }
}
