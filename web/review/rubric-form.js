// The rubric of a review: a row of levels for each criterion, each with its words, and a note. Saved as it is chosen.

import { html, live } from "../templating.js";

/** Milliseconds without a key after which the note is saved. */
const SAVE_AFTER = 800;
const LONGEST_NOTE = 4000;

/**
 * @typedef {{id: string, name: string, criteria: Array<{id: string, name: string, levels: string[]}>}} Rubric
 *   `levels`: what 1 to 5 mean
 */

export class RubricForm {
  /** @type {Record<string, number>} */
  #scores;
  #note;
  #timer = 0;

  /**
   * @param {{rubrics: Rubric[], rubric: Rubric|null, scores: Record<string, number>, note: string|null}} known `rubrics` to choose from;
   *   those of an assignment leave no choice
   * @param {{onChange: () => void, onSave: (result: {rubric: string|null, scores: Record<string, number>, note: string|null}) => void}} does
   */
  constructor({ rubrics, rubric, scores, note }, does) {
    this.rubrics = rubrics;
    this.rubric = rubric ?? rubrics[0] ?? null;
    this.#scores = { ...scores };
    this.#note = note ?? "";
    this.does = does;
  }

  /** How many of its criteria have a level. */
  get chosen() {
    return (this.rubric?.criteria ?? []).filter(({ id }) => this.#scores[id]).length;
  }

  #save() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const scores = Object.fromEntries((this.rubric?.criteria ?? []).filter(({ id }) => this.#scores[id]).map(({ id }) => [id, this.#scores[id]]));
    this.does.onSave({ rubric: this.rubric?.id ?? null, scores, note: this.#note.trim() || null });
  }

  /** What was typed last is saved at once. */
  flush() {
    if (this.#timer) {
      this.#save();
    }
  }

  #score(criterion, level) {
    this.#scores[criterion] = level;
    this.#save();
    this.does.onChange();
  }

  #write(text) {
    this.#note = text;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#save(), SAVE_AFTER);
  }

  #choose(id) {
    this.rubric = this.rubrics.find((one) => one.id === id) ?? this.rubric;
    this.does.onChange();
  }

  /** On a row, a number chooses its level: arrow keys would choose each level on the way. */
  #pressed(event, criterion) {
    const level = Number(event.key);
    if (level >= 1 && level <= criterion.levels.length && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.#score(criterion.id, level);
      event.currentTarget.querySelectorAll("input")[level - 1].focus();
    }
  }

  template() {
    const { rubric, rubrics } = this;
    return html`<section class="rubric" aria-labelledby="rubric-title">
      <div class="rubric-head">
        <h2 id="rubric-title" class="section-title">Rubric</h2>
        ${rubrics.length > 1
          ? html`<label class="rubric-choice"><span class="visually-hidden">Rubric</span>
              <select class="select" @change=${(event) => this.#choose(event.target.value)}>
                ${rubrics.map(({ id, name }) => html`<option value=${id} .selected=${live(id === rubric?.id)}>${name}</option>`)}
              </select></label>`
          : html`<span class="quiet">${rubric?.name ?? ""}</span>`}
      </div>
      ${(rubric?.criteria ?? []).map((criterion) => this.#criterion(criterion))}
      <label class="field">
        <span class="field-label">In a few words <span class="quiet">(optional)</span></span>
        <textarea rows="3" maxlength=${LONGEST_NOTE} .value=${this.#note} @input=${(event) => this.#write(event.target.value)} @blur=${() => this.flush()}></textarea>
      </label>
    </section>`;
  }

  #criterion(criterion) {
    const { id, name, levels } = criterion;
    return html`<fieldset class="criterion" @keydown=${(event) => this.#pressed(event, criterion)}>
      <legend>${name}</legend>
      ${levels.map(
        (words, index) => html`<label class="rubric-level">
          <input type="radio" name=${`criterion-${id}`} value=${index + 1} .checked=${live(this.#scores[id] === index + 1)} @change=${() => this.#score(id, index + 1)} />
          <span class="level-number">${index + 1}</span><span class="level-words">${words}</span>
        </label>`,
      )}
    </fieldset>`;
  }
}
