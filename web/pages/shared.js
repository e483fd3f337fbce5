// What this person has submitted: to whom, until when, what came of it, and taking it back.

import { advising } from "../advising/requests.js";
import { namesOf, takeBack } from "../advising/take-back.js";
import { problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { countWords } from "../format/time.js";
import { html, nothing, render, repeat } from "../templating.js";

const STATES = { waiting: "Waiting for your adviser", returned: "Returned", revoked: "Taken back", ended: "The time is over" };

export function openShared(container) {
  const page = new Shared(container);
  return () => page.close();
}

class Shared {
  /** @type {any[]|null} */
  #submissions = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #stopListening;

  constructor(container) {
    this.container = container;
    this.#stopListening = listen({ advising: () => this.#load(), connected: () => this.#load() });
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async #load() {
    try {
      this.#submissions = await advising.submissions();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #takeBack(submission) {
    try {
      if (await takeBack(submission)) {
        await this.#load();
      }
    } catch (error) {
      this.#problem = error;
      this.#draw();
    }
  }

  #draw() {
    if (!this.#closed) {
      render(
        html`<div class="shared">
          <header class="page-head">
            <h1>What you have submitted</h1>
            <p class="lead">Your answers are only yours until you submit them. Here you see who can hear which one.</p>
          </header>
          ${this.#template()}
        </div>`,
        this.container,
      );
    }
  }

  #template() {
    const all = this.#submissions;
    if (!all) {
      return this.#problem ? problemNotice(this.#problem) : html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div></div>`;
    }
    const open = all.filter(({ state }) => state === "waiting" || state === "returned");
    const over = all.filter(({ state }) => state === "revoked" || state === "ended");
    return html`
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${all.length === 0
        ? html`<div class="empty">
            <h2>Nothing is submitted.</h2>
            <p class="lead">Open an answer and choose ‘Submit to an adviser’. You can take it back at any time.</p>
            <a class="button button-main" href="/answers" data-page>See your answers</a>
          </div>`
        : nothing}
      ${open.length > 0 ? this.#list(open) : nothing}
      ${over.length > 0
        ? html`<details class="fold" ?open=${open.length === 0}>
            <summary><h2 class="section-title">No longer shared</h2></summary>
            ${this.#list(over)}
          </details>`
        : nothing}
    `;
  }

  #list(submissions) {
    return html`<ul class="shared-list">
      ${repeat(
        submissions,
        ({ id }) => id,
        (submission) => this.#row(submission),
      )}
    </ul>`;
  }

  #row(submission) {
    const { answer, advisers, submitted_words: submitted, until_words: until, state, comments, assignment } = submission;
    const title = answer.question || answer.title;
    const open = state === "waiting" || state === "returned";
    return html`<li class="shared-row">
      <div class="shared-what">
        <a href=${`/answers/${encodeURIComponent(answer.id)}`} data-page>${title}</a>
        <div class="facts">
          ${answer.take ? html`<span>Take ${answer.take}</span>` : nothing} <span>${namesOf(advisers)}</span> <span>Submitted ${submitted}</span>
          ${until && open ? html`<span>Until ${until}</span>` : nothing} ${assignment ? html`<span>${assignment}</span>` : nothing}
        </div>
      </div>
      <p class=${`shared-state shared-state-${state}`}>
        ${STATES[state]}${comments > 0 ? html`, <a href=${`/answers/${encodeURIComponent(answer.id)}`} data-page aria-label=${`${countWords(comments, "comment")} on ${title}`}>${countWords(comments, "comment")}</a>` : nothing}
      </p>
      ${open ? html`<button class="button" type="button" aria-label=${`Take back: ${title}`} @click=${() => this.#takeBack(submission)}>Take back</button>` : nothing}
    </li>`;
  }
}
