// The line above a transcript that says what the person put right, and the way back from it.

import { html, nothing } from "../templating.js";
import { problemNotice } from "../components/problem.js";
import { momentButton } from "../components/moment.js";
import { correctionWords, countedWords } from "../format/corrections.js";

/**
 * @param {import("../report/corrections.js").Mending} mending
 * @param {(start: number) => void} play
 */
export function mendingLine(mending, play) {
  if (mending.machine) {
    return html`<div class="mending-line mending-line-machine" role="status">
      <p>This is the machine's version, without what you put right. All figures on this page are of it.</p>
      <div class="buttons"><button class="button" type="button" @click=${() => mending.showOwn()}>Back to yours</button></div>
    </div>`;
  }
  const { items, takenBack, busy, waiting, problem } = mending;
  if (items.length === 0 && !takenBack && !problem) {
    return nothing;
  }
  const action = (words, does) =>
    html`<button class="link-button" type="button" ?disabled=${busy} @click=${does}>${words}</button>`;
  return html`<div class="mending-line">
    <p role="status">${waiting ? "Measuring again with what you put right…" : items.length > 0 ? countedWords(items.length) : takenBack ? "Everything is as the machine wrote it." : ""}</p>
    <div class="mending-actions">
      ${items.length > 0
        ? [
            action("See the machine's version", () => mending.showMachine()),
            action("Undo last", () => mending.undoLast()),
            action("Undo all", () => mending.undoAll()),
          ]
        : nothing}
      ${takenBack ? action(takenBack.length - items.length === 1 ? "Put it back" : "Put them back", () => mending.putBack()) : nothing}
    </div>
    ${problem ? problemNotice(problem) : nothing} ${items.length > 0 ? listOfAll(mending, play) : nothing}
  </div>`;
}

/** Each by itself, newest first: where it is, what it says, and its own undo. */
function listOfAll(mending, play) {
  return html`<details class="mending-list">
    <summary>One by one</summary>
    <ul>
      ${mending.items
        .map(
          (item, index) => html`<li>
            ${momentButton(item, play, correctionWords(item))}<span>${correctionWords(item)}</span>
            <button class="link-button" type="button" aria-label=${`Undo: ${correctionWords(item)}`} ?disabled=${mending.busy} @click=${() => mending.undo((_, at) => at === index)}>Undo</button>
          </li>`,
        )
        .reverse()}
    </ul>
  </details>`;
}
