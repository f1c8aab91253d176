// A part of the page anew from the server, one request at a time: of those that wait only the newest
// is made. Return whether what this one brought is what the part shows; null where it brought nothing.
const newest = new WeakMap();
const underWay = new WeakMap();

export async function fetchPart(part, href, swap) {
  const turn = (newest.get(part) ?? 0) + 1;
  newest.set(part, turn);
  while (underWay.has(part)) await underWay.get(part);
  if (newest.get(part) !== turn) return false;
  const request = brought(part, href, swap);
  underWay.set(part, request);
  const came = await request;
  underWay.delete(part);
  return newest.get(part) === turn && (came || null);
}

async function brought(part, href, swap) {
  let came = false;
  const note = ({ target, detail }) => {
    if (target === part) came = detail.successful;
  };
  part.addEventListener("htmx:afterRequest", note);
  await htmx.ajax("GET", href, { source: part, target: part, swap }).catch(() => {});
  part.removeEventListener("htmx:afterRequest", note);
  return came;
}
