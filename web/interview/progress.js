// How far an interview has come: its place and time in words, and told to the service, so that it can be taken up again.

import { api } from "../api.js";
import { interviewPlace } from "../format/practice.js";

const RECORDED = new Set(["question", "closing"]);
/** Milliseconds between two tries to tell the service where the interview is. */
const TRY_EVERY = 2_000;

export class Progress {
  /** Index of the step that goes on. */
  position;
  /** Answers given since the page was opened. */
  recorded = 0;
  #interview;
  #began;
  /** @type {Promise<void>} */
  #telling = Promise.resolve();

  constructor(interview) {
    this.#interview = interview;
    this.position = firstStep(interview);
    this.#began = performance.now();
  }

  advance() {
    this.position += 1;
    if (this.position < this.#interview.steps.length) {
      this.#tell({ position: this.position });
    }
  }

  answered() {
    this.recorded += 1;
  }

  /** 'Question 2 of 7, 6 min so far, up to 31 min left' */
  place() {
    const { steps } = this.#interview;
    const questions = steps.filter(({ kind }) => RECORDED.has(kind));
    const before = steps.slice(0, this.position).filter(({ kind }) => RECORDED.has(kind)).length;
    if (questions.length < 2) {
      return "";
    }
    const left = steps.slice(this.position).filter(({ kind }) => RECORDED.has(kind));
    const longest = left.some(({ answer }) => answer === null)
      ? null
      : left.reduce((sum, { preparation, answer, pause }) => sum + (preparation ?? 0) + answer + (pause ?? 0), 0);
    const number = Math.min(before, questions.length - 1);
    return interviewPlace(number, questions.length, longest, (performance.now() - this.#began) / 1000);
  }

  /** @returns {Promise<void>} when the service knows that it is over, or cannot be told just now */
  async end() {
    this.#tell({ ended: true });
    await this.#telling;
  }

  /** One after the other. A service that is away is told later what is true then. */
  #tell(changes) {
    const { id } = this.#interview;
    if (!id) {
      return;
    }
    this.#telling = this.#telling.then(async () => {
      for (let tries = 0; tries < 3; tries += 1) {
        try {
          await api.changeInterview(id, changes);
          return;
        } catch (error) {
          if (error.status >= 400 && error.status < 500) {
            return;
          }
          await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
        }
      }
    });
  }
}

/** Where an interview goes on: after the last question that has an answer. */
function firstStep({ steps, position, answers }) {
  const given = answers.at(-1);
  const current = steps[position];
  const done = current && given && (current.kind === "closing" ? given.part === "closing" : current.question_id && current.question_id === given.question_id);
  return done ? position + 1 : position;
}
