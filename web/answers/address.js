// What the page of answers shows, as its address keeps it.

/** {session, tag, words} of the present address; empty where nothing is chosen. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return { session: query.get("session") ?? "", tag: query.get("tag") ?? "", words: query.get("words") ?? "" };
}

/** @param {{session?: string, tag?: string, words?: string}} shown */
export function addressOf(shown) {
  const query = new URLSearchParams(Object.entries(shown).filter(([, value]) => value));
  return String(query) ? `/answers?${query}` : "/answers";
}
