// After 'Why our programme?': which specifics of its sheet were said, and when. The person has the last word.

import { api } from "../api.js";
import { momentButton } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { sheetAddress } from "../prepare/addresses.js";
import { stateMark } from "../prepare/marks.js";
import { html, live, nothing, render, repeat } from "../templating.js";

/** @type {Record<string, "open"|"partly"|"done">} */
const MARKS = { said: "done", maybe: "partly", not_heard: "open", not_searched: "open" };

export class Specifics {
  #id;
  #play;
  #apply;
  /** What the service said last. @type {any} */
  #found = null;
  /** @type {unknown} */
  #problem = null;
  /** What of the answer `#found` was asked for. */
  #of = "";
  /** Counts what was asked: an earlier reply may come later. */
  #asked = 0;
  #closed = false;

  /**
   * @param {string} id of the answer
   * @param {{play: (start: number) => void, apply: (action: () => Promise<any>) => Promise<boolean>}} does
   *   `apply` does something that replies with the answer
   */
  constructor(id, { play, apply }) {
    this.#id = id;
    this.#play = play;
    this.#apply = apply;
    this.element = document.createElement("div");
  }

  close() {
    this.#closed = true;
  }

  /** Whether the report has this part. @param {any} answer */
  static belongs({ asks_for_specifics: asks, scheduled_interview: interview }) {
    return asks || interview !== null;
  }

  /** Ask again where the answer has changed in what this part shows. @param {any} answer */
  follow(answer) {
    const { scheduled_interview: interview, available, measured, corrections } = answer;
    const now = JSON.stringify([interview, available.includes("transcript"), measured, corrections]);
    if (now !== this.#of) {
      this.#of = now;
      this.#load(now);
    }
  }

  async #load(of) {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const found = await api.specifics(this.#id);
      if (of !== this.#of || asked !== this.#asked) {
        return;
      }
      this.#found = found;
      this.#problem = null;
    } catch (error) {
      // The next change of the answer asks again.
      this.#of = "";
      this.#problem = error;
    }
    this.#draw();
  }

  async #say(specific, said) {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const found = await api.saySpecific(this.#id, specific.id, said);
      if (asked !== this.#asked) {
        return;
      }
      this.#found = found;
      this.#problem = null;
      announce(found.view?.summary ?? "");
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
    /** @type {HTMLElement|null} */ (this.element.querySelector(`#specific-${specific.id} .link-button`))?.focus();
  }

  #choose(interview) {
    this.#apply(() => api.change(this.#id, { scheduled_interview: interview || null }));
  }

  #draw() {
    if (!this.#closed) {
      render(this.#found || this.#problem ? this.#template() : nothing, this.element);
    }
  }

  #template() {
    return html`<section class="report-specifics" aria-labelledby="specifics-title">
      <h2 id="specifics-title" class="section-title">Why there: what you named</h2>
      ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#found ? this.#body(this.#found) : nothing}
    </section>`;
  }

  #body({ interview, interviews, ready, view, advice }) {
    return html`
      ${interviews.length > 0
        ? html`<div class="field specifics-for">
            <label class="field-label" for="specifics-interview">This answer is for</label>
            <select id="specifics-interview" @change=${(event) => this.#choose(event.target.value)}>
              <option value="" .selected=${live(interview === null)}>No interview</option>
              ${interviews.map(({ id, programme }) => html`<option value=${id} .selected=${live(id === interview?.id)}>${programme}</option>`)}
            </select>
          </div>`
        : nothing}
      ${advice ? html`<p>${advice} ${this.#way(interview, interviews)}</p>` : nothing}
      ${interview && !advice && !ready ? html`<p class="quiet">This appears with the transcript.</p>` : nothing}
      ${view && view.items.length > 0
        ? html`${view.summary ? html`<p class="specifics-summary">${view.summary}</p>` : nothing}
            <ul class="specifics-list">${repeat(view.items, ({ id }) => id, (item) => this.#item(item))}</ul>
            <p class="quiet small">${view.note} <a href=${sheetAddress(interview.id)} data-page>See the sheet</a></p>`
        : nothing}
    `;
  }

  #way(interview, interviews) {
    if (interview) {
      return html`<a href=${sheetAddress(interview.id)} data-page>Write the sheet</a>`;
    }
    return interviews.length === 0 ? html`<a href="/prepare/interviews/new" data-page>Add an interview</a>` : nothing;
  }

  #item(item) {
    const { id, text, state, words, moments, by_person: byPerson } = item;
    const name = html`<span class="visually-hidden">: ${text}</span>`;
    const say = (said, label) => html`<button class="link-button" type="button" @click=${() => this.#say(item, said)}>${label}${name}</button>`;
    return html`<li id=${`specific-${id}`} class="specifics-item">
      ${stateMark(MARKS[state], "")}
      <div>
        <p class="specifics-text">${text}</p>
        <p class="facts">
          <span>${words}</span>
          <span>${byPerson ? say(null, "Undo") : nothing} ${byPerson ? nothing : state === "said" ? say(false, "I did not say it") : say(true, "I did say it")}</span>
          ${!byPerson && state === "maybe" ? html`<span>${say(false, "I did not say it")}</span>` : nothing}
        </p>
        ${moments.length > 0
          ? html`<ul class="specifics-moments">
              ${moments.map((moment) => html`<li>${momentButton({ start: moment.start, clock: moment.label }, this.#play, moment.text)} <q>${moment.text}</q></li>`)}
            </ul>`
          : nothing}
      </div>
    </li>`;
  }
}
