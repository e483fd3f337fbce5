// Where somebody's comment belongs in a transcript: its number, after the word that was being said.

import { html } from "../templating.js";

/** @typedef {{id: string, at: number, number: number, label: string}} NoteMark `at`: seconds */

/**
 * Notes by the index of the item after which each stands: the last one that had begun.
 * @param {NoteMark[]} notes
 * @param {Array<{start: number}>} items in their order
 * @returns {Map<number, NoteMark[]>}
 */
export function notesByItem(notes, items) {
  const places = new Map();
  for (const note of notes) {
    const at = Math.max(0, items.findLastIndex(({ start }) => start <= note.at));
    places.set(at, [...(places.get(at) ?? []), note]);
  }
  return places;
}

/** @param {NoteMark} note */
export const noteMark = ({ id, number, label }) =>
  html`<button class="word-note" type="button" data-note=${id} aria-label=${label} title=${label}>${number}</button>`;
