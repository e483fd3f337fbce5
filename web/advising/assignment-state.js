// Where an assignment stands, in short parts of one line.

import { html, nothing } from "../templating.js";

const STATES = { submitted: "Submitted", returned: "Returned by your adviser" };

/** @param {any} assignment as its applicant sees it */
export function assignmentState({ state, cohort, due_words: due }) {
  return html`${STATES[state] ? html`<span>${STATES[state]}</span>` : nothing} ${due ? html`<span>Due ${due}</span>` : nothing}
    <span>${cohort}</span>`;
}
