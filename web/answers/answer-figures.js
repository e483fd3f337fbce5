// The four main figures of an answer in a list: each with its mark, and all of it in words for those who listen.

import { markShape } from "../components/figure-marks.js";
import { html, nothing } from "../templating.js";

/** @param {{figures: Array<object>}} answer as the service gives it; without a report there is nothing to show */
export function answerFigures({ figures }) {
  if (figures.length === 0) {
    return nothing;
  }
  // A browser may forget that a list without bullets is one: the role stays.
  return html`<ul class="answer-figures" role="list">
    ${figures.map(
      ({ figure, label, value, unit, mark, summary }) => html`<li class="answer-figure" data-figure=${figure} data-mark=${mark}>
        <span class="answer-figure-value" aria-hidden="true">${markShape(mark)}<strong>${value || "–"}</strong></span>
        <span class="answer-figure-name" aria-hidden="true"><span class="answer-figure-label">${label}</span><span class="answer-figure-unit">${unit || label}</span></span>
        <span class="visually-hidden">${summary}.</span>
      </li>`,
    )}
  </ul>`;
}
