// One step at a time in the same room: the last is closed, the next gets the focus and is said.

import { announce } from "../components/announce.js";

/**
 * A step is a function (room, context, done) -> close. It draws into `room`, calls `done(outcome)` once when the
 * person is through with it, and is closed by the stage.
 */
export class Stage {
  #close = () => {};
  #closed = false;

  /** @param {HTMLElement} room */
  constructor(room) {
    this.room = room;
  }

  /**
   * Show a step.
   * @param {Function} step
   * @param {object} context what the step works with
   * @param {{quiet?: boolean, focus?: boolean, words?: string}} how `quiet` takes everything else off the page;
   *   `words` are said to those who listen, beside the heading, which takes the focus
   * @returns {Promise<any>} the outcome; never settles when the stage is closed before
   */
  show(step, context, { quiet = false, focus = true, words = "" } = {}) {
    return new Promise((resolve) => {
      if (this.#closed) {
        return;
      }
      this.#close();
      const room = document.createElement("div");
      room.className = "step";
      this.room.replaceChildren(room);
      document.body.classList.toggle("quiet-room", quiet);
      this.#close = step(room, context, resolve) ?? (() => {});
      if (focus) {
        scrollTo(0, 0);
        room.querySelector("h1")?.focus({ preventScroll: true });
        announce(words);
      }
    });
  }

  close() {
    this.#closed = true;
    this.#close();
    document.body.classList.remove("quiet-room");
  }
}
