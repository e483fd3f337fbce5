// In the person's own words: how the take felt, beside what was measured, and their notes.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { figureWords, guideWords } from "../words/measures.js";
import { REFLECTION, reflectionWords } from "../words/reflection.js";

/** Milliseconds without a key after which notes are saved. */
const SAVE_AFTER = 800;
const LONGEST_NOTES = 4000;

/** Which figures stand beside which question. */
const BESIDE = {
  length: ["answer_length"],
  fillers: ["filled_pause_count", "discourse_marker_count"],
};

/**
 * How it felt, beside what was measured.
 * @param {object|null} reflection
 * @param {object} report
 * @param {Map<string, object>} definitions by name; may be empty while they load
 */
function reflectionList(reflection, report, definitions) {
  const said = REFLECTION.filter(({ name }) => reflectionWords(name, reflection));
  if (said.length === 0) {
    return nothing;
  }
  return html`<dl class="own-reflection">
    ${said.map(
      ({ name, question }) => html`<div>
        <dt>${question}</dt>
        <dd class="own-said">${reflectionWords(name, reflection)}</dd>
        <dd class="quiet">${BESIDE[name].map((measure) => html`<span>${measuredWords(measure, report, definitions)}</span>`)}</dd>
      </div>`,
    )}
  </dl>`;
}

/** The section at the end of a report; its notes are there before the report is. */
export function ownWords(answer, report, definitions, notes) {
  return html`<section class="own-words" aria-labelledby="own-words-title">
    <h2 id="own-words-title" class="section-title">In your own words</h2>
    ${report ? reflectionList(answer.reflection, report, definitions) : nothing} ${notes.element}
  </section>`;
}

/** 'Answer length: 1 min 42 s (guide 1 to 2 min)' */
function measuredWords(name, report, definitions) {
  const measure = report.measures[name];
  if (!measure) {
    return "";
  }
  const label = definitions.get(name)?.label ?? name.replaceAll("_", " ");
  const { value } = figureWords(measure);
  const guide = guideWords(measure);
  return `${label}: ${value || "not measurable"}${value && guide ? ` (guide ${guide})` : ""}`;
}

/** Notes that are saved as they are typed. */
export class Notes {
  #id;
  /** What was there at first: drawn again it changes nothing, whatever has been typed since. */
  #first;
  #text;
  #saved;
  #timer = 0;
  #state = "";
  #closed = false;

  /** @param {string} id of the answer @param {string|null} text */
  constructor(id, text) {
    this.#id = id;
    this.#first = text ?? "";
    this.#text = this.#first;
    this.#saved = this.#first;
    this.element = document.createElement("div");
    this.element.className = "own-notes";
    this.#draw();
  }

  /** Leave; what was typed last is still saved when its time has come. */
  close() {
    this.#closed = true;
  }

  #typed(text) {
    this.#text = text;
    this.#say("");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER);
  }

  async #save() {
    clearTimeout(this.#timer);
    const text = this.#text;
    if (text === this.#saved) {
      return;
    }
    try {
      await api.change(this.#id, { notes: text.trim() || null });
      this.#saved = text;
      this.#say("Saved.");
    } catch {
      this.#say("Not saved yet. It stays here; change a word to try again.");
    }
  }

  #say(words) {
    this.#state = words;
    if (!this.#closed) {
      this.#draw();
    }
  }

  #draw() {
    render(
      html`<label class="field">
          <span class="field-label">Notes</span>
          <textarea rows="4" maxlength=${LONGEST_NOTES} placeholder="What you would keep, what you would say otherwise." @input=${(event) => this.#typed(event.target.value)} @blur=${() => this.#save()} .value=${this.#first}></textarea>
        </label>
        <p class="quiet small" role="status">${this.#state}</p>`,
      this.element,
    );
  }
}
