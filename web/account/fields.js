// Fields of the forms of accounts, and the form around them.

import { problemNotice } from "../components/notices.js";
import { html, nothing } from "../templating.js";

/**
 * @typedef {object} AccountField
 * @property {string} name
 * @property {string} label
 * @property {"text"|"email"|"password"} [type]
 * @property {string} [value]
 * @property {string} [complete] what a browser or a password keeper fills in (autocomplete)
 * @property {string} [hint]
 * @property {number} [shortest] characters
 * @property {boolean} [readonly]
 * @property {boolean} [optional]
 * @property {string} [list] id of a datalist
 * @property {"numeric"} [keys] which keys a phone shows
 */

/** @param {AccountField} field */
export function field({ name, label, type = "text", value = "", complete = "off", hint = "", shortest, readonly, optional, list, keys }) {
  const describedBy = hint ? `${name}-hint` : nothing;
  return html`<div class="field">
    <label class="field-label" for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type=${type}
      .defaultValue=${value}
      autocomplete=${complete}
      autocapitalize="none"
      spellcheck="false"
      minlength=${shortest ?? nothing}
      ?readonly=${readonly}
      ?required=${!optional}
      list=${list ?? nothing}
      inputmode=${keys ?? nothing}
      aria-describedby=${describedBy}
    />
    ${hint ? html`<p class="quiet small" id=${`${name}-hint`}>${hint}</p>` : nothing}
  </div>`;
}

/**
 * A form that is sent once at a time.
 * @param {object} options
 * @param {unknown} options.fields
 * @param {string} options.button
 * @param {boolean} options.busy
 * @param {unknown} options.problem
 * @param {(values: any) => void} options.send what was entered, by the names of the fields
 * @param {unknown} [options.beside] beside the button
 * @param {boolean} [options.main] whether it is what a page is for
 */
export function form({ fields, button, busy, problem, send, beside = nothing, main = true }) {
  const submit = (event) => {
    event.preventDefault();
    if (!busy) {
      send(Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, String(value)])));
    }
  };
  return html`<form class="account-form" @submit=${submit}>
    ${fields} ${problem ? problemNotice(problem) : nothing}
    <div class="buttons">
      <button class=${main ? "button button-main" : "button"} ?disabled=${busy}>${button}</button>
      ${beside}
    </div>
  </form>`;
}

/** Names of all time zones that this browser knows, for a field with `list: "account-zones"`. */
export const zoneList = () =>
  html`<datalist id="account-zones">${(Intl.supportedValuesOf?.("timeZone") ?? []).map((name) => html`<option value=${name}></option>`)}</datalist>`;

/** The time zone of this device. */
export const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What a new password needs, said beside its field. */
export const passwordHint = (shortest) => `At least ${shortest} characters. A few words are good.`;
