// On a report: who can see the answer, and the one button that changes it. Only where there are advisers.

import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { countWords } from "../format/time.js";
import { html, nothing, render } from "../templating.js";
import { advising } from "./requests.js";
import { askToSubmit } from "./submit-dialog.js";
import { namesOf, takeBack } from "./take-back.js";

export class SharingStrip {
  /** @type {any[]} */
  #submissions = [];
  /** @type {any[]} */
  #advisers = [];
  #known = false;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #stopListening;

  /** @param {string} answer its id */
  constructor(answer) {
    this.answer = answer;
    this.element = document.createElement("div");
    this.element.className = "sharing";
    this.element.hidden = true;
    this.#stopListening = listen({ advising: () => this.#known && this.#look(), connected: () => this.#known && this.#look() });
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async #load() {
    // Without an answer the strip stays away: nothing on the report depends on it.
    const { role } = await api.me().catch(() => ({ role: "local" }));
    if (role === "applicant") {
      this.#advisers = await advising.advisers().catch(() => []);
      await this.#look();
      this.#known = true;
    }
  }

  async #look() {
    try {
      this.#submissions = await advising.submissionsOf(this.answer);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #submit() {
    if (await askToSubmit(this.answer, { advisers: this.#advisers })) {
      announce("Submitted.");
      await this.#look();
    }
  }

  async #takeBack(submission) {
    try {
      if (await takeBack(submission)) {
        await this.#look();
      }
    } catch (error) {
      this.#problem = error;
      this.#draw();
    }
  }

  #draw() {
    if (this.#closed) {
      return;
    }
    const shared = this.#submissions.filter(({ state }) => state === "waiting" || state === "returned");
    this.element.hidden = shared.length === 0 && this.#advisers.length === 0 && !this.#problem;
    render(
      html`${this.#problem ? problemNotice(this.#problem) : nothing}
      ${shared.length === 0
        ? html`<div class="sharing-row"><p>Only you can see this answer.</p><button class="button" type="button" @click=${() => this.#submit()}>Submit to an adviser</button></div>`
        : shared.map((submission) => this.#shared(submission))}
      ${shared.length > 0 ? html`<p class="small sharing-more"><a href="/shared" data-page>All that you have submitted</a></p>` : nothing}`,
      this.element,
    );
  }

  #shared(submission) {
    const { advisers, state, comments, until_words: until } = submission;
    return html`<div class="sharing-row">
      <p>
        ${state === "returned"
          ? html`<strong>Returned</strong> by ${namesOf(advisers)}${comments > 0 ? html` with <a href="#said" @click=${toComments}>${countWords(comments, "comment")}</a>` : nothing}.`
          : html`${namesOf(advisers)} can see this answer.`}
        ${until ? html`<span class="quiet">Until ${until}.</span>` : nothing}
      </p>
      <button class="button" type="button" @click=${() => this.#takeBack(submission)}>Take back</button>
    </div>`;
  }
}

/** Further down on the same page; the address stays as it is. */
function toComments(event) {
  event.preventDefault();
  document.getElementById("said-title")?.scrollIntoView();
}
