// In the person's own words: how the take felt, beside what was measured, and their notes.

import { html, nothing } from "../templating.js";
import { api } from "../api.js";
import { SavedText } from "../components/saved-text.js";
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
 * @param {object} report its view
 */
function reflectionList(reflection, report) {
  const said = REFLECTION.filter(({ name }) => reflectionWords(name, reflection));
  if (said.length === 0) {
    return nothing;
  }
  const rows = report.groups.flatMap((group) => group.rows);
  return html`<dl class="own-reflection">
    ${said.map(
      ({ name, question }) => html`<div>
        <dt>${question}</dt>
        <dd class="own-said">${reflectionWords(name, reflection)}</dd>
        <dd class="quiet">${BESIDE[name].map((measure) => html`<span>${rows.find((row) => row.name === measure)?.summary ?? ""}</span>`)}</dd>
      </div>`,
    )}
  </dl>`;
}

/** The section at the end of a report; its notes are there before the report is. */
export function ownWords(answer, report, notes) {
  return html`<section class="own-words" aria-labelledby="own-words-title">
    <h2 id="own-words-title" class="section-title">In your own words</h2>
    ${report ? reflectionList(answer.reflection, report) : nothing} ${notes.element}
  </section>`;
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
