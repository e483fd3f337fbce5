// Takes of older builds, and analysing them again: offered, followed in words, done.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { countWords } from "../format/time.js";

/** Milliseconds from look to look while answers are analysed. */
const LOOK_AGAIN = 2_000;

export class Reanalysis {
  #onDone;
  /** @type {any} */
  #state = null;
  /** How many there were to do when they began to be done. */
  #total = 0;
  #done = false;
  /** @type {unknown} */
  #problem = null;
  #timer = 0;
  #closed = false;

  /** @param {() => void} onDone all of them are analysed */
  constructor(onDone) {
    this.#onDone = onDone;
    this.element = document.createElement("div");
    this.element.className = "reanalysis";
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Look how many there are. */
  async refresh() {
    await this.#ask(() => api.outdated());
  }

  async #ask(question) {
    clearTimeout(this.#timer);
    try {
      this.#take(await question());
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    if (!this.#closed) {
      this.#draw();
      if (this.#state?.waiting > 0) {
        this.#timer = setTimeout(() => this.refresh(), LOOK_AGAIN);
      }
    }
  }

  #take(state) {
    const before = this.#state?.waiting ?? 0;
    this.#state = state;
    this.#total = state.waiting > 0 ? Math.max(this.#total, state.waiting) : 0;
    if (before > 0 && state.waiting === 0) {
      this.#done = true;
      announce("All takes are analysed again.");
      this.#onDone();
    }
  }

  #start() {
    this.#done = false;
    return this.#ask(() => api.reanalyse());
  }

  #draw() {
    // No space between the two: an element with nothing in it takes no room.
    render(html`${this.#problem ? problemNotice(this.#problem) : nothing}${this.#template()}`, this.element);
  }

  #template() {
    const { outdated = 0, waiting = 0 } = this.#state ?? {};
    if (waiting > 0) {
      const done = this.#total - waiting;
      return html`<div class="notice">
        <p role="status">Analysing again: ${done} of ${this.#total} done. The earlier reports stay until then. You can continue to practise.</p>
        <div class="progress" aria-hidden="true"><div class="progress-done" .style=${`width: ${(done / this.#total) * 100}%`}></div></div>
      </div>`;
    }
    if (outdated > 0) {
      return html`<div class="notice">
        <p>${countWords(outdated, "take was", "takes were")} measured by an older version. Analyse ${outdated === 1 ? "it" : "them"} again to compare all.</p>
        <button class="button" type="button" @click=${() => this.#start()}>Analyse again</button>
      </div>`;
    }
    return this.#done ? html`<p class="quiet" role="status">All takes are measured by the same version now.</p>` : nothing;
  }
}
