// Keys that work anywhere on the map page, but where one types: / searches, ? lists all keys.
const TYPED = "input, textarea, select, [contenteditable], dialog";

export function startKeys(find) {
  const dialog = document.getElementById("keys");
  document.querySelector("[data-keys]").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    const acts = { "/": () => find.begin(), "?": () => dialog.showModal() };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPED)) return;
    event.preventDefault();
    act();
  });
}
