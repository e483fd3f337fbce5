// The parts of a review that stand by themselves: its head, its end, and what is there when it was taken back.

import { html, nothing } from "../templating.js";

/** Who asks, about what, and until when it is there. */
export function reviewHead({ applicant, message, answer, submitted_words: submitted, due_words: due, until_words: until }) {
  return html`<header class="review-head">
    <h1>${answer.question || answer.title}</h1>
    <div class="facts">
      <span class="review-applicant">${applicant}</span>
      ${answer.take ? html`<span>Take ${answer.take}</span>` : nothing} ${answer.length_words ? html`<span>${answer.length_words}</span>` : nothing}
      ${submitted ? html`<span>Submitted ${submitted}</span>` : nothing} ${due ? html`<span>Due ${due}</span>` : nothing} ${until ? html`<span>You can see it until ${until}</span>` : nothing}
    </div>
    ${message ? html`<blockquote class="review-message"><p>${message}</p></blockquote>` : nothing}
  </header>`;
}

/** The one big button. */
export function returnPart({ applicant }, { waiting, late, onReturn }) {
  return html`<div class="review-return">
    <button class="button button-main button-large" type="button" aria-disabled=${String(waiting)} @click=${() => waiting || onReturn()}>Return to ${applicant}</button>
    <p class="quiet small" role="status">
      ${waiting && late
        ? "Greenroom cannot be reached. Your comments are kept here, and all is returned when it can."
        : waiting
          ? "Storing your comments…"
          : "Your comments are seen only after this."}
    </p>
  </div>`;
}

/** @param {any} review @param {{next: any, onReopen: () => void}} more `next`: the next one that waits, or null */
export function returnedNotice({ applicant }, { next, onReopen }) {
  return html`<div class="review-returned" role="status">
    <p><strong>Returned.</strong> ${applicant} can see your comments now.</p>
    <div class="buttons">
      ${next ? html`<a class="button button-main" href=${`/review/${encodeURIComponent(next.id)}`} data-page>Next: ${next.applicant}</a>` : nothing}
      <button class="button button-plain" type="button" @click=${onReopen}>Open it again</button>
      <a class=${next ? "button" : "button button-main"} href="/review" data-page>Back to the queue</a>
    </div>
  </div>`;
}

export function takenBack() {
  return html`<div class="empty" role="status">
    <h1>This answer is not here for you.</h1>
    <p class="lead">It was taken back, or the time for it is over. Nothing of it is kept in this browser.</p>
    <a class="button button-main" href="/review" data-page>Back to the queue</a>
  </div>`;
}
