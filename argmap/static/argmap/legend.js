// The legend stays open, or shut, as it was left.
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
  legend.addEventListener("toggle", () => store(legend.open ? "open" : "shut"));
}
