// What was not done, or did not come, and why: over the drawing, where else is said what was done.
const REASONS = {
  0: "The server cannot be reached",
  401: "You are signed out",
  403: "This was refused: you may not do it any more, or the page is too old, and to reload it helps",
  404: "What this is about was deleted meanwhile",
  410: "What this is about was deleted meanwhile",
};
const SIGNED_OUT = 401;

export function reasonOf(status, otherwise) {
  return REASONS[status] ?? `${otherwise} (${status}): try again`;
}

// The way back for whoever is signed out; null for all others.
export function wayBack(status) {
  if (status !== SIGNED_OUT) return null;
  const link = document.createElement("a");
  link.href = "/accounts/login/";
  link.target = "_blank";
  link.textContent = "Sign in again in a new tab";
  return link;
}

export function shout(text, link = null, kind = "") {
  const toast = document.getElementById("toast");
  const line = document.createElement("p");
  line.className = `warning ${link ? "signed-out" : kind}`.trim();
  line.append(text, ...(link ? [" ", link] : []));
  // What is said already is not read out again.
  if (toast && toast.textContent !== line.textContent) toast.replaceChildren(line);
}
