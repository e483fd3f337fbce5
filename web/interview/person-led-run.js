// An interview that a person leads from a second window: they choose what comes next, and ask it with their own voice.

import { api } from "../api.js";
import { LEFT } from "../practice/round-microphone.js";
import { html, nothing, render } from "../templating.js";
import { interviewerPicture } from "./asking.js";
import { openWindowStep } from "./open-window.js";
import { PersonInterviewer } from "./person.js";
import { InterviewRun } from "./run.js";

const QUIET = { quiet: true };

export class PersonLedRun extends InterviewRun {
  #person;
  /** The last answer to a question, and the step that it was given to. @type {any} */
  #last = null;

  constructor(stage, interview, how) {
    super(stage, { ...interview, choices: { ...interview.choices, spoken: false } }, how);
    this.#person = new PersonInterviewer(interview);
  }

  async lead() {
    this.#tell("preparing");
    await this.#takeUpLast();
    if ((await this.stage.show(openWindowStep, { interview: this.interview }, QUIET)) === "end") {
      return;
    }
    for (;;) {
      this.#tell("waiting");
      const waiting = this.stage.show(waitingStep, { place: this.progress.place(), begun: this.begun }, QUIET);
      const command = await Promise.race([this.#person.next(), waiting]);
      const outcome = command === "end" ? "end" : await this.#obey(command);
      if (outcome === LEFT || outcome === "end") {
        break;
      }
    }
    this.#tell("over");
  }

  async close() {
    this.#person.close();
    await super.close();
  }

  /** What is asked here is asked by a person: the page shows it, and recording starts when they have ended. */
  ask(asking, how) {
    this.#tell("asking", asking.text, asking.question_id);
    return super.ask(asking, { ...how, byPerson: true });
  }

  async record(step, details, notes = null) {
    const outcome = await super.record(step, details, notes);
    if (outcome !== LEFT && details.part === "question") {
      this.#last = { step, take: outcome };
    }
    return outcome;
  }

  preparationBegan(step) {
    this.#tell("preparing", step.text, step.question_id);
  }

  recordingBegan(step, take) {
    this.#tell("recording", step.text, step.question_id, take);
  }

  /** In an interview that is taken up again, the last answer can still be asked about. */
  async #takeUpLast() {
    const last = this.interview.answers.filter(({ part }) => part === "question").at(-1);
    const answer = last && (await api.answer(last.id).catch(() => null));
    if (answer) {
      const { steps } = this.interview;
      const planned = steps.find(({ text }) => text === answer.question);
      const step = planned ?? unplanned(steps, { question_id: answer.question_id, text: answer.question });
      this.#last = { step, take: { id: answer.id, stop: async () => answer, answer } };
    }
  }

  async #obey(command) {
    if (command.kind === "end") {
      return "end";
    }
    if (command.kind === "follow_up" || command.kind === "repeat") {
      // Before the first answer there is nothing to ask about.
      if (!this.#last) {
        return "on";
      }
      return command.kind === "repeat" ? this.repeat(this.#last.step, this.#last.take) : this.#followUp(command);
    }
    if (command.kind === "question") {
      return this.#askAnother(command);
    }
    return this.#next();
  }

  async #next() {
    const step = this.interview.steps[this.progress.position];
    if (!step) {
      return "end";
    }
    // Whether an answer is to be given again is for the person to say, not for the plan.
    const outcome = await this.take({ ...step, repeat: false });
    this.progress.advance();
    return step.kind === "goodbye" ? "end" : outcome;
  }

  #askAnother(command) {
    return this.askQuestion(unplanned(this.interview.steps, command));
  }

  async #followUp({ follow_up: id, text }) {
    const { step, take } = this.#last;
    if ((await this.ask({ line: null, text, interviewer: step.interviewer }, { onward: "Start your answer", smaller: step.text })) === "end") {
      return "end";
    }
    return super.record(
      { ...step, line: null, text, aim: this.interview.aims.follow_up },
      { part: "follow_up", question: text, follow_up_of: take.id, asked: { follow_up: id, reason: "person", text, word: null } },
    );
  }

  /** A person decides about follow-ups. @returns {Promise<any>} */
  async followUp() {
    return "on";
  }

  #tell(state, text = "", question = null, take = null) {
    this.#person.report({ state, step: Math.min(this.progress.position, this.interview.steps.length - 1), text, question_id: question, take });
  }
}

/** A question that was not planned. It has the times of those that were. */
function unplanned(steps, { question_id: id, text, scenario = null }) {
  const planned = steps.find(({ kind }) => kind === "question");
  return { ...planned, line: null, question_id: id, text, scenario, aim: null, pause: null, repeat: false, drop: false, bell: false };
}

/** Step while the other person decides. Outcome: "end". */
function waitingStep(container, { place, begun }, done) {
  render(
    html`<section class="asking">
      ${place ? html`<p class="quiet">${place}</p>` : nothing} ${interviewerPicture({ interviewer: 0, speaking: false })}
      <h1 class="question asking-caption" tabindex="-1">${begun ? "Your interviewer is thinking." : "Your interviewer begins."}</h1>
      <p class="quiet">What comes next is chosen in the other window.</p>
      <div class="buttons preparation-buttons">
        <button class="button button-plain" type="button" @click=${() => done("end")}>End the interview here</button>
      </div>
    </section>`,
    container,
  );
}
