// Keys that work anywhere on a page, but where one types: `acts` says what each does, and ? lists all
// keys.
const TYPED = "input, textarea, select, [contenteditable], dialog";

export function startKeys(acts) {
  const dialog = document.getElementById("keys");
  const all = { ...acts, "?": () => dialog.showModal() };
  document.querySelector("[data-keys]").addEventListener("click", all["?"]);
  document.querySelector("[data-ways]").hidden = false;
  document.addEventListener("keydown", (event) => {
    const act = all[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest?.(TYPED)) return;
    event.preventDefault();
    act();
  });
}
