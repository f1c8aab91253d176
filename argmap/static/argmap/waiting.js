// The badge of the inbox on a page that is kept as it was: asked for once the page is there, and
// again when someone comes back to it.
const badge = document.querySelector("[data-waiting]");

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(badge.dataset.waiting, { cache: "no-store" });
    if (answer.ok) show((await answer.json()).waiting);
  } catch {
    // The server cannot be reached just now; the badge stays as it was.
  }
}

function show(waiting) {
  const told = document.createElement("span");
  told.className = "unseen";
  told.textContent = " waiting";
  badge.replaceChildren(waiting, told);
  badge.hidden = !waiting;
}

document.addEventListener("visibilitychange", ask);
ask();
