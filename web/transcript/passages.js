// The items of a transcript's view, one by one, and finding a phrase among them. Pure.

/**
 * Everything in the order in which it is read, each item with the filler that it is, or is part of.
 * @param {object} view of a transcript
 * @param {boolean} allPauses false leaves out short pauses at the end of a sentence or clause
 * @returns {Array<{start: number, clock: string, items: object[]}>} paragraphs
 */
export function paragraphsOf({ paragraphs, fillers }, allPauses) {
  return paragraphs.map((paragraph) => ({
    ...paragraph,
    items: paragraph.items
      .filter((item) => allPauses || !isMinorPause(item))
      .map((item) => ({ ...item, filler: fillers[item.filler] ?? null })),
  }));
}

/** A short pause where one is expected. */
export const isMinorPause = ({ kind, long, shape }) => kind === "pause" && !long && shape === "bar";

/** What is said in these items, spaced as typed text is. */
export const textOf = (items) =>
  items.reduce((text, item) => (text && !item.joined ? `${text} ${item.text}` : text + item.text), "");

/** Whether an item is a word or a filler: pauses and missing sound are not. */
export const isSpoken = ({ kind }) => kind === "word" || kind === "heard";

/** Letters and figures alone, so that neither case nor accents nor punctuation stand in the way. */
function plainText(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}' ]/gu, "")
    .replace(/\s+/g, " ");
}

/**
 * Matches in one run of items that have text, as {first, last} indices of all items.
 * @param {boolean} parted whether the pieces of one word ('well', '-known') are words of their own
 */
function matchesAmong(indexed, phrase, parted) {
  const starts = [];
  let text = "";
  for (const { item, index } of indexed) {
    const word = plainText(item.text).trim();
    if (word) {
      text = item.joined && !parted ? text.trimEnd() : text;
      starts.push({ at: text.length, index });
      text += `${word} `;
    }
  }
  const itemAt = (place) => starts.findLast(({ at }) => at <= place).index;
  const found = [];
  for (let place = text.indexOf(phrase); place >= 0; place = text.indexOf(phrase, place + phrase.length)) {
    if (place === 0 || text[place - 1] === " ") {
      found.push({ first: itemAt(place), last: itemAt(place + phrase.length - 1) });
    }
  }
  return found;
}

/**
 * Where a phrase is said, from the beginning of a word on; its last word may still be typed. A filler that was heard between its words does not part it, and can be looked for itself.
 * @param {object[]} items of a transcript's view
 * @param {string} query
 * @returns {Array<{first: number, last: number}>} item indices, in order
 */
export function findPhrase(items, query) {
  const phrase = plainText(query).trim();
  if (!phrase) {
    return [];
  }
  const indexed = items.map((item, index) => ({ item, index })).filter(({ item }) => isSpoken(item));
  const written = indexed.filter(({ item }) => item.kind === "word");
  const found = [written, indexed].flatMap((some) => [true, false].flatMap((parted) => matchesAmong(some, phrase, parted)));
  const byPlace = new Map(found.map((match) => [`${match.first}-${match.last}`, match]));
  return [...byPlace.values()].sort((one, other) => one.first - other.first);
}
