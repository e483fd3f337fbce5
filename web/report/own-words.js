// In the person's own words: how the take felt, beside what was measured, and their notes.

import { html, nothing } from "../templating.js";
import { api } from "../api.js";
import { SavedText } from "../components/saved-text.js";
import { figureWords, guideWords } from "../format/measures.js";
import { REFLECTION, reflectionWords } from "../format/practice.js";

/** Characters. */
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
export class Notes extends SavedText {
  /** @param {string} id of the answer @param {string|null} text */
  constructor(id, text) {
    super({
      label: "Notes",
      placeholder: "What you would keep, what you would say otherwise.",
      longest: LONGEST_NOTES,
      text,
      save: (notes) => api.change(id, { notes }),
    });
  }
}
