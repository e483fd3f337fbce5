// What a new message is made of: whom it is for, what kind, and what only the person can say.

import { html, live, nothing } from "../templating.js";

/** @typedef {"thank_you"|"question"|"update"} Kind */

export const KINDS = /** @type {Array<{kind: Kind, words: string, first: string, second: string, hint: string}>} */ ([
  {
    kind: "thank_you",
    words: "Thank-you",
    first: "What did you talk about?",
    second: "What else?",
    hint: "It follows the word ‘about’. For example: how residents teach on rounds.",
  },
  {
    kind: "question",
    words: "Question",
    first: "What do you want to ask?",
    second: "What else?",
    hint: "Ask kindly, and only what their website does not answer.",
  },
  {
    kind: "update",
    words: "Update",
    first: "What is new since your interview?",
    second: "What else is new?",
    hint: "Write whole sentences. Without something new, send no update.",
  },
]);

export const kindWords = (kind) => KINDS.find((each) => each.kind === kind)?.words ?? "";

/** Id of the coordinator in a choice, where an interviewer has an id of their own. */
const COORDINATOR = "coordinator";

export const keyOf = (recipient) => recipient.id ?? COORDINATOR;

export const nameOf = ({ name, role }) => name ?? role ?? "Someone without a name";

/**
 * @typedef {object} Chosen
 * @property {Kind} kind
 * @property {string} recipient its key
 */

/**
 * @param {object} options
 * @param {any[]} options.recipients
 * @param {Chosen} options.chosen
 * @param {string|null} options.blocked why no thank-you can be written
 * @param {string|null} options.updateWords
 * @param {any[]} options.advice for this kind
 * @param {(advice: any) => unknown} options.advised
 * @param {(changes: Partial<Chosen>) => void} options.choose
 * @param {(form: HTMLFormElement) => void} options.write
 */
export function messageForm({ recipients, chosen, blocked, updateWords, advice, advised, choose, write }) {
  const { first, second, hint } = KINDS.find(({ kind }) => kind === chosen.kind) ?? KINDS[0];
  const isBlocked = chosen.kind === "thank_you" && blocked !== null;
  return html`<form
    class="message-form"
    @submit=${(event) => {
      event.preventDefault();
      write(event.target);
    }}
  >
    <fieldset class="message-kinds">
      <legend class="visually-hidden">What do you want to write?</legend>
      ${KINDS.map(
        ({ kind, words }) => html`<label class="choice-pill">
          <input type="radio" name="kind" value=${kind} .checked=${live(kind === chosen.kind)} @change=${() => choose({ kind })} /><span>${words}</span>
        </label>`,
      )}
    </fieldset>
    ${isBlocked
      ? html`<p class="notice">${blocked}</p>`
      : html`<ul class="advice">${advice.map((each) => html`<li>${advised(each)}</li>`)}</ul>
          ${chosen.kind === "update" && updateWords ? html`<p class="notice">${updateWords}</p>` : nothing}
          <div class="message-fields">
            <label class="field message-to">
              <span class="field-label">To</span>
              <select name="recipient" @change=${(event) => choose({ recipient: event.target.value })}>
                ${recipients.map(
                  (each) =>
                    html`<option value=${keyOf(each)} .selected=${live(keyOf(each) === chosen.recipient)}>${[each.name, each.role].filter(Boolean).join(", ") || nameOf(each)}</option>`,
                )}
              </select>
            </label>
            <label class="field message-wide">
              <span class="field-label">${first}</span>
              <input name="first" autocomplete="off" maxlength="300" aria-describedby="message-hint" />
            </label>
            <p id="message-hint" class="quiet small message-wide message-hint">${hint}</p>
            <label class="field message-wide">
              <span class="field-label">${second} <span class="quiet">(optional)</span></span>
              <input name="second" autocomplete="off" maxlength="300" />
            </label>
            <label class="field">
              <span class="field-label">Your name</span>
              <input name="signature" autocomplete="name" maxlength="100" />
            </label>
            <label class="field">
              <span class="field-label">AAMC or ERAS ID <span class="quiet">(optional)</span></span>
              <input name="identifier" autocomplete="off" maxlength="100" aria-describedby="identifier-hint" />
            </label>
          </div>
          <p id="identifier-hint" class="quiet small">The ID is kept only in the words of the message.</p>
          <div class="buttons"><button class="button button-main">Write a draft</button></div>`}
  </form>`;
}

/** What the form says, as the service takes it. @param {HTMLFormElement} form @param {Chosen} chosen */
export function draftOf(form, chosen) {
  const said = new FormData(form);
  const text = (name) => String(said.get(name) ?? "").trim();
  return {
    kind: chosen.kind,
    recipient: chosen.recipient === COORDINATOR ? null : chosen.recipient,
    specifics: [text("first"), text("second")].filter(Boolean),
    signature: text("signature") || null,
    identifier: text("identifier") || null,
  };
}
