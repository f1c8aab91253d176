// How many statements lie below each line of an outline, for where its branch is folded. Those with
// them that are said further down, for want of room.
export function countBelow(root) {
  const starts = [...root.querySelectorAll("#continued + [data-tree] > li")];
  const further = new Map(starts.map((item) => [item.id, held(item)]));
  for (const list of root.querySelectorAll("li > ul")) {
    const own = list.closest(".branch").id; // an argument may come back to it
    const parts = new Set([held(list)]);
    let below = 0;
    for (const { said, ends } of parts) {
      below += said;
      for (const end of ends) if (end !== own && further.has(end)) parts.add(further.get(end));
    }
    if (below) list.parentElement.querySelector(":scope > .line").dataset.below = below;
  }
}

// How many statements a part of the outline says, and the ids of what it names and does not say.
function held(part) {
  const said = part.querySelectorAll("li.said[id]").length + part.matches(".branch:not(:has(> .line > .step))");
  return { said, ends: [...part.querySelectorAll("a.again")].map((link) => link.hash.slice(1)) };
}
