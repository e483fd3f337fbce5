// For how long something could be read during a take, in seconds of the recording: a pause does not count. Pure.

export class ShownTime {
  /** Seconds until it was hidden last. */
  #before = 0;
  /** @type {number|null} Seconds recorded when it was shown last; null while it is hidden. */
  #since;
  #elapsed;

  /** It is shown from now on. @param {() => number} elapsed seconds recorded so far */
  constructor(elapsed) {
    this.#elapsed = elapsed;
    this.#since = elapsed();
  }

  get shown() {
    return this.#since !== null;
  }

  get seconds() {
    return this.#before + (this.#since === null ? 0 : this.#elapsed() - this.#since);
  }

  toggle() {
    this.#before = this.seconds;
    this.#since = this.shown ? null : this.#elapsed();
  }
}
