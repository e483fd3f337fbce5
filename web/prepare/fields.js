// The fields of an interview: a label, what is in it, and below it why it is not taken.

import { html, live, nothing } from "../templating.js";

/**
 * @typedef {object} Field
 * @property {string} id within the page
 * @property {string} words its label
 * @property {any} value
 * @property {(value: string|null, field: HTMLInputElement) => void} [change] null where it is empty
 * @property {string} [type] of the input
 * @property {string} [hint] below it
 * @property {boolean} [optional] said in its label
 * @property {{saved: boolean, problem: string}} [said]
 * @property {number} [longest] characters
 * @property {string} [list] id of the datalist that it offers
 * @property {string} [name] for a form
 * @property {string} [placeholder]
 * @property {string} [wide] a class where it needs more room
 */

// A field is written only where what is kept has changed: drawing again while one types must not undo a letter.

/** @param {Field} field */
export function textField({ id, words, value, change, type = "text", hint = "", optional, said, longest, list, name, placeholder, wide = "" }) {
  return html`<div class=${`field ${wide}`}>
    ${above(id, html`${words}${optional ? html` <span class="quiet">(optional)</span>` : nothing}`, said)}
    <input
      id=${id}
      type=${type}
      name=${name ?? nothing}
      autocomplete="off"
      maxlength=${longest ?? nothing}
      list=${list ?? nothing}
      placeholder=${placeholder ?? nothing}
      aria-invalid=${said?.problem ? "true" : nothing}
      aria-describedby=${describedBy(id, hint, said)}
      .value=${value ?? ""}
      @change=${change ? (event) => change(event.target.value.trim() || null, event.target) : nothing}
    />
    ${below(id, hint, said)}
  </div>`;
}

/**
 * Without `change` the choice is only the form's: drawing again leaves it as it is.
 * @param {Field & {choices: Array<{value: string, words: string}>}} field
 */
export function choiceField({ id, words, value, change, choices, hint = "", said, name, wide = "" }) {
  const isChosen = (choice) => choice.value === (value ?? "");
  return html`<div class=${`field ${wide}`}>
    ${above(id, words, said)}
    <select
      id=${id}
      name=${name ?? nothing}
      aria-describedby=${describedBy(id, hint, said)}
      @change=${change ? (event) => change(event.target.value || null, event.target) : nothing}
    >
      ${choices.map((choice) => html`<option value=${choice.value} .selected=${change ? live(isChosen(choice)) : isChosen(choice)}>${choice.words}</option>`)}
    </select>
    ${below(id, hint, said)}
  </div>`;
}

/**
 * One or the other, at once.
 * @param {{id: string, words: string, checked: boolean, change: (checked: boolean) => void, said?: {saved: boolean, problem: string}}} mark
 */
export function markField({ id, words, checked, change, said }) {
  return html`<div class="field-mark">
    <label class="mark-field" for=${id}>
      <input id=${id} type="checkbox" aria-describedby=${describedBy(id, "", said)} .checked=${live(checked)} @change=${(event) => change(event.target.checked)} />
      <span>${words}</span>
    </label>
    ${said ? html`<span class="quiet small" role="status">${said.saved ? "Saved." : ""}</span>` : nothing} ${below(id, "", said)}
  </div>`;
}

/** The label, and in the same line that it is saved: so nothing moves. */
function above(id, words, said) {
  return html`<div class="field-top">
    <label class="field-label" for=${id}>${words}</label>
    ${said ? html`<span class="quiet small" role="status">${said.saved ? "Saved." : ""}</span>` : nothing}
  </div>`;
}

/** Which lines below a field belong to it. */
function describedBy(id, hint, said) {
  return [said?.problem ? `${id}-problem` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ") || nothing;
}

/** Why it is not taken comes first: it is what one has to read. */
function below(id, hint, said) {
  return html`${said?.problem ? html`<p id=${`${id}-problem`} class="field-problem small" role="alert">${said.problem}</p>` : nothing}
    ${hint ? html`<p id=${`${id}-hint`} class="quiet small">${hint}</p>` : nothing}`;
}
