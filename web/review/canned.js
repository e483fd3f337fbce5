// One's own canned comments: what one says often, by a number key, and where they are changed.

import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, repeat } from "../templating.js";

/** As many as there are keys. */
const MOST = 9;
const LONGEST = 300;

/**
 * The canned comment of a number key; null where the key means something else. With Alt it always means one.
 * @param {Array<{text: string}>} canned
 * @param {KeyboardEvent} event
 * @param {{plain: boolean}} how `plain`: also without Alt
 */
export function cannedFor(canned, event, { plain }) {
  const number = /^Digit([1-9])$/.exec(event.code)?.[1] ?? (/^[1-9]$/.test(event.key) ? event.key : null);
  if (!number || event.ctrlKey || event.metaKey || event.shiftKey || (!plain && !event.altKey)) {
    return null;
  }
  return canned[Number(number) - 1]?.text ?? null;
}

/** @param {Array<{id: string, text: string}>} canned @param {(text: string) => void} insert */
export function cannedKeys(canned, insert) {
  if (canned.length === 0) {
    return nothing;
  }
  return html`<ul class="canned-keys" aria-label="Your canned comments">
    ${canned.slice(0, MOST).map(
      ({ text }, place) => html`<li><button class="canned-key" type="button" title=${text} @click=${() => insert(text)}><kbd>${place + 1}</kbd><span>${text}</span></button></li>`,
    )}
  </ul>`;
}

/** The list, to be changed. */
export class CannedComments {
  /** @type {unknown} */
  #problem = null;

  /** @param {Array<{id: string, text: string}>} items @param {() => void} onChange */
  constructor(items, onChange) {
    this.items = items;
    this.onChange = onChange;
  }

  async #apply(action) {
    try {
      await action();
      this.items = await advising.cannedComments();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.onChange();
  }

  #add(event) {
    event.preventDefault();
    const field = event.target.elements.canned;
    const text = field.value.trim();
    if (text) {
      this.#apply(async () => {
        await advising.addCannedComment(text);
        field.value = "";
      });
    }
  }

  template() {
    return html`<details class="canned fold">
      <summary>Your canned comments</summary>
      <p class="quiet small">Keys 1 to 9 put one in at once. In words that you have begun, hold Alt too.</p>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      <ol class="canned-list">
        ${repeat(
          this.items,
          ({ id }) => id,
          ({ id, text }, place) => html`<li>
            <kbd aria-hidden="true">${place < MOST ? place + 1 : ""}</kbd>
            <input type="text" maxlength=${LONGEST} aria-label=${`Canned comment ${place + 1}`} .value=${text} @change=${(event) => event.target.value.trim() && this.#apply(() => advising.changeCannedComment(id, event.target.value.trim()))} />
            <button class="button button-plain" type="button" aria-label=${`Remove: ${text}`} @click=${() => this.#apply(() => advising.removeCannedComment(id))}>Remove</button>
          </li>`,
        )}
      </ol>
      <form class="canned-add" @submit=${(event) => this.#add(event)}>
        <label class="field"><span class="field-label">Another one</span><input name="canned" type="text" maxlength=${LONGEST} autocomplete="off" /></label>
        <button class="button" type="submit">Add</button>
      </form>
    </details>`;
  }
}
