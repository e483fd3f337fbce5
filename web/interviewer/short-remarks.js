// The remarks that one key makes: a short list that the interviewer can change, kept in this browser.

const KEY = "greenroom.short-remarks";
/** One for each of the keys 1 to 8. */
const MOST = 8;
/** Characters, as the service takes them. */
export const LONGEST_REMARK = 300;

/** About what is said and how it reaches the listener; nothing about how somebody's English sounds. */
const FIRST = [
  "Clear example",
  "Good pause",
  "Lost the thread",
  "Too much detail",
  "Look at the lens",
  "Too fast here",
  "Warm",
  "What was your part?",
];

/** As many as there are keys; an empty one has no key. */
export function shortRemarks() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (Array.isArray(kept)) {
      return FIRST.map((_, place) => (typeof kept[place] === "string" ? kept[place] : ""));
    }
  } catch {
    // Written by hand, or a browser that keeps nothing: start afresh.
  }
  return [...FIRST];
}

/** @param {number} place from 0 @param {string} text */
export function changeShortRemark(place, text) {
  const remarks = shortRemarks();
  remarks[place] = text.trim().slice(0, LONGEST_REMARK);
  keep(remarks.slice(0, MOST));
}

/** Go back to what is there at first. */
export function resetShortRemarks() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing.
  }
}

function keep(remarks) {
  try {
    localStorage.setItem(KEY, JSON.stringify(remarks));
  } catch {
    // A browser that keeps nothing: the first ones are there again the next time.
  }
}
