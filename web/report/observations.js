// One thing to keep, one thing to try, and what else is worth knowing.

import { html, nothing } from "../templating.js";
import { momentButton } from "../components/moment.js";

const TITLES = { keep: "Keep", try: "Try" };

/** @param {object[]} observations @param {(start: number) => void} play */
export function observationList(observations, play) {
  const main = observations.filter(({ kind }) => kind in TITLES);
  const notes = observations.filter(({ kind }) => !(kind in TITLES));
  if (observations.length === 0) {
    return nothing;
  }
  return html`<section class="observations" aria-label="One thing to keep, one to try">
    ${main.map(
      ({ kind, text, moments }) => html`<div class="observation">
        <h2>${TITLES[kind]}</h2>
        <p>${text}</p>
        ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentButton(moment, play))}</div>` : nothing}
      </div>`,
    )}
    ${notes.length > 0
      ? html`<div class="observation-notes">
          ${notes.map(
            ({ text, moments }) => html`<p>${text}</p>
              ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentButton(moment, play))}</div>` : nothing}`,
          )}
        </div>`
      : nothing}
  </section>`;
}
