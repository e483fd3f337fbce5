// Remarks on the answer that is going on: one key each, or written; and those there are, each with its time.

import { clock } from "../format/time.js";
import { html, nothing, repeat } from "../templating.js";
import { LONGEST_REMARK } from "./short-remarks.js";

/**
 * @param {string[]} remarks by key from 1; an empty one has none
 * @param {{onRemark: (text: string) => void, onWrite: (event: any) => void, ready: boolean}} does
 */
export function remarkPad(remarks, { onRemark, onWrite, ready }) {
  return html`
    <ul class="remark-keys">
      ${remarks.map((text, place) =>
        text
          ? html`<li><button class="button" type="button" ?disabled=${!ready} @click=${() => onRemark(text)}><kbd>${place + 1}</kbd><span>${text}</span></button></li>`
          : nothing,
      )}
    </ul>
    <form class="remark-words" @submit=${onWrite}>
      <label class="field">
        <span class="field-label">In your own words <kbd>T</kbd></span>
        <input name="remark" type="text" autocomplete="off" maxlength=${LONGEST_REMARK} placeholder="Timed from your first letter" />
      </label>
      <button class="button" type="submit" ?disabled=${!ready}>Add</button>
    </form>
  `;
}

/**
 * @param {object[]} kept remarks that the service has
 * @param {object[]} waiting those it does not have yet
 * @param {{late: boolean, onRemove: (remark: object) => void, onDrop: (remark: object) => void}} does
 */
export function remarkNotes(kept, waiting, { late, onRemove, onDrop }) {
  if (kept.length + waiting.length === 0) {
    return html`<p class="quiet">Nothing noted on this answer yet.</p>`;
  }
  const all = [...kept.map((remark) => ({ remark, state: "kept" })), ...waiting.map((remark) => ({ remark, state: "waiting" }))];
  all.sort((one, other) => one.remark.at - other.remark.at);
  return html`<ol class="remark-notes">
    ${repeat(
      all,
      ({ remark }) => remark.id,
      ({ remark, state }) => html`<li>
        <span class="remark-time">${clock(remark.at)}</span>
        <span>${remark.text}${state === "kept" ? nothing : html` <span class="quiet small">(${stateWords(remark, late)})</span>`}</span>
        <button
          class="button button-plain"
          type="button"
          aria-label=${`Remove: ${remark.text}`}
          @click=${() => (state === "kept" ? onRemove(remark) : onDrop(remark))}
        >
          Remove
        </button>
      </li>`,
    )}
  </ol>`;
}

function stateWords(remark, late) {
  if (remark.refused) {
    return "not stored";
  }
  return late || remark.answer === null ? "kept here, not stored yet" : "being stored";
}

/**
 * The short remarks, to be changed.
 * @param {string[]} remarks
 * @param {{onChange: (place: number, text: string) => void, onReset: () => void}} does
 */
export function remarkSettings(remarks, { onChange, onReset }) {
  return html`<details class="remark-settings">
    <summary>Change these remarks</summary>
    <p class="quiet small">Short words about the answer are best. Say nothing about an accent: it is no fault.</p>
    <ol>
      ${remarks.map(
        (text, place) => html`<li>
          <label class="field">
            <span class="visually-hidden">Remark of key ${place + 1}</span>
            <kbd aria-hidden="true">${place + 1}</kbd>
            <input type="text" maxlength=${LONGEST_REMARK} .value=${text} @change=${(event) => onChange(place, event.target.value)} />
          </label>
        </li>`,
      )}
    </ol>
    <button class="button button-plain" type="button" @click=${onReset}>Use the first ones again</button>
  </details>`;
}
