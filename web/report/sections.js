// The short parts of a report that stand by themselves: notices, where the answer lies, and what stands there without one.

import { momentButton } from "../components/icons.js";
import { errorWords } from "../format/errors.js";
import { isUnderWay } from "../format/work.js";
import { html, nothing } from "../templating.js";

/** What to know about the recording before reading on. @param {object[]} notices of the view */
export function noticeList(notices, play) {
  return html`<section class="notices" aria-label="About this recording">
    ${notices.map(
      ({ text, moment }) => html`<div class="notice">
        <p>${text}</p>
        ${moment ? html`<div class="moments">${momentButton(moment, play)}</div>` : nothing}
      </div>`,
    )}
  </section>`;
}

/** From where to where the answer runs, who says so, and the way back. @param {object|null} span of the view */
export function spanLine(span, answer, { onReset }) {
  if (!span) {
    return nothing;
  }
  const measuring = isUnderWay(answer);
  const byPerson = span.source === "person";
  return html`<div class="span-line">
    <p>${measuring ? "Measuring again…" : html`${span.text}${byPerson ? nothing : " Move the two ends if that is not right."}`}</p>
    ${byPerson && !measuring
      ? html`<button class="button button-plain" type="button" @click=${onReset}>Use what was found</button>`
      : nothing}
  </div>`;
}

/** In place of a report that there is none of. */
export function notThere(error) {
  const words = errorWords(error);
  return html`<div class="empty">
    <h1>${words.title}</h1>
    <p class="lead">${words.text}</p>
    <a class="button button-main" href="/answers" data-page>See all answers</a>
  </div>`;
}
