// Remarks that the service does not have yet: kept in this browser, sent in their order, tried again until they are there.

import { api } from "../api.js";

/** Milliseconds until what did not arrive is sent again. */
const TRY_AGAIN = 2_000;

/**
 * @typedef {object} Waiting a remark on its way
 * @property {string} id
 * @property {string} text
 * @property {number} at seconds of the recording
 * @property {string|null} answer null until the service has made the answer
 * @property {string|null} take of the applicant's window, by which its answer is known later
 * @property {any} [refused] why the service does not take it
 */

export class RemarkOutbox {
  #key;
  #onChange;
  #onSent;
  #sending = false;
  #closed = false;
  /** @type {any} */
  #timer = 0;
  /** Whether the last try failed. */
  late = false;

  /**
   * @param {string} interview its id
   * @param {{onChange: () => void, onSent: (answer: string) => void}} tells
   */
  constructor(interview, { onChange, onSent }) {
    this.#key = `greenroom.remarks.${interview}`;
    this.#onChange = onChange;
    this.#onSent = onSent;
    /** @type {Waiting[]} */
    this.waiting = read(this.#key);
    this.#send();
  }

  /** @param {Waiting} remark */
  add(remark) {
    this.waiting.push(remark);
    this.#changed();
    this.#send();
  }

  /** Forget one that was not sent. */
  drop(id) {
    this.waiting = this.waiting.filter((remark) => remark.id !== id);
    this.#changed();
  }

  /** @param {{take: string, answer: string}[]} known which answers recordings have become */
  place(known) {
    let placed = false;
    for (const remark of this.waiting.filter((each) => each.answer === null)) {
      const found = known.find(({ take }) => take === remark.take);
      if (found) {
        remark.answer = found.answer;
        placed = true;
      }
    }
    if (placed) {
      this.#changed();
      this.#send();
    }
  }

  /** Try at once. */
  again() {
    this.#send();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  get #next() {
    return this.waiting.find(({ answer, refused }) => answer !== null && !refused);
  }

  async #send() {
    if (this.#sending || this.#closed) {
      return;
    }
    clearTimeout(this.#timer);
    this.#sending = true;
    for (let remark = this.#next; remark; remark = this.#next) {
      try {
        await api.addRemark(/** @type {string} */ (remark.answer), { id: remark.id, text: remark.text, at: remark.at });
        this.late = false;
        this.waiting = this.waiting.filter(({ id }) => id !== remark.id);
        this.#onSent(/** @type {string} */ (remark.answer));
      } catch (error) {
        if (isFinal(error)) {
          remark.refused = { code: error.code, text: error.text };
        } else {
          this.late = true;
          this.#timer = setTimeout(() => this.#send(), TRY_AGAIN);
          break;
        }
      }
      this.#changed();
    }
    this.#sending = false;
    this.#changed();
  }

  #changed() {
    try {
      if (this.waiting.length > 0) {
        localStorage.setItem(this.#key, JSON.stringify(this.waiting));
      } else {
        localStorage.removeItem(this.#key);
      }
    } catch {
      // A browser that keeps nothing: they are safe as long as this page is open.
    }
    if (!this.#closed) {
      this.#onChange();
    }
  }
}

/** Whether the same would be refused again, however often it is sent. */
export const isFinal = (error) => error.status >= 400 && error.status < 500 && error.status !== 408;

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}
