// The list of a person's corrections, and how one more changes it. Pure; the service takes the whole list.
// A correction is {kind: "words"|"filler"|"not_filler", start, end, text}, times in seconds.

import { isSpoken, textOf } from "./passages.js";

/** Seconds. The service takes no stretch without length. */
const LEAST_STRETCH = 0.02;
/** Seconds that a filler is taken to last where only its place is known: the usual um. */
const FILLER_LENGTH = 0.35;
/** Seconds on both sides of the end of a word that a filler takes where the next word follows at once. */
const SQUEEZED_IN = 0.1;
/** Characters of one correction, and seconds of its stretch, that the service takes. */
export const LONGEST_TEXT = 200;
export const LONGEST_STRETCH = 60;

const middle = ({ start, end }) => (start + end) / 2;
const holds = (stretch, thing) => stretch.start <= middle(thing) && middle(thing) <= stretch.end;
const touches = (one, other) => one.start < other.end && other.start < one.end;

function correction(kind, { start, end }, text = "") {
  return { kind, start, end: Math.max(end, start + LEAST_STRETCH), text: text.trim() };
}

/** The words of the person for a stretch, where it overlaps words they corrected before. */
const wordsAround = (items, stretch) => items.filter((item) => item.kind === "words" && touches(item, stretch));

/** In this stretch `text` was said; empty: nothing was. Earlier corrections of words within it are replaced. */
export function withWords(items, stretch, text) {
  return [...items.filter((item) => !(item.kind === "words" && touches(item, stretch))), correction("words", stretch, text)];
}

/** What is taken for a filler here is none. One that the person put there is taken away again. */
export function withoutFiller(items, filler) {
  const rest = items.filter((item) => !(item.kind !== "words" && holds(filler, item)));
  return filler.source === "person" && rest.length < items.length ? rest : [...rest, correction("not_filler", filler, filler.text)];
}

/** Here is a filler. */
export function withFiller(items, stretch, text) {
  return [...items.filter((item) => !(item.kind !== "words" && holds(stretch, item))), correction("filler", stretch, text)];
}

/** What was taken for fillers is none; where `text` is not empty it was these words. */
export function withWordsForFillers(items, stretch, fillers, text) {
  const rest = fillers.reduce(withoutFiller, items);
  return text.trim() ? withWords(rest, stretch, text) : rest;
}

/** Where a filler lies that comes after a thing: in the gap before the next one, as long as a filler is. */
export function stretchAfter(thing, next) {
  const gap = next ? next.start - thing.end : FILLER_LENGTH;
  return gap < 2 * SQUEEZED_IN
    ? { start: Math.max(0, thing.end - SQUEEZED_IN), end: thing.end + SQUEEZED_IN }
    : { start: thing.end, end: thing.end + Math.min(FILLER_LENGTH, gap) };
}

/** Where a filler lies that has just been heard when the sound is at `time`. */
export const stretchBefore = (time) => ({ start: Math.max(0, time - FILLER_LENGTH), end: Math.max(time, FILLER_LENGTH) });

// A run of items to correct: what is said in it, and from when to when. Pure.

const middleOf = ({ start, end }) => (start + end) / 2;

/**
 * @param {object[]} items of `passages.js`
 * @param {number} one index at an end of the run
 * @param {number} other index at its other end
 * @param {object[]} corrections made before: a run that touches words of one takes all of them
 * @returns {{first: number, last: number, start: number, end: number, text: string, fillers: object[], kind: "words"|"heard"|"pause",
 *   next: object|null, corrected: boolean}} `next` is the item with text after it
 */
export function runOf(items, one, other, corrections) {
  let [first, last] = [Math.min(one, other), Math.max(one, other)];
  let stretch = stretchOf(items, first, last);
  const before = wordsAround(corrections, stretch);
  if (before.length > 0 && items.slice(first, last + 1).some(isSpoken)) {
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
    text: textOf(words),
    fillers: [...new Set(chosen.map(({ filler }) => filler).filter(Boolean))],
    kind: words.length > 0 ? "words" : chosen.some(isSpoken) ? "heard" : "pause",
    next: items.slice(last + 1).find(isSpoken) ?? null,
    corrected: before.length > 0,
  };
}

/** From the first to the last that is said; a pause counts only where there is nothing else. */
function stretchOf(items, first, last) {
  const chosen = items.slice(first, last + 1);
  const said = chosen.some(isSpoken) ? chosen.filter(isSpoken) : chosen;
  return { start: Math.min(...said.map(({ start }) => start)), end: Math.max(...said.map(({ end }) => end)) };
}

/** The index of the next item that is said, or -1. */
export function nextSaid(items, index, step) {
  for (let at = index + step; at >= 0 && at < items.length; at += step) {
    if (isSpoken(items[at])) {
      return at;
    }
  }
  return -1;
}

/** The index of what stands where a run began, once it has been corrected: other words may be there now. */
export function indexFrom(items, { start, kind }) {
  const at = items.findIndex((item) => (kind === "pause" || isSpoken(item)) && middleOf(item) >= start);
  return at >= 0 ? at : items.length - 1;
}
