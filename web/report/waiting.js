// Answers of a session or an interview that have no report yet, and why.

import { countWords } from "../format/time.js";
import { html, nothing } from "../templating.js";

const STATES = {
  waiting: "waiting to start",
  working: "being analysed",
  receiving: "still arriving",
  interrupted: "interrupted: open it to finish it",
  failed: "stopped: open it to see why",
  ready: "measured, but its report is missing",
  outdated: "measured by an older version: open it to analyse it again",
};

/** Whether an answer without a report will have one without anything being done. */
export const isComing = ({ state }) => ["waiting", "working", "receiving"].includes(state);

/**
 * Answers that are not in the figures, and why.
 * @param {Array<{answer: string, title: string, state: string}>} answers
 * @param {(id: string) => string} [progress] what is being done to an answer, where the page knows
 */
export function stillWithout(answers, progress = () => "") {
  if (answers.length === 0) {
    return nothing;
  }
  return html`<section class="notice" aria-label="Without a report">
    <strong>${countWords(answers.length, "answer")} ${answers.length === 1 ? "has" : "have"} no report yet.</strong>
    <ul class="session-without">
      ${answers.map(
        ({ answer, title, state }) =>
          html`<li><a href="/answers/${answer}" data-page>${title || "Untitled answer"}</a> <span class="quiet">${progress(answer) || (STATES[state] ?? state)}</span></li>`,
      )}
    </ul>
    ${answers.some(isComing) ? html`<p class="quiet">This page updates by itself.</p>` : nothing}
  </section>`;
}
