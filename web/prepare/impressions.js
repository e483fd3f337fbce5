// What somebody thought of a programme, written after the interview: words, and a few scales of their own.

import { api, newId } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { problemNotice } from "../components/notices.js";
import { SavedText } from "../components/saved-text.js";
import { html, live, nothing, render } from "../templating.js";

const MOST_SCALES = 5;
const VALUES = [1, 2, 3, 4, 5];

/** Its element has the event "kept". */
export class Impressions {
  #id;
  /** @type {SavedText|null} Null until what is kept is here. */
  #text = null;
  /** @type {string|null} */
  #words = null;
  /** @type {Array<{id: string, name: string, value: number|null}>} */
  #scales = [];
  /** What is in the fields for the names. @type {Array<{id: string, name: string}>} */
  #slots = [];
  /** @type {unknown} */
  #problem = null;
  /** What was saved last: an id of a scale, or `names`. */
  #saved = "";
  #inOrder = inOrder();

  /** @param {{id: string}} interview */
  constructor(interview) {
    this.#id = interview.id;
    this.element = document.createElement("section");
    this.element.className = "impressions";
    this.element.setAttribute("aria-labelledby", "impressions-title");
    this.#draw();
    this.#load();
  }

  close() {
    this.#text?.close();
  }

  async #load() {
    await this.#attempt(async () => {
      const kept = await api.impressions(this.#id);
      this.#words = kept.text;
      this.#scales = kept.scales;
      this.#slots = [...kept.scales, ...Array(MOST_SCALES)].slice(0, MOST_SCALES).map((scale) => ({ id: scale?.id ?? newId(), name: scale?.name ?? "" }));
      this.#text = new SavedText({
        label: "What stayed with you",
        placeholder: "How people spoke with each other. What surprised you. What you would miss.",
        longest: 4000,
        rows: 6,
        text: kept.text,
        save: (text) => {
          this.#words = text;
          return this.#save();
        },
      });
    });
  }

  /** Keep all of it: what is written and the values belong together. */
  #save() {
    return this.#inOrder(async () => {
      const values = this.#scales.filter(({ value }) => value !== null).map(({ id, value }) => [id, value]);
      await api.setImpressions(this.#id, { text: this.#words, scales: Object.fromEntries(values) });
      this.element.dispatchEvent(new Event("kept"));
    });
  }

  async #choose(scale, value) {
    this.#scales = this.#scales.map((each) => (each.id === scale.id ? { ...each, value } : each));
    this.#saved = "";
    this.#draw();
    await this.#attempt(async () => {
      await this.#save();
      this.#saved = scale.id;
    });
  }

  async #rename(slot, name) {
    const tidy = name.trim();
    if (tidy === slot.name) {
      return;
    }
    this.#slots = this.#slots.map((each) => (each.id === slot.id ? { ...each, name: tidy } : each));
    this.#saved = "";
    await this.#attempt(() =>
      this.#inOrder(async () => {
        await api.setPreferences({ impression_scales: this.#slots.filter((each) => each.name) });
        const { scales } = await api.impressions(this.#id);
        // A value that was chosen meanwhile is on its way, or about to be.
        const chosen = new Map(this.#scales.map((scale) => [scale.id, scale.value]));
        this.#scales = scales.map((scale) => (chosen.has(scale.id) ? { ...scale, value: chosen.get(scale.id) ?? null } : scale));
        this.#saved = "names";
      }),
    );
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

  #draw() {
    render(
      html`<h2 id="impressions-title" class="section-title">Your impressions</h2>
        <p class="quiet">Write them on the same day, while they are fresh. They stay on this machine.</p>
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${this.#text
          ? html`${this.#text.element}
              <div class="scales">${this.#scales.map((scale) => this.#scale(scale))}</div>
              ${this.#names()}`
          : html`<div class="skeleton skeleton-text" aria-hidden="true"></div>`}`,
      this.element,
    );
  }

  #scale(scale) {
    const { id, name, value } = scale;
    return html`<fieldset class="scale">
      <legend>${name}</legend>
      <div class="scale-values">
        <span class="quiet small" aria-hidden="true">little</span>
        ${VALUES.map(
          (each) => html`<label class="scale-value">
            <input type="radio" name=${`scale-${id}`} .checked=${live(each === value)} @change=${() => this.#choose(scale, each)} />
            <span>${each}${ENDS[each] ? html`<span class="visually-hidden"> (${ENDS[each]})</span>` : nothing}</span>
          </label>`,
        )}
        <span class="quiet small" aria-hidden="true">a lot</span>
        ${value === null
          ? nothing
          : html`<button class="link-button small" type="button" @click=${() => this.#choose(scale, null)}>Clear<span class="visually-hidden"> ${name}</span></button>`}
        <span class="quiet small" role="status">${this.#saved === id ? "Saved." : ""}</span>
      </div>
    </fieldset>`;
  }

  #names() {
    return html`<details class="scale-names">
      <summary>Change the scales</summary>
      <div class="scale-names-body">
        <p class="quiet small">
          Use up to five, the same for all programmes. A scale that gets a new name keeps its values. Leave a name empty to hide a scale.
        </p>
        ${this.#slots.map(
          (slot, index) => html`<label class="field">
            <span class="field-label">Scale ${index + 1}</span>
            <input autocomplete="off" maxlength="40" .value=${slot.name} @change=${(event) => this.#rename(slot, event.target.value)} />
          </label>`,
        )}
        <p class="quiet small" role="status">${this.#saved === "names" ? "Saved." : ""}</p>
      </div>
    </details>`;
  }
}

const ENDS = { 1: "little", 5: "a lot" };
