// The one measure that a person works on in a week: chosen beforehand, what to try, their plan, how it went.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { inOrder } from "../components/in-order.js";
import { SavedText } from "../components/saved-text.js";
import { countWords } from "../format/time.js";

const LONGEST = 2000;

export class Focus {
  #week;
  #scope;
  #present;
  /** @type {any} */
  #found = null;
  #choosing = false;
  /** @type {unknown} */
  #problem = null;
  /** The person's own words, by the field's name; they stay while what is around them is drawn again. */
  #fields = {};
  /** What was sent of them last: news of the service may be older. */
  #words = {};
  /** Each save carries all fields: one that was overtaken would undo the later one. */
  #inOrder = inOrder();
  #closed = false;

  /**
   * @param {string} week '2026-W47'
   * @param {{zone: string, tag?: string}} scope whose takes are looked at, as the service takes it
   * @param {boolean} present whether a measure can still be chosen: only beforehand is it tested alone
   */
  constructor(week, scope, present) {
    this.#week = week;
    this.#scope = scope;
    this.#present = present;
    this.element = document.createElement("section");
    this.element.className = "focus";
    this.element.setAttribute("aria-labelledby", "focus-title");
    this.#draw();
  }

  close() {
    this.#closed = true;
    Object.values(this.#fields).forEach((field) => field.close());
  }

  /** Look again at what is chosen and how it goes. */
  async refresh() {
    await this.#attempt(async () => this.#take(await api.focus(this.#week, this.#scope)));
  }

  /** @returns {Map<string, string>} names for people of the measures that can be chosen */
  get labels() {
    return new Map((this.#found?.offers ?? []).map(({ measure, label }) => [measure, label]));
  }

  async #attempt(action) {
    try {
      await action();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #take(found) {
    const before = this.#found?.chosen;
    this.#found = found;
    if (found.chosen && (!before || before.measure !== found.chosen.measure)) {
      this.#words = { plan: found.chosen.plan, went: found.chosen.went };
      this.#fields = {
        plan: this.#field("plan", "Your plan", "What you will try, in your own words."),
        went: this.#field("went", "How it went", "Whenever you like, during the week or after it."),
      };
    }
  }

  #field(name, label, placeholder) {
    const save = async (text) => {
      this.#words[name] = text;
      await this.#inOrder(() => api.setFocus(this.#week, { measure: this.#found.chosen.measure, ...this.#words }));
    };
    return new SavedText({ label, placeholder, longest: LONGEST, rows: 3, text: this.#words[name], save });
  }

  async #choose({ measure, label }) {
    const { chosen } = this.#found;
    this.#choosing = false;
    if (chosen?.measure === measure) {
      this.#draw();
      return;
    }
    await this.#attempt(async () => {
      await this.#inOrder(() => api.setFocus(this.#week, { measure, plan: null, went: null, ...this.#words }));
      this.#take(await api.focus(this.#week, this.#scope));
      announce(`Chosen: ${label}.`);
    });
    /** @type {HTMLElement} */ (this.element.querySelector("h3")).focus();
  }

  async #drop() {
    this.#choosing = false;
    this.#words = {};
    await this.#attempt(async () => {
      // After what was typed last, which would choose it again.
      await this.#inOrder(() => api.dropFocus(this.#week));
      this.#take(await api.focus(this.#week, this.#scope));
      announce("No focus is chosen.");
    });
    /** @type {HTMLElement} */ (this.element.querySelector("h3")).focus();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<h3 id="focus-title" tabindex="-1">Focus of the week</h3>${this.#template()}`, this.element);
    }
  }

  #template() {
    if (!this.#found) {
      return this.#problem ? problemNotice(this.#problem) : html`<div class="skeleton" aria-hidden="true"></div>`;
    }
    const { chosen } = this.#found;
    return html`
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${chosen && !this.#choosing ? this.#chosen(chosen) : this.#present ? this.#offers(chosen) : html`<p class="quiet">None was chosen.</p>`}
    `;
  }

  #chosen({ measure }) {
    const { offers, sentence, takes } = this.#found;
    const { label, advice, source } = offers.find((offer) => offer.measure === measure);
    return html`
      <p class="focus-measure">${label}</p>
      <div class="focus-evidence">
        <p>${sentence ?? nothing}</p>
        <p class="quiet small">${takes === 0 ? "No takes since you chose it." : `${countWords(takes, "take")} since you chose it.`}</p>
      </div>
      <div>
        <h4>What to try</h4>
        <ul class="focus-advice">
          ${advice.map((line) => html`<li>${line}</li>`)}
        </ul>
        <p class="quiet small">${source}.</p>
      </div>
      ${this.#fields.plan.element} ${this.#fields.went.element}
      ${this.#present
        ? html`<div class="buttons focus-ways">
            <button class="button button-plain" type="button" @click=${() => this.#reconsider()}>Choose another</button>
            <button class="button button-plain" type="button" @click=${() => this.#drop()}>No focus this week</button>
          </div>`
        : nothing}
    `;
  }

  #reconsider() {
    this.#choosing = true;
    this.#draw();
    /** @type {HTMLElement} */ (this.element.querySelector("h3")).focus();
  }

  #offers(chosen) {
    return html`
      <p class="quiet">
        ${chosen
          ? "The count starts again when you choose another."
          : "One thing at a time. What you choose first is tested alone, so a change in it shows sooner."}
      </p>
      <ul class="focus-offers">
        ${this.#found.offers.map(
          (offer) => html`<li>
            <button class="focus-offer" type="button" @click=${() => this.#choose(offer)}>
              <span class="focus-offer-name">${offer.label}</span>
              <span class="quiet small">${offer.advice[0]}</span>
            </button>
          </li>`,
        )}
      </ul>
      ${chosen
        ? html`<div class="buttons focus-ways"><button class="button button-plain" type="button" @click=${() => this.#choose(chosen)}>Keep ${this.labels.get(chosen.measure)}</button></div>`
        : nothing}
    `;
  }
}
