// A part of the page anew from the server, one request at a time: of those that wait only the newest
// is made. Return whether what this one brought is what the part shows.
const newest = new WeakMap();
const underWay = new WeakMap();

export async function fetchPart(part, href, swap) {
  const turn = (newest.get(part) ?? 0) + 1;
  newest.set(part, turn);
  while (underWay.has(part)) await underWay.get(part);
  if (newest.get(part) !== turn) return false;
  const request = htmx.ajax("GET", href, { source: part, target: part, swap }).catch(() => {});
  underWay.set(part, request);
  await request;
  underWay.delete(part);
  return newest.get(part) === turn;
}
