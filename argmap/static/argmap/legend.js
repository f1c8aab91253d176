// The legend stays open, or shut, as it was left; on paper it is always open.
import { recall, remember } from "./memory.js";

const NAME = "legend";

export function rememberLegend() {
  const legend = document.querySelector(".legend");
  if (!legend) return;
  legend.open = recall(NAME) === "open";
  // Before it turns: whoever leaves the page at once has left the legend so.
  legend.querySelector("summary").addEventListener("click", () => remember(NAME, legend.open ? "shut" : "open"));
  let wasOpen = legend.open;
  window.addEventListener("beforeprint", () => {
    wasOpen = legend.open;
    legend.open = true;
  });
  window.addEventListener("afterprint", () => {
    legend.open = wasOpen;
  });
}
