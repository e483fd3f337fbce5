// Moves within an order. Pure.

/**
 * The order after one entry is moved.
 * @template T
 * @param {T[]} entries
 * @param {number} from
 * @param {number} to its place afterwards; beyond either end it is the end
 * @returns {T[]} a new list
 */
export function moved(entries, from, to) {
  const place = Math.max(0, Math.min(entries.length - 1, to));
  const rest = entries.filter((_, index) => index !== from);
  return [...rest.slice(0, place), entries[from], ...rest.slice(place)];
}

/**
 * Where an entry goes that is let go at a height.
 * @param {number[]} middles of all entries as they lie, from the top
 * @param {number} from the place of the one that is dragged
 * @param {number} height of the pointer, measured as the middles are
 */
export function placeAt(middles, from, height) {
  return middles.filter((middle, index) => index !== from && middle < height).length;
}
