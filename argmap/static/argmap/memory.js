// What this browser remembers of how someone left the page; nothing where storage is forbidden.
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// Return whether it will be remembered.
export function remember(name, word) {
  try {
    localStorage.setItem(name, word);
    return true;
  } catch {
    return false; // it then lasts as long as the page
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // Then there was nothing to forget.
  }
}
