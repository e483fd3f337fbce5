// The times of one answer: what the format gives, extended as the person chose, and the countdown that runs them down.

/**
 * @param {{preparation: number|null, answer: number|null, pause: number|null}} format seconds
 * @param {number|null} extension factor; null is without limits
 * @returns {{preparation: number|null, answer: number|null, pause: number|null}} seconds; null is as long as one likes
 */
export function timesOf(format, extension) {
  const extended = (seconds) => (seconds === null || extension === null ? null : seconds * extension);
  return { preparation: extended(format.preparation), answer: extended(format.answer), pause: extended(format.pause) };
}

/** Numbers of questions that an interview can have, the format's own among them. */
export const questionCounts = (format) => [...new Set([3, 5, 8, format.questions])].sort((one, other) => one - other);

/** How many questions are asked: as the person chose where the format has several. */
export const questionCount = (format, chosen) => (format.questions > 1 ? (chosen ?? format.questions) : 1);

/** Whether there is any time in this format that could be extended. */
export const hasTimes = ({ preparation, answer, pause }) => [preparation, answer, pause].some((seconds) => seconds !== null);

/** Seconds. What most answers should take, where neither the format nor the question says otherwise. */
const USUAL_AIM = { low: 60, high: 120 };

/** What an answer should aim at: the format's word first, as the service has it. */
export const aimOf = (format, question) => format.aim ?? question?.aim ?? USUAL_AIM;

/** Seconds run down; events `tick` with each new second, `end` once. */
export class Countdown extends EventTarget {
  #ends = 0;
  #timer = 0;

  /** @param {number} seconds */
  constructor(seconds) {
    super();
    this.seconds = seconds;
    this.left = seconds;
  }

  start() {
    this.#ends = performance.now() + this.seconds * 1000;
    this.#next();
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #next() {
    const milliseconds = this.#ends - performance.now();
    // Whole seconds, as a clock on the wall shows them: 30 for the first second, 1 for the last.
    this.left = Math.max(0, Math.ceil(milliseconds / 1000 - 0.005));
    this.dispatchEvent(new Event("tick"));
    if (milliseconds <= 0) {
      this.dispatchEvent(new Event("end"));
      return;
    }
    this.#timer = setTimeout(() => this.#next(), milliseconds % 1000 || 1000);
  }
}
