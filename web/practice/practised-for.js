// Which interview an answer is practised for: asked only where a question asks why one wants to come.

import { api } from "../api.js";
import { sheetAddress } from "../prepare/addresses.js";
import { html, live, nothing, render } from "../templating.js";

export class PractisedFor {
  /** Those that lie ahead. @type {any[]} */
  #interviews = [];
  /** @type {string|null|undefined} Undefined: the service takes the next one. */
  #chosen;
  #loaded = false;

  /** @param {string|null} programme the id of an interview that the address named */
  constructor(programme = null) {
    this.#chosen = programme ?? undefined;
    this.element = document.createElement("div");
    this.element.className = "practised-for";
  }

  /** Show it for this question, or nothing. @param {any} question */
  show(question) {
    const asks = Boolean(question?.asks_for_specifics);
    this.element.hidden = !asks;
    if (asks && !this.#loaded) {
      this.#loaded = true;
      this.#load();
    }
  }

  /** What the take says of it, as `POST /api/answers` takes it: what is shown. @param {any} question */
  forTake(question) {
    const shown = this.#chosen === undefined ? this.#next?.id : this.#chosen;
    return question.asks_for_specifics && shown !== undefined ? { scheduled_interview: shown } : {};
  }

  /** The next one, where none was chosen. One of today may be over. */
  get #next() {
    return this.#interviews.find(({ times, days }) => (times.starts_at ? Date.parse(times.starts_at) > Date.now() : days >= 0));
  }

  async #load() {
    try {
      const { items } = await api.scheduledInterviews();
      this.#interviews = items.filter(({ id, days, cancelled }) => id === this.#chosen || (days >= 0 && !cancelled));
      if (this.#chosen && !this.#interviews.some(({ id }) => id === this.#chosen)) {
        this.#chosen = undefined;
      }
    } catch {
      // One can practise without it, and choose in the report.
      this.#loaded = false;
    }
    this.#draw();
  }

  #draw() {
    const present = this.#interviews.find(({ id }) => id === this.#chosen) ?? (this.#chosen === undefined ? this.#next : undefined);
    render(
      this.#interviews.length === 0
        ? nothing
        : html`<div class="field">
              <label class="field-label" for="practised-for">You answer for</label>
              <select
                id="practised-for"
                @change=${(event) => {
                  this.#chosen = event.target.value || null;
                  this.#draw();
                }}
              >
                ${this.#interviews.map(({ id, programme }) => html`<option value=${id} .selected=${live(id === present?.id)}>${programme}</option>`)}
                <option value="" .selected=${live(!present)}>No interview</option>
              </select>
            </div>
            ${present ? html`<p class="quiet small">The report says which things on <a href=${sheetAddress(present.id)} data-page>its sheet</a> you named.</p>` : nothing}`,
      this.element,
    );
  }
}
