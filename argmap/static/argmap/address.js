// The address of the page, with some words of its query changed; null takes a word away. Commas stay
// as they are, since people read and send these addresses.
export function addressWith(words) {
  const url = new URL(location.href);
  for (const [name, word] of Object.entries(words)) {
    if (word === null) url.searchParams.delete(name);
    else url.searchParams.set(name, word);
  }
  url.search = url.search.replaceAll("%2C", ",");
  return url;
}

// Say so without a step of its own in the browser's history.
export function rewrite(words) {
  const url = addressWith(words);
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
