// Recordings that were begun and never finished: offered at the top, to be finished or discarded.

import { html, render, nothing } from "../templating.js";
import { listen } from "../events.js";
import { announce } from "../components/notices.js";
import { binIcon } from "../components/icons.js";
import { confirm } from "../components/dialog.js";
import { inOrder } from "../components/in-order.js";
import { listUnfinished } from "../recording/unfinished.js";
import { recordingErrorWords } from "../format/errors.js";
import { countWords, dayWords, lengthWords, timeOfDay } from "../format/time.js";

export class UnfinishedList {
  #items = [];
  /** @type {unknown} */
  #problem = null;
  /** @type {any} */
  #busy = null;
  /** Ids of recordings that were found to be interrupted while one looked. */
  #heardOf = new Set();
  #stopListening;
  /** A list that was overtaken would take back what the later one has. */
  #inOrder = inOrder();

  /**
   * @param {Promise<void>} settled when a take that was left just now can be listed
   * @param {(answer: object) => void} onFinished
   */
  constructor(settled, onFinished) {
    this.onFinished = onFinished;
    this.element = document.createElement("div");
    this.#stopListening = listen({ answer: (answer) => this.#heard(answer), connected: () => this.#load() });
    this.#load(settled);
  }

  close() {
    this.#stopListening();
  }

  /** A recording made elsewhere, on a phone say, may break off while this is open. */
  #heard({ id, source, intake }) {
    if (source === "recording" && intake === "interrupted" && !this.#heardOf.has(id)) {
      this.#heardOf.add(id);
      this.#load();
    }
  }

  #load(settled) {
    return this.#inOrder(async () => {
      await settled;
      this.#items = await listUnfinished();
      this.#draw();
    });
  }

  async #finish(item) {
    this.#problem = null;
    this.#busy = item.id;
    this.#draw();
    try {
      this.onFinished(await item.finish());
    } catch (error) {
      this.#problem = error;
      this.#busy = null;
      this.#draw();
    }
  }

  async #discard(item) {
    const yes = await confirm({
      title: "Discard this recording?",
      text: `${item.seconds ? `${lengthWords(item.seconds)} were recorded. ` : ""}It will be deleted. This cannot be undone.`,
      yes: "Discard it",
    });
    if (!yes) {
      return;
    }
    this.#problem = null;
    try {
      await item.discard();
      this.#items = this.#items.filter(({ id }) => id !== item.id);
      announce("Discarded.");
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    const count = this.#items.length;
    render(
      count === 0
        ? nothing
        : html`<section class="unfinished" aria-labelledby="unfinished-title">
            <h2 id="unfinished-title">${count === 1 ? "A recording was not finished." : `${countWords(count, "recording")} were not finished.`}</h2>
            <p class="quiet">What you recorded is safe. Finish it to get its report.</p>
            ${this.#problem ? notice(recordingErrorWords(this.#problem)) : nothing}
            <ul>
              ${this.#items.map((item) => this.#row(item))}
            </ul>
          </section>`,
      this.element,
    );
  }

  #row(item) {
    return html`<li class="unfinished-row">
      <div>
        <p class="unfinished-question">${item.question || "Without a question"}</p>
        <p class="facts">
          <span>${dayWords(item.startedAt)}, ${timeOfDay(item.startedAt)}</span>
          ${item.seconds ? html`<span>${lengthWords(item.seconds)} recorded</span>` : nothing}
        </p>
      </div>
      <div class="buttons">
        <button class="button" type="button" ?disabled=${this.#busy !== null} @click=${() => this.#finish(item)}>${this.#busy === item.id ? "Finishing…" : "Finish it"}</button>
        <button class="button button-plain button-delete" type="button" ?disabled=${this.#busy !== null} @click=${() => this.#discard(item)}>${binIcon()} Discard</button>
      </div>
    </li>`;
  }
}

const notice = ({ title, text }) => html`<div class="notice" role="alert"><strong>${title}</strong> ${text}</div>`;
