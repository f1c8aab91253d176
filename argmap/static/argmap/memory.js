// What this browser remembers of how someone left the page; nothing where storage is forbidden.
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, word) {
  try {
    localStorage.setItem(name, word);
  } catch {
    // The choice then lasts as long as the page.
  }
}
