// The assignment that an answer is recorded for: carried from its page through the practice room into the take.

import { advising } from "../advising/requests.js";
import { html, nothing } from "../templating.js";

const KEPT = "greenroom.assignment.";

/** A mock interview that is taken up again later is still for its assignment. */
export function keepForInterview(interview, assignment) {
  try {
    localStorage.setItem(KEPT + interview, assignment);
  } catch {
    // As long as this page is open, the run knows it.
  }
}

/** What each answer of a mock interview says of its assignment. @param {string} interview its id */
export function forTakeOfInterview(interview) {
  try {
    const assignment = localStorage.getItem(KEPT + interview);
    return assignment ? { assignment } : {};
  } catch {
    return {};
  }
}

export class ForAssignment {
  /** @param {any} assignment as its applicant sees it @param {any} question of it; null for a mock interview */
  constructor(assignment, question) {
    this.assignment = assignment;
    this.question = question;
  }

  /**
   * That of `?assignment=ID&assigned=NUMBER`; null where the address names none that is here.
   * @param {URLSearchParams} asked
   */
  static async of(asked) {
    const id = asked.get("assignment");
    const assignment = id && (await advising.assignment(id).catch(() => null));
    if (!assignment) {
      return null;
    }
    const question = assignment.questions.find(({ number }) => number === Number(asked.get("assigned"))) ?? null;
    return question || assignment.kind === "interview" ? new ForAssignment(assignment, question) : null;
  }

  /** Whether another question was chosen meanwhile. @param {{id: string|null, text: string}|null} question null in a mock interview */
  #isFor(question) {
    const asked = this.question;
    return asked === null ? question === null : asked.text === question?.text || (asked.question_id !== null && asked.question_id === question?.id);
  }

  /** What a take says of it, as `POST /api/answers` takes it. @param {{id: string|null, text: string}} question that is answered */
  forTake(question) {
    return this.#isFor(question) ? { assignment: this.assignment.id, assignment_question: this.question.number } : {};
  }

  /** The line before the question. @param {{id: string|null, text: string}|null} question that is shown; null in a mock interview */
  line(question) {
    const { id, title, due_words: due } = this.assignment;
    if (!this.#isFor(question)) {
      return nothing;
    }
    return html`<p class="facts for-assignment">
      <span>For <a href=${`/assignments/${encodeURIComponent(id)}`} data-page>${title}</a></span>${due ? html`<span>Due ${due}</span>` : nothing}
    </p>`;
  }
}
