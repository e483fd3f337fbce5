// What was said about an answer: fetched, followed, replied to, marked as done. Works wherever there are comments, also
// where nobody signs in: those may have come from a file.

import { announce } from "../components/notices.js";
import { listen } from "../events.js";
import { numbered } from "./comment-marks.js";
import { advising } from "./requests.js";

export class Comments {
  /** Numbered, by their moment. @type {any[]} */
  items = [];
  /** @type {any[]} */
  rubrics = [];
  /** On the take before. @type {any[]} */
  earlier = [];
  /** @type {unknown} */
  problem = null;
  /** Why a mentor's file was not taken. @type {unknown} */
  fileProblem = null;
  #closed = false;
  #asked = 0;
  #stopListening;

  /** @param {string} answer its id @param {() => void} onChange */
  constructor(answer, onChange) {
    this.answer = answer;
    this.onChange = onChange;
    this.#stopListening = listen({
      advising: ({ kind }) => ["comment", "returned", "revoked"].includes(kind) && this.look(),
      connected: () => this.look(),
    });
    this.look();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async look() {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const { comments, rubrics, earlier } = await advising.comments(this.answer);
      if (asked === this.#asked) {
        this.items = numbered(comments);
        this.rubrics = rubrics;
        this.earlier = earlier;
        this.#changed();
      }
    } catch {
      // Extra to the report: those that are shown stay, and the next news asks again.
    }
  }

  /**
   * @param {string} comment its id @param {string} text
   * @returns {Promise<boolean>} whether it was kept
   */
  reply(comment, text) {
    return this.#apply(() => advising.reply(comment, text));
  }

  setDone(comment, done) {
    return this.#apply(() => advising.setDone(comment, done));
  }

  /** @param {Blob} file that a mentor saved */
  async addFile(file) {
    this.fileProblem = null;
    try {
      const { words } = await advising.importComments(this.answer, file);
      announce(words);
    } catch (error) {
      this.fileProblem = error;
    }
    await this.look();
    this.#changed();
  }

  async #apply(action) {
    let kept = true;
    try {
      await action();
      this.problem = null;
    } catch (error) {
      this.problem = error;
      kept = false;
    }
    await this.look();
    this.#changed();
    return kept;
  }

  #changed() {
    if (!this.#closed) {
      this.onChange();
    }
  }
}
