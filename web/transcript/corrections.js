// The person's corrections of a transcript: sent as a whole, undone one by one or all together, and listed above it.

import { api } from "../api.js";
import { momentButton } from "../components/icons.js";
import { problemNotice } from "../components/notices.js";
import { correctionWords, countedWords } from "../format/marks.js";
import { html, nothing } from "../templating.js";

export class Corrections {
  /** In the order in which they were made. */
  items = [];
  /** @type {object[]|null} What was taken back last, so that it can be put back; null where nothing was. */
  takenBack = null;
  busy = false;
  /** @type {unknown} */
  problem = null;
  /** @type {any} The view of the machine's own report while it is looked at, or null. */
  machine = null;
  #id;
  #tells;
  #waiting = false;

  /**
   * @param {string} id of the answer
   * @param {{onChange: () => void, onReport: (report: object) => void, onAnswer: (answer: object) => void}} tells
   *   `onAnswer`: a worker has to measure it first
   */
  constructor(id, tells) {
    this.#id = id;
    this.#tells = tells;
  }

  /** Follow the report that is shown, unless something newer is on its way. */
  follow(report) {
    if (report && !this.busy && !this.#waiting) {
      this.items = report.corrections ?? [];
    }
  }

  /** Whether a worker still measures the answer with the last correction. */
  get waiting() {
    return this.#waiting;
  }

  /** The worker is done. */
  measured() {
    this.#waiting = false;
  }

  /**
   * Send another list.
   * @returns {Promise<boolean>} whether it was taken; if not, `problem` says why and everything is as it was
   */
  async send(items) {
    this.busy = true;
    this.problem = null;
    this.#tells.onChange();
    try {
      const reply = await api.correct(this.#id, items);
      // A report has measures, and is shown as its view; an answer has work that is still to be done.
      const view = reply.work ? null : await api.reportView(this.#id);
      this.items = items;
      this.takenBack = null;
      this.busy = false;
      this.#waiting = view === null;
      if (view) {
        this.#tells.onReport(view);
      } else {
        this.#tells.onAnswer(reply);
      }
      return true;
    } catch (error) {
      this.busy = false;
      this.problem = error;
      return false;
    } finally {
      this.#tells.onChange();
    }
  }

  /** Take back those for which `gone` holds. */
  async undo(gone) {
    const before = this.items;
    if (await this.send(before.filter((item, index) => !gone(item, index)))) {
      this.takenBack = before;
      this.#tells.onChange();
    }
  }

  undoLast() {
    const last = this.items.length - 1;
    return this.undo((_, index) => index === last);
  }

  undoAll() {
    return this.undo(() => true);
  }

  putBack() {
    return this.send(this.takenBack);
  }

  /** Show the report as the machine made it, without corrections. */
  async showMachine() {
    try {
      this.machine = await api.reportView(this.#id, "machine");
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    this.#tells.onChange();
  }

  showOwn() {
    this.machine = null;
    this.#tells.onChange();
  }
}

/**
 * @param {import("./corrections.js").Corrections} corrections
 * @param {(start: number) => void} [play] not needed while the machine's version is shown
 */
export function correctionsBar(corrections, play) {
  if (corrections.machine) {
    return html`<div class="corrections-bar corrections-bar-machine" role="status">
      <p>This is the machine's version, without your corrections. All figures on this page come from it.</p>
      <div class="buttons"><button class="button" type="button" @click=${() => corrections.showOwn()}>Back to yours</button></div>
    </div>`;
  }
  const { items, takenBack, busy, waiting, problem } = corrections;
  if (items.length === 0 && !takenBack && !problem) {
    return nothing;
  }
  const action = (words, does) =>
    html`<button class="link-button" type="button" ?disabled=${busy} @click=${does}>${words}</button>`;
  return html`<div class="corrections-bar">
    <p role="status">${waiting ? "Measuring again with your corrections…" : items.length > 0 ? countedWords(items.length) : takenBack ? "All corrections are removed." : ""}</p>
    <div class="corrections-actions">
      ${items.length > 0
        ? [
            action("See the machine's version", () => corrections.showMachine()),
            action("Undo last", () => corrections.undoLast()),
            action("Undo all", () => corrections.undoAll()),
          ]
        : nothing}
      ${takenBack ? action(takenBack.length - items.length === 1 ? "Put it back" : "Put them back", () => corrections.putBack()) : nothing}
    </div>
    ${problem ? problemNotice(problem) : nothing} ${items.length > 0 ? listOfAll(corrections, play) : nothing}
  </div>`;
}

/** Each by itself, newest first: where it is, what it says, and its own undo. */
function listOfAll(corrections, play) {
  return html`<details class="corrections-list">
    <summary>One by one</summary>
    <ul>
      ${corrections.items
        .map(
          (item, index) => html`<li>
            ${momentButton(item, play, correctionWords(item))}<span>${correctionWords(item)}</span>
            <button class="link-button" type="button" aria-label=${`Undo: ${correctionWords(item)}`} ?disabled=${corrections.busy} @click=${() => corrections.undo((_, at) => at === index)}>Undo</button>
          </li>`,
        )
        .reverse()}
    </ul>
  </details>`;
}
