// Remarks that the service does not have yet: kept in this browser until their answer is known and has them.

import { api } from "../api.js";
import { Outbox } from "../components/outbox.js";

/**
 * @typedef {object} Waiting a remark on its way
 * @property {string} id
 * @property {string} text
 * @property {number} at seconds of the recording
 * @property {string|null} answer null until the service has made the answer
 * @property {string|null} take of the applicant's window, by which its answer is known later
 * @property {any} [refused] why the service does not take it
 */

/** @extends {Outbox<Waiting>} */
export class RemarkOutbox extends Outbox {
  /**
   * @param {string} interview its id
   * @param {{onChange: () => void, onSent: (answer: string) => void}} tells
   */
  constructor(interview, { onChange, onSent }) {
    super(`greenroom.remarks.${interview}`, {
      send: ({ answer, id, text, at }) => api.addRemark(/** @type {string} */ (answer), { id, text, at }),
      isReady: ({ answer }) => answer !== null,
      onChange,
      onSent: ({ answer }) => onSent(/** @type {string} */ (answer)),
    });
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
      this.changed();
      this.again();
    }
  }
}
