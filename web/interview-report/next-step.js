// What to do after an interview: one thing to keep, one to try, and the one answer to do again.

import { html, nothing } from "../templating.js";

/** @param {{answer: string|null, name: string, title: string, text: string}} view */
export function again({ answer, name, title, text }) {
  if (!answer) {
    return text
      ? html`<div class="interview-well-told">
          <p>${text}</p>
          <p><a class="button button-main button-large" href="/" data-page>Next question</a></p>
        </div>`
      : nothing;
  }
  return html`<section class="interview-again" aria-labelledby="again-title">
    <h2 id="again-title" class="quiet">The one to do again: ${name}</h2>
    <p class="interview-again-question"><a href=${`/answers/${encodeURIComponent(answer)}`} data-page>${title}</a></p>
    <p>${text}</p>
    <p><a class="button button-main button-large" href=${`/?again=${encodeURIComponent(answer)}`} data-page>Do this one again</a></p>
  </section>`;
}

/** @param {Array<{kind: string, title: string, text: string, answer: string, name: string, more: string}>} observations */
export function keepAndTry(observations) {
  if (observations.length === 0) {
    return nothing;
  }
  return html`<section class="observations" aria-label="One thing to keep, one to try">
    ${observations.map(
      ({ kind, title, text, answer, name, more }) => html`<div class=${`observation observation-${kind}`}>
        <h2>${title}</h2>
        <p>${text}</p>
        <div class="quiet small">Hear it in <a href=${`/answers/${encodeURIComponent(answer)}`} data-page>${name}</a>. ${more}</div>
      </div>`,
    )}
  </section>`;
}
