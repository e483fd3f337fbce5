// What waits for this adviser, the longest first; then what was returned, folded.

import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { countWords } from "../format/time.js";
import { html, nothing, render, repeat } from "../templating.js";

export function openReviewQueue(container) {
  const page = new ReviewQueue(container);
  return () => page.close();
}

class ReviewQueue {
  /** @type {any[]|null} */
  #waiting = null;
  /** @type {any[]} */
  #returned = [];
  /** @type {unknown} */
  #problem = null;
  #asked = 0;
  #closed = false;
  #stopListening;

  constructor(container) {
    this.container = container;
    this.#stopListening = listen({ advising: () => this.#load(), connected: () => this.#load(), polled: () => this.#load() });
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async #load() {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const [waiting, returned] = await Promise.all([advising.reviews("waiting"), advising.reviews("returned")]);
      if (asked !== this.#asked) {
        return;
      }
      [this.#waiting, this.#returned] = [waiting, returned];
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="queue"><h1>Review</h1>${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    if (this.#problem && !this.#waiting) {
      return problemNotice(this.#problem);
    }
    if (!this.#waiting) {
      return html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div><div class="skeleton"></div></div>`;
    }
    return html`
      ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#waiting.length === 0 ? empty(this.#returned.length > 0) : html`<p class="lead queue-count">${waitingWords(this.#waiting.length)}</p>${queueList(this.#waiting)}`}
      ${this.#returned.length > 0
        ? html`<details class="fold queue-returned">
            <summary><h2 class="section-title">Returned</h2><span class="quiet">${countWords(this.#returned.length, "answer")}</span></summary>
            ${queueList(this.#returned)}
          </details>`
        : nothing}
    `;
  }
}

function waitingWords(count) {
  return count === 1 ? "1 answer waits for you." : `${countWords(count, "answer")} wait for you. The first one has waited longest.`;
}

function queueList(items) {
  return html`<ol class="queue-list">
    ${repeat(
      items,
      ({ id }) => id,
      (item) => html`<li class="queue-row">
        <div class="queue-what">
          <a class="queue-link" href=${`/review/${encodeURIComponent(item.id)}`} data-page><span class="queue-applicant">${item.applicant}</span> <span class="queue-question">${item.question || item.title}</span></a>
        </div>
        <div class="facts">
          ${item.length_words ? html`<span>${item.length_words}</span>` : nothing} ${item.take ? html`<span>Take ${item.take}</span>` : nothing}
          <span>Submitted ${item.submitted_words}</span> ${item.due_words ? html`<span>Due ${item.due_words}${item.late ? " (submitted later)" : ""}</span>` : nothing} ${item.assignment ? html`<span>${item.assignment}</span>` : nothing}
          ${item.comments > 0 ? html`<span>${countWords(item.comments, "comment")}</span>` : nothing}
        </div>
      </li>`,
    )}
  </ol>`;
}

function empty(hasReturned) {
  return html`<div class="empty">
    <h2>Nothing waits for you.</h2>
    <p class="lead">
      ${hasReturned
        ? "You have returned all answers. New ones come here by themselves."
        : "When an applicant of your cohorts submits an answer to you, it comes here by itself."}
    </p>
    <a class="button button-main" href="/cohorts" data-page>See your cohorts</a>
  </div>`;
}
