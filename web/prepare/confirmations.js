// How sure the date is: two confirmations, on different days or in different ways.

import { dayName } from "../progress/axes.js";
import { html, nothing } from "../templating.js";
import { choiceField, textField } from "./fields.js";
import { stateMark } from "./marks.js";
import { WAYS_TO_CONFIRM } from "./wording.js";

/**
 * @param {import("./kept-interview.js").KeptInterview} kept
 */
export function confirmations(kept) {
  const { present } = kept;
  const add = async (event) => {
    event.preventDefault();
    const form = event.target;
    const { way, on } = /** @type {any} */ (Object.fromEntries(new FormData(form)));
    await kept.confirm({ way, on });
    form.querySelector("select")?.focus();
  };
  return html`<section class="confirmations" aria-labelledby="confirmations-title">
    <h2 id="confirmations-title" class="section-title">Is it confirmed?</h2>
    ${confirmedLine(present)}
    ${present.confirmations.length > 0
      ? html`<ul class="confirmation-list">
          ${present.confirmations.map(
            ({ id, words }) => html`<li>
              <span>${words}</span>
              <button class="link-button small" type="button" @click=${() => kept.removeConfirmation(id)}>Remove<span class="visually-hidden">: ${words}</span></button>
            </li>`,
          )}
        </ul>`
      : nothing}
    <form class="confirmation-form" @submit=${add}>
      ${choiceField({ id: "confirmation-way", name: "way", words: "Who confirmed it", value: "own_check", choices: WAYS_TO_CONFIRM })}
      ${textField({ id: "confirmation-on", name: "on", words: "On which day", type: "date", value: dayName(new Date()), said: kept.said("confirmations") })}
      <button class="button" type="submit">Add</button>
    </form>
  </section>`;
}

/** @returns {"open"|"partly"|"done"} how far it is confirmed: not, once, or twice */
export function confirmedState({ confirmed, confirmations: all }) {
  return confirmed ? "done" : all.some(({ counts }) => counts) ? "partly" : "open";
}

/** How sure it is, by its mark and in words. */
export function confirmedLine(interview) {
  const state = confirmedState(interview);
  return html`<p class="confirmed-line">${stateMark(state, "")}<span role="status">${interview.confirmation_words}</span></p>`;
}
