// How sure it all is, folded: the intervals of the four figures, the evidence behind the exercise, and how far off
// figures can be in recordings like this one.

import { html, nothing } from "../templating.js";

/** @param {object} report its view */
export function howSure({ figures, drill, retake, errors, span }) {
  if (!span) {
    return nothing;
  }
  return html`<details class="fold how-sure">
    <summary><h2 class="section-title">How sure this is</h2></summary>
    <dl class="how-sure-list">
      ${figures.map(({ label, how_sure: sentences }) => (sentences.length > 0 ? entry(label, sentences) : nothing))}
      ${retake ? entry("Since the last take", [retake.how_sure]) : nothing} ${drill ? entry(drill.title, [drill.evidence]) : nothing}
    </dl>
    ${errors
      ? html`<h3>In recordings like this one</h3>
          <dl class="how-sure-list">
            ${errors.rows.map(([label, recordings, text]) => entry(label, [`${recordings}: ${text}`]))}
          </dl>
          <p class="quiet small">${errors.note}</p>`
      : nothing}
  </details>`;
}

function entry(title, sentences) {
  return html`<div>
    <dt>${title}</dt>
    <dd>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</dd>
  </div>`;
}
