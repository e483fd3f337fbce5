// A run of items that is to be put right: what stands there, and from when to when. Pure.

import { wordsAround } from "./correction-list.js";

const isSaid = ({ kind }) => kind !== "pause";
const middleOf = ({ start, end }) => (start + end) / 2;

/**
 * @param {object[]} items of `passages.js`
 * @param {number} one index at an end of the run
 * @param {number} other index at its other end
 * @param {object[]} corrections made before: a run that touches words of one takes all of them
 * @returns {{first: number, last: number, start: number, end: number, text: string, fillers: object[], kind: "words"|"heard"|"pause",
 *   next: object|null, mended: boolean}} `next` is the item with text after it
 */
export function runOf(items, one, other, corrections) {
  let [first, last] = [Math.min(one, other), Math.max(one, other)];
  let stretch = stretchOf(items, first, last);
  const before = wordsAround(corrections, stretch);
  if (before.length > 0 && items.slice(first, last + 1).some(isSaid)) {
    const start = Math.min(stretch.start, ...before.map((item) => item.start));
    const end = Math.max(stretch.end, ...before.map((item) => item.end));
    const inside = (item) => start <= middleOf(item) && middleOf(item) <= end;
    first = Math.min(first, items.findIndex(inside));
    last = Math.max(last, items.findLastIndex(inside));
    stretch = { start, end };
  }
  const chosen = items.slice(first, last + 1);
  const words = chosen.filter(({ kind }) => kind === "word");
  return {
    first,
    last,
    ...stretch,
    text: words.map(({ text }) => text).join(" "),
    fillers: [...new Set(chosen.map(({ filler }) => filler).filter(Boolean))],
    kind: words.length > 0 ? "words" : chosen.some(isSaid) ? "heard" : "pause",
    next: items.slice(last + 1).find(isSaid) ?? null,
    mended: before.length > 0,
  };
}

/** From the first to the last that is said; a pause counts only where there is nothing else. */
function stretchOf(items, first, last) {
  const chosen = items.slice(first, last + 1);
  const said = chosen.some(isSaid) ? chosen.filter(isSaid) : chosen;
  return { start: Math.min(...said.map(({ start }) => start)), end: Math.max(...said.map(({ end }) => end)) };
}

/** The index of the next item that is said, or -1. */
export function nextSaid(items, index, step) {
  for (let at = index + step; at >= 0 && at < items.length; at += step) {
    if (isSaid(items[at])) {
      return at;
    }
  }
  return -1;
}

/** The index of what stands where a run began, once it has been put right: other words may be there now. */
export function indexFrom(items, { start, kind }) {
  const at = items.findIndex((item) => (kind === "pause" || isSaid(item)) && middleOf(item) >= start);
  return at >= 0 ? at : items.length - 1;
}
