// How far an interview has come: its place and time in words, and told to the service, so that it can be taken up again.

import { api } from "../api.js";
import { interviewPlace } from "../format/practice.js";
import { isRecorded, longestSeconds } from "./longest.js";

/** Milliseconds between two tries to tell the service where the interview is. */
const TRY_EVERY = 2_000;
/** Milliseconds that the end of an interview waits until the service knows of it. */
const END_PATIENCE = 6_000;

export class Progress {
  /** Index of the step that goes on. */
  position;
  /** Answers given since the page was opened. */
  recorded = 0;
  /** Follow-ups that may still come. */
  #followUps;
  #interview;
  #began;
  /** What the service does not know yet. @type {any} */
  #untold = null;
  /** @type {Promise<void>|null} */
  #telling = null;

  constructor(interview) {
    this.#interview = interview;
    this.position = firstStep(interview);
    this.#followUps = interview.most_follow_ups - interview.answers.filter(({ part }) => part === "follow_up").length;
    this.#began = performance.now();
  }

  advance() {
    this.position += 1;
    if (this.position < this.#interview.steps.length) {
      this.#tell({ position: this.position });
    }
  }

  /** @param {string} part that was recorded */
  answered(part) {
    this.recorded += 1;
    this.#followUps -= part === "follow_up" ? 1 : 0;
  }

  /** 'Question 2 of 7, 6 min so far, up to 31 min left'; empty for a single question */
  place() {
    const { choices, steps } = this.#interview;
    const questions = steps.filter(isQuestion).length;
    if (questions < 2) {
      return "";
    }
    const longest = longestSeconds(steps.slice(this.position), Math.max(0, this.#followUps), choices.extension);
    const number = steps.slice(0, this.position).filter(isQuestion).length;
    return interviewPlace(number, questions, longest, (performance.now() - this.#began) / 1000);
  }

  /**
   * @returns {Promise<void>} when the service knows that it is over, or has been away for too long. It is then offered
   *   as unfinished
   */
  async end() {
    this.#tell({ ended: true });
    await Promise.race([this.#telling, later(END_PATIENCE)]);
  }

  /** A service that is away is told when it is back, and then only what is true by then. */
  #tell(changes) {
    this.#untold = { ...this.#untold, ...changes };
    this.#telling ??= this.#tellAll().finally(() => (this.#telling = null));
  }

  async #tellAll() {
    while (this.#untold) {
      const changes = this.#untold;
      this.#untold = null;
      try {
        await api.changeInterview(this.#interview.id, changes);
      } catch (error) {
        // Deleted in another window, or not understood: the next try would be no better.
        if (error.status >= 400 && error.status < 500) {
          continue;
        }
        this.#untold = { ...changes, ...this.#untold };
        await later(TRY_EVERY);
      }
    }
  }
}

const isQuestion = ({ kind }) => kind === "question";
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Where an interview goes on: after the last question that has an answer, of which the service may know more than of its place. */
export function firstStep({ steps, position, answers }) {
  const answered = (step) =>
    answers.some(({ part, question_id: id }) => (step.kind === "closing" ? part === "closing" : step.question_id !== null && step.question_id === id));
  return Math.max(position, steps.findLastIndex((step) => isRecorded(step) && answered(step)) + 1);
}
