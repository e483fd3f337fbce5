// A text field that saves itself while somebody writes, one save after another.

import { html, render } from "../templating.js";
import { inOrder } from "./in-order.js";

/** Milliseconds without a key after which the words are saved. */
const SAVE_AFTER = 800;

export class SavedText {
  #options;
  /** What was there at first: drawn again it changes nothing, whatever has been typed since. */
  #first;
  #text;
  /** @type {string|null} What was sent last, on its way or there; null where that failed. */
  #sent;
  /** A save that was overtaken would undo the later one. */
  #inOrder = inOrder();
  #timer = 0;
  #state = "";
  #closed = false;

  /**
   * @param {object} options
   * @param {string} options.label
   * @param {string} options.placeholder
   * @param {number} options.longest characters
   * @param {number} [options.rows]
   * @param {string|null} options.text what is there now
   * @param {(text: string|null) => Promise<void>} options.save null: nothing is written
   */
  constructor(options) {
    this.#options = options;
    this.#first = options.text ?? "";
    this.#text = this.#first;
    this.#sent = this.#first;
    this.element = document.createElement("div");
    this.element.className = "saved-text";
    this.#draw();
  }

  /** Leave; what was typed last is still saved when its time has come. */
  close() {
    this.#closed = true;
  }

  #typed(text) {
    this.#text = text;
    this.#say("");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER);
  }

  /**
   * Save what is typed now, and not only when nothing more is typed.
   * @returns {Promise<boolean>} when that has ended: whether what is typed is kept
   */
  async flush() {
    await this.#save();
    await this.#inOrder(async () => {});
    return this.#text === this.#sent;
  }

  async #save() {
    clearTimeout(this.#timer);
    const text = this.#text;
    if (text === this.#sent) {
      return;
    }
    this.#sent = text;
    const saved = await this.#inOrder(() => this.#options.save(text.trim() || null)).then(
      () => true,
      () => false,
    );
    if (this.#sent !== text) {
      // Another save is on its way, with all that was written since.
      return;
    }
    if (!saved) {
      this.#sent = null;
    }
    if (this.#text === text) {
      this.#say(saved ? "Saved." : "Not saved yet. It is still here: change a word to try again.");
    }
  }

  #say(words) {
    this.#state = words;
    if (!this.#closed) {
      this.#draw();
    }
  }

  #draw() {
    const { label, placeholder, longest, rows = 4 } = this.#options;
    render(
      html`<label class="field">
          <span class="field-label">${label}</span>
          <textarea rows=${rows} maxlength=${longest} placeholder=${placeholder} @input=${(event) => this.#typed(event.target.value)} @blur=${() => this.#save()} .value=${this.#first}></textarea>
        </label>
        <p class="quiet small" role="status">${this.#state}</p>`,
      this.element,
    );
  }
}
