// One item of the set-up check: its state as a mark, what was found, and what can be done or answered.

import { html, live, nothing, svg } from "../../templating.js";
import { stateMark } from "../marks.js";

/**
 * @typedef {object} RowActions
 * @property {(item: any, answer: string) => void} answer
 * @property {(item: any) => unknown} [extra] what belongs to this item: a button, fields
 */

/** @param {any} item of the service @param {RowActions} actions */
export function itemRow(item, { answer, extra = () => nothing }) {
  const { id, what, why, how, state, words, advice, checked_words: checked, again_words: again, source } = item;
  return html`<li class="set-up-item" data-item=${id} data-state=${state}>
    ${mark(item)}
    <div class="set-up-what">
      <h3>${what}</h3>
      ${state === "open"
        ? html`<p>${how}</p>`
        : html`${words ? html`<p class="set-up-found">${words}</p>` : nothing} ${advice ? html`<p>${advice}</p>` : nothing}
            <p class="quiet small">${checked} ${item.due_again ? html`<strong>${again}</strong>` : again}</p>`}
      <details class="set-up-why">
        <summary>${state === "open" ? "Why" : "Why and how"}<span class="visually-hidden">: ${what}</span></summary>
        <p>${why} ${state === "open" ? nothing : how}</p>
        ${source ? html`<p>Asked for by: <a href=${source.address} target="_blank" rel="noopener noreferrer">${source.name}</a>.</p>` : nothing}
      </details>
    </div>
    <div class="set-up-action">${extra(item)} ${takesAnswers(item) ? answers(item, answer) : nothing}</div>
  </li>`;
}

function mark(item) {
  const words = item.due_again && item.state === "ok" ? "Due again" : item.state_words;
  if (item.state === "look_again") {
    return html`<span class="done-mark set-up-look">
      <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true">
        ${svg`<path d="M8 2.4 14.4 13.4H1.6z" class="set-up-triangle"></path><path d="M8 6.4v3.4M8 11.4v.4" class="set-up-triangle"></path>`}
      </svg>
      <span class="visually-hidden">${words}: </span>
    </span>`;
  }
  return stateMark(item.state === "open" ? "open" : item.due_again ? "partly" : "done", words);
}

/** A measured item is answered only where the browser could not tell. */
const takesAnswers = ({ kind, answers: possible, answer, value }) =>
  possible.length > 0 && (kind === "asked" || answer !== null || value?.supported === false);

function answers(item, answer) {
  return html`<fieldset class="choices set-up-answers">
    <legend class="visually-hidden">${item.what}</legend>
    ${item.answers.map(
      ({ id, label }) => html`<label class="choice">
        <input type="radio" name=${`set-up-${item.id}`} value=${id} .checked=${live(item.answer === id)} @change=${() => answer(item, id)} />
        <span>${label}</span>
      </label>`,
    )}
  </fieldset>`;
}
