// The rubrics that an adviser can use: the one that comes with Greenroom, and the office's own criteria.

import { advising } from "../advising/requests.js";
import { confirm } from "../components/dialog.js";
import { announce, problemNotice } from "../components/notices.js";
import { countWords } from "../format/time.js";
import { html, nothing, repeat } from "../templating.js";

const LEVELS = [1, 2, 3, 4, 5];
const MOST_CRITERIA = 12;
const LONGEST = { name: 200, criterion: 80, level: 200 };

/** @typedef {{id: string|null, name: string, levels: string[]}} Criterion */

export class CohortRubrics {
  /** @type {any[]} */
  #rubrics = [];
  /** The one that is written just now; its `id` is null while it is new. @type {{id: string|null, name: string, criteria: Criterion[]}|null} */
  #edited = null;
  /** @type {unknown} */
  #problem = null;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.onChange = onChange;
  }

  async load() {
    await this.#apply(async () => {});
  }

  async #apply(action) {
    try {
      await action();
      this.#rubrics = await advising.rubrics();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.onChange();
  }

  /** Write one, beginning with the words of another. */
  #edit({ id, name, criteria }, copy) {
    this.#edited = {
      id: copy ? null : id,
      name: copy ? `${name}, our own` : name,
      criteria: criteria.map((one) => ({ id: copy ? null : one.id, name: one.name, levels: [...one.levels] })),
    };
    this.onChange();
  }

  async #save(event) {
    event.preventDefault();
    const { id, name, criteria } = /** @type {any} */ (this.#edited);
    await this.#apply(async () => {
      await (id ? advising.changeRubric(id, { name, criteria }) : advising.addRubric({ name, criteria }));
      this.#edited = null;
      announce("Saved.");
    });
  }

  async #remove({ id, name }) {
    const yes = await confirm({
      title: "Delete this rubric?",
      text: `${name} will be deleted. What was judged with it stays.`,
      yes: "Delete it",
    });
    if (yes) {
      await this.#apply(() => advising.removeRubric(id));
    }
  }

  template() {
    if (this.#rubrics.length === 0 && !this.#problem) {
      return nothing;
    }
    return html`<section class="rubrics" aria-labelledby="rubrics-title">
      <h2 id="rubrics-title" class="section-title">Rubrics</h2>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      <ul class="cohort-list">
        ${this.#rubrics.map(
          (rubric) => html`<li class="cohort-row">
            <span>${rubric.name}</span>
            <div class="facts"><span>${countWords(rubric.criteria.length, "criterion", "criteria")}</span>${rubric.template ? html`<span>Comes with Greenroom</span>` : nothing}</div>
            <div class="row-does">
              <button class="button button-plain" type="button" aria-label=${`Copy and change: ${rubric.name}`} @click=${() => this.#edit(rubric, true)}>Copy and change</button>
              ${rubric.template
                ? nothing
                : html`<button class="button button-plain" type="button" aria-label=${`Change ${rubric.name}`} @click=${() => this.#edit(rubric, false)}>Change</button>
                    <button class="button button-plain button-delete" type="button" aria-label=${`Delete ${rubric.name}`} @click=${() => this.#remove(rubric)}>Delete</button>`}
            </div>
          </li>`,
        )}
      </ul>
      ${this.#edited ? this.#form(this.#edited) : nothing}
    </section>`;
  }

  #form(edited) {
    const write = (change) => (event) => {
      change(event.target.value);
      this.onChange();
    };
    return html`<form class="rubric-edit" @submit=${(event) => this.#save(event)}>
      <p class="quiet">Say what one can hear in an answer. Leave out accent, mood and how sure of themselves people seem.</p>
      <label class="field"><span class="field-label">Name of the rubric</span><input type="text" required maxlength=${LONGEST.name} .value=${edited.name} @change=${write((text) => (edited.name = text))} /></label>
      ${repeat(
        edited.criteria,
        (criterion) => criterion,
        (criterion, place) => html`<fieldset class="criterion-edit">
          <legend class="visually-hidden">Criterion ${place + 1}</legend>
          <label class="field"><span class="field-label">Criterion ${place + 1}</span><input type="text" required maxlength=${LONGEST.criterion} .value=${criterion.name} @change=${write((text) => (criterion.name = text))} /></label>
          <ol class="level-edit">
            ${LEVELS.map(
              (level) => html`<li><label class="field"><span class="level-number">${level}</span><input type="text" required maxlength=${LONGEST.level} aria-label=${`Words for ${level}, criterion ${place + 1}`} .value=${criterion.levels[level - 1]} @change=${write((text) => (criterion.levels[level - 1] = text))} /></label></li>`,
            )}
          </ol>
          ${edited.criteria.length > 1
            ? html`<button class="button button-plain" type="button" aria-label=${`Leave out criterion ${place + 1}`} @click=${() => this.#change(() => edited.criteria.splice(place, 1))}>Leave out</button>`
            : nothing}
        </fieldset>`,
      )}
      <div class="buttons">
        ${edited.criteria.length < MOST_CRITERIA
          ? html`<button class="button" type="button" @click=${() => this.#change(() => edited.criteria.push({ id: null, name: "", levels: LEVELS.map(() => "") }))}>Add a criterion</button>`
          : nothing}
        <button class="button button-main" type="submit">Save</button>
        <button class="button button-plain" type="button" @click=${() => this.#change(() => (this.#edited = null))}>Leave as it was</button>
      </div>
    </form>`;
  }

  #change(change) {
    change();
    this.onChange();
  }
}
