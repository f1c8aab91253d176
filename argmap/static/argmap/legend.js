// The legend stays open, or shut, as it was left; on paper it is always open.
import { recall, remember } from "./memory.js";

const NAME = "legend";

export function rememberLegend() {
  const legend = document.querySelector(".legend");
  if (!legend) return;
  legend.open = recall(NAME) === "open";
  let isPrinting = false;
  let wasOpen = legend.open;
  legend.addEventListener("toggle", () => {
    if (!isPrinting) remember(NAME, legend.open ? "open" : "shut");
  });
  window.addEventListener("beforeprint", () => {
    isPrinting = true;
    wasOpen = legend.open;
    legend.open = true;
  });
  window.addEventListener("afterprint", () => {
    legend.open = wasOpen;
    // The toggles of both are told later, in one.
    setTimeout(() => (isPrinting = false));
  });
}
