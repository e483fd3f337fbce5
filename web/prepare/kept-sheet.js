// The sheet of a programme as the service keeps it, changed part by part.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";

/** Events: "change". */
export class KeptSheet extends EventTarget {
  /** What the service said last. @type {any} */
  present;
  /** @type {unknown} */
  problem = null;
  /** The part that was saved last: specifics | questions_to_ask. */
  saved = "";
  #inOrder = inOrder();
  #changes = 0;
  /** The questions as they were chosen last, while that is on its way. @type {string[]|null} */
  #choosing = null;

  /** @param {any} sheet */
  constructor(sheet) {
    super();
    this.present = sheet;
  }

  /** @returns {Promise<boolean>} whether it is kept; if not, `problem` says why */
  async write(part, value, ended = () => {}) {
    this.#changes += 1;
    const change = this.#changes;
    this.saved = "";
    try {
      const sheet = await this.#inOrder(() => api.setSheet(this.present.interview, { [part]: value }));
      this.present = sheet;
      this.problem = null;
      this.saved = change === this.#changes ? part : "";
    } catch (error) {
      this.problem = error;
    }
    ended();
    this.dispatchEvent(new Event("change"));
    return this.problem === null;
  }

  /** Ids of the questions; those on their way count already, so that the next choice builds on them. */
  get chosen() {
    return this.#choosing ?? this.present.questions_to_ask.map(({ id }) => id);
  }

  /** @param {string[]} questions all of them @returns {Promise<boolean>} as `write` */
  async choose(questions) {
    this.#choosing = questions;
    const ended = () => {
      if (this.#choosing === questions) {
        this.#choosing = null;
      }
    };
    return this.write("questions_to_ask", questions, ended);
  }
}
