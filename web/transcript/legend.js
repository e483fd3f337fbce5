// What the looks of words in a transcript mean. The shapes before fillers are those of the timeline's legend.

import { html, nothing } from "../templating.js";

const MEANINGS = [
  { name: "uncertain", example: "word", label: "the recogniser was not certain: about two in three of these are wrong" },
  { name: "mended", example: "word", label: "put right by you" },
];

/** Only the looks that are there. @param {object[]} items */
export function transcriptLegend(items) {
  const present = MEANINGS.filter(({ name }) => items.some((item) => item[name]));
  if (present.length === 0) {
    return nothing;
  }
  return html`<ul class="transcript-legend" aria-label="How words are marked">
    ${present.map(({ name, example, label }) => html`<li><span class=${`example ${name}`} aria-hidden="true">${example}</span> <span>${label}</span></li>`)}
  </ul>`;
}
