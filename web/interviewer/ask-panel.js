// What the interviewer can ask: what comes next, the answer once more, a follow-up, another question.

import { html, live, nothing, repeat } from "../templating.js";

/** Questions that a search shows. */
const MOST_FOUND = 8;
/** Characters of a question or a follow-up in one's own words, as the service takes them. */
const LONGEST_WORDS = 300;

export const COULD_YOU_REPEAT = "Could you repeat that?";

/**
 * What is asked most.
 * @param {{ready: boolean, answered: boolean, ending: boolean, onward: string, does: Record<string, () => void>}} how `answered`: there
 *   is an answer to ask about; `ending`: asked whether it really ends
 */
export function askButtons({ ready, answered, ending, onward, does }) {
  if (ending) {
    return html`<div class="notice" role="alert">
      <strong>End the interview now?</strong>
      <p>What was recorded is kept.</p>
      <div class="buttons">
        <button class="button button-main" type="button" @click=${does.end}>End it <kbd>E</kbd></button>
        <button class="button" type="button" @click=${does.goOn}>Go on <kbd>Esc</kbd></button>
      </div>
    </div>`;
  }
  return html`<div class="buttons ask-buttons">
    <button class="button button-main button-large" type="button" ?disabled=${!ready} @click=${does.next}>${onward} <kbd>N</kbd></button>
    <button class="button button-large" type="button" ?disabled=${!ready || !answered} @click=${does.repeat}>“${COULD_YOU_REPEAT}” <kbd>R</kbd></button>
    <button class="button button-plain" type="button" ?disabled=${!ready} @click=${does.end}>End the interview <kbd>E</kbd></button>
  </div>`;
}

/**
 * Follow-ups: those that fit the question first, then all by what they are for.
 * @param {object[]} own of the question
 * @param {object[]} groups of all
 * @param {{ready: boolean, onAsk: (command: object) => void}} does
 */
export function followUpPanel(own, groups, { ready, onAsk }) {
  const rows = (items) => html`<ul class="ask-list">
    ${repeat(
      items,
      ({ id }) => id,
      ({ id, text }) => html`<li>
        <button class="ask-choice" type="button" ?disabled=${!ready} @click=${() => onAsk({ kind: "follow_up", follow_up: id })}>${text}</button>
      </li>`,
    )}
  </ul>`;
  return html`<section class="ask-part" aria-labelledby="follow-ups-title">
    <h2 id="follow-ups-title">Ask a follow-up</h2>
    ${own.length > 0 ? rows(own) : nothing}
    ${ownWords("follow_up", "Your own follow-up", "F", { ready, onAsk })}
    <details class="ask-more">
      <summary>All follow-ups</summary>
      ${groups.map(
        ({ reason, name, items }) => html`<h3 data-reason=${reason}>${name}</h3>
          ${rows(items)}`,
      )}
    </details>
  </section>`;
}

/**
 * Another question than the plan has: found by its words, or one's own.
 * @param {object[]} questions of the bank
 * @param {string} words looked for
 * @param {{ready: boolean, onAsk: (command: object) => void, onWords: (words: string) => void}} does
 */
export function questionPanel(questions, words, { ready, onAsk, onWords }) {
  const found = words.trim() ? questions.filter(({ text }) => holds(text, words)) : [];
  return html`<section class="ask-part" aria-labelledby="questions-title">
    <h2 id="questions-title">Ask another question</h2>
    <label class="field">
      <span class="field-label">Find a question <kbd>Q</kbd></span>
      <input name="find" type="search" autocomplete="off" .value=${live(words)} @input=${(event) => onWords(event.target.value)} />
    </label>
    <p class="quiet small" role="status">${foundWords(words, found)}</p>
    <ul class="ask-list">
      ${repeat(
        found.slice(0, MOST_FOUND),
        ({ id }) => id,
        ({ id, text }) => html`<li>
          <button class="ask-choice" type="button" ?disabled=${!ready} @click=${() => onAsk({ kind: "question", question_id: id })}>${text}</button>
        </li>`,
      )}
    </ul>
    ${ownWords("question", "Your own question", "", { ready, onAsk })}
  </section>`;
}

/** Asked in the interviewer's own words. */
function ownWords(kind, label, key, { ready, onAsk }) {
  const submit = (event) => {
    event.preventDefault();
    const field = event.target.elements[kind];
    const text = field.value.trim();
    if (text && ready) {
      onAsk({ kind, text });
      field.value = "";
    }
  };
  return html`<form class="ask-words" @submit=${submit}>
    <label class="field">
      <span class="field-label">${label} ${key ? html`<kbd>${key}</kbd>` : nothing}</span>
      <input name=${kind} type="text" autocomplete="off" maxlength=${LONGEST_WORDS} />
    </label>
    <button class="button" type="submit" ?disabled=${!ready}>Ask</button>
  </form>`;
}

/** Whether a question has all of the words, in any order. */
function holds(text, words) {
  const within = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => within.includes(word));
}

function foundWords(words, found) {
  if (!words.trim()) {
    return "";
  }
  if (found.length === 0) {
    return "No question has these words.";
  }
  return found.length > MOST_FOUND ? `${found.length} questions; the first ${MOST_FOUND} are here.` : "";
}
