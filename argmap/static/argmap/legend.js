// The legend stays open, or shut, as it was left; on paper it is always open.
const NAME = "legend";

function stored() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null; // storage is forbidden here
  }
}

function store(word) {
  try {
    localStorage.setItem(NAME, word);
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function rememberLegend() {
  const legend = document.querySelector(".legend");
  if (!legend) return;
  legend.open = stored() === "open";
  let isPrinting = false;
  let wasOpen = legend.open;
  legend.addEventListener("toggle", () => {
    if (!isPrinting) store(legend.open ? "open" : "shut");
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
