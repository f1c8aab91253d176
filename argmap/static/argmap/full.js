// The whole screen for the drawing and the panel beside it.
export class FullScreen {
  constructor(button, workbench) {
    this.button = button;
    this.workbench = workbench;
  }

  start() {
    this.button.hidden = !document.fullscreenEnabled;
    this.button.addEventListener("click", () => this.toggle());
    document.addEventListener("fullscreenchange", () => {
      this.button.ariaLabel = document.fullscreenElement ? "Leave full screen" : "Full screen";
    });
  }

  toggle() {
    if (!document.fullscreenEnabled) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else this.workbench.requestFullscreen();
  }
}
