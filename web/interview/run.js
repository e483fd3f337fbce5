// One mock interview, from the greeting to the goodbye: what is asked aloud, what is recorded, what comes between.

import { RecordingError } from "../recording/errors.js";
import { Take } from "../recording/take.js";
import { afterwardsStep, ReflectionKeeper } from "../practice/after-take.js";
import { forTakeOfInterview } from "../practice/for-assignment.js";
import { breathsStep, preparationStep } from "../practice/preparation.js";
import { preferences } from "../practice/preferences.js";
import { QuestionNotes } from "../practice/question-notes.js";
import { recordingStep } from "../practice/recording.js";
import { LEFT, MicrophoneOfRound } from "../practice/round-microphone.js";
import { askingStep } from "./asking.js";
import { ringBell } from "./bell.js";
import { betweenStep, pauseStep } from "./between.js";
import { decideFollowUp } from "./follow-up.js";
import { askAgain, dropConnection } from "./interruptions.js";
import { Progress } from "./progress.js";
import { InterviewerVoice } from "./voice.js";

const QUIET = { quiet: true };
/** Milliseconds after which a take that could not be sent is sent again. */
const SEND_AGAIN = 3_000;
/** Milliseconds to read a word of thanks that is not said. */
const READING = 1_200;

export class InterviewRun {
  #microphone;
  /** @type {any} */
  #take = null;
  #closed = false;
  /** Takes that were not discarded, with what the person thought of them. */
  kept = [];
  voice;
  progress;

  /**
   * @param {import("../practice/stage.js").Stage} stage
   * @param {object} interview of the service
   * @param {{camera: boolean, breaths: boolean, contact?: any}} how
   */
  constructor(stage, interview, how) {
    this.stage = stage;
    this.interview = interview;
    this.how = how;
    this.#microphone = new MicrophoneOfRound(stage, how);
    this.voice = new InterviewerVoice(interview.choices);
    this.progress = new Progress(interview);
  }

  /**
   * Go through it, from where it was left.
   * @returns {Promise<string|null>} the address of what came of it; null where the person went back
   */
  async run() {
    const { steps } = this.interview;
    for (const who of [0, 1]) {
      this.voice.prepare(linesOf(steps.slice(this.progress.position).filter(({ interviewer }) => interviewer === who)), who);
    }
    if (!preferences().checked && (await this.check("Continue to the interview")) === LEFT) {
      return this.#end(null);
    }
    if (this.how.breaths) {
      await this.stage.show(breathsStep, {}, QUIET);
    }
    // Now, and not in the middle of the first question: the browser may have to ask the person.
    if ((await this.#microphone.open()) === LEFT) {
      return this.#end(null);
    }
    await this.lead();
    return this.#finish();
  }

  /** Everything from the first step to the last, or until the person ends it. */
  async lead() {
    while (this.progress.position < this.interview.steps.length) {
      const outcome = await this.take(this.interview.steps[this.progress.position]);
      if (outcome === LEFT || outcome === "end") {
        return;
      }
      this.progress.advance();
    }
  }

  /** One step of the plan. Resolves to LEFT or "end" where the interview is over with it. */
  take(step) {
    if (step.kind === "question") {
      return this.askQuestion(step);
    }
    return step.kind === "closing" ? this.#closing(step) : this.#say(step);
  }

  /** The microphone alone. Resolves to LEFT where the person went back. */
  check(onward) {
    return this.#microphone.check(onward);
  }

  /**
   * Leave whatever goes on. A take that runs is stopped, and offered under unfinished recordings.
   * @returns {Promise<void>} when it can be listed there
   */
  async close() {
    const take = this.#take;
    this.#closed = true;
    this.#take = null;
    this.voice.close();
    if (take && ["recording", "paused"].includes(take.state)) {
      await take.leave();
    }
    this.#microphone.close();
  }

  /** A greeting, a hand-over or the goodbye. */
  #say(step) {
    return this.ask(step, step.kind === "goodbye" ? { onward: "Go to the end", back: "" } : { onward: "Continue" });
  }

  async askQuestion(step) {
    if (step.pause && this.progress.recorded > 0) {
      const seconds = step.pause;
      if ((await this.stage.show(pauseStep, { place: this.progress.place(), seconds, station: step.bell }, QUIET)) === "end") {
        return "end";
      }
    }
    // What the person wrote down for it before is there, as it would be on the day.
    const notes = new QuestionNotes({ id: step.question_id });
    const reads = step.scenario !== null || step.bell;
    if (reads && (await this.#prepare(step, "read", notes)) === "end") {
      return "end";
    }
    const rung = step.bell ? ringBell() : null;
    if (step.drop && !this.#apologised && (await dropConnection(this, step)) === "end") {
      return "end";
    }
    const thinks = !reads && step.preparation !== null;
    if ((await this.ask(step, { onward: thinks ? "Think about it" : "Start your answer", rung })) === "end") {
      return "end";
    }
    await rung;
    if (thinks && (await this.#prepare(step, "prepare", notes)) === "end") {
      return "end";
    }
    const details = { part: "question", question: step.text, ...(step.question_id ? { question_id: step.question_id } : {}) };
    const take = await this.record(step, details, notes);
    if (take === LEFT || !take) {
      return LEFT;
    }
    const outcome = await (step.repeat ? this.repeat(step, take) : this.followUp(step, take));
    if (outcome === "on" && step.bell) {
      await this.thank(this.line(this.#isLast(step) ? "thank-you" : "station-end", step), ringBell());
    }
    return outcome;
  }

  /**
   * A word of thanks, with the next question on its way.
   * @param {{line: string, text: string, interviewer: number}} thanks
   * @param {Promise<void>|null} rung a bell that is heard before
   */
  thank(thanks, rung = null) {
    const said = async () => {
      await rung;
      if (!this.#closed && !(await this.voice.say(thanks)).spoken) {
        await new Promise((resolve) => setTimeout(resolve, READING));
      }
    };
    return this.#between(thanks, said());
  }

  #between(words, until) {
    return this.stage.show(betweenStep, { place: this.progress.place(), voice: this.voice, words, until }, QUIET);
  }

  /** Whether there is an answer in it, also one from before it was taken up again. */
  get begun() {
    return this.kept.length > 0 || this.interview.answers.length > 0;
  }

  #isLast(step) {
    return step === this.interview.steps.findLast(({ kind }) => kind === "question");
  }

  /** The connection has dropped in it already. */
  get #apologised() {
    return this.interview.answers.some(({ part }) => part === "apology");
  }

  /** 'Could you repeat that?' */
  repeat(step, take) {
    return askAgain(this, step, take);
  }

  /** @returns {Promise<any>} */
  async followUp(step, take) {
    for (let number = 0; number < step.most_follow_ups; number += 1) {
      const deciding = decideFollowUp(this.interview, take).then((chosen) => {
        // While the thanks are said.
        this.voice.prepare(chosen ? [`follow-up:${chosen.id}`] : [], step.interviewer);
        return chosen;
      });
      // A station ends with thanks of its own.
      const between = step.bell ? this.#between({ text: "One moment.", interviewer: step.interviewer }, deciding) : this.thank(this.line("thank-you", step));
      const [asked] = await Promise.all([deciding, between]);
      if (!asked) {
        return "on";
      }
      const asking = { line: `follow-up:${asked.id}`, text: asked.text, interviewer: step.interviewer };
      if ((await this.ask(asking, { onward: "Start your answer", caption: asked.caption, smaller: step.text })) === "end") {
        return "end";
      }
      const follow = await this.record(
        { ...step, line: asking.line, text: asked.caption, aim: asked.aim, answer: asked.answer },
        {
          part: "follow_up",
          question: asked.caption,
          follow_up_of: take.id,
          asked: { follow_up: asked.id, reason: asked.reason, text: asked.caption, word: asked.word },
        },
      );
      if (follow === LEFT) {
        return LEFT;
      }
    }
    return "on";
  }

  /** 'Do you have any questions for us?' */
  async #closing(step) {
    if ((await this.ask(step, { onward: "Ask your question" })) === "end") {
      return "end";
    }
    return (await this.record(step, { part: "closing", question: step.text })) === LEFT ? LEFT : "on";
  }

  /** A line that interviewers say besides the questions, by whoever asks this step. */
  line(id, { interviewer }) {
    return { line: `line:${id}`, text: this.interview.lines[id], interviewer };
  }

  /** Say something, and show it. Resolves when it was heard, or read, or the person goes on. */
  ask(asking, how) {
    return this.stage.show(
      askingStep,
      { voice: this.voice, asking, place: this.progress.place(), back: this.begun ? "End the interview here" : "Back", ...how },
      QUIET,
    );
  }

  async #prepare(step, kind, notes) {
    this.preparationBegan(step);
    const context = {
      question: { id: step.line, text: step.text, scenario: step.scenario },
      kind,
      seconds: step.preparation,
      maximum: step.answer,
      place: this.progress.place(),
      begun: this.begun,
      asks: kind === "read",
      hear: kind === "read" ? null : this.#hear(step),
      notes,
    };
    return (await this.stage.show(preparationStep, context, QUIET)) === "back" ? "end" : "on";
  }

  /** What the person can hear once more; null where nothing is said. @param {any} step without a `line` if it is only shown */
  #hear({ line, text, interviewer }) {
    return this.voice.spoken && line !== undefined ? { voice: this.voice, line: { line, text, interviewer } } : null;
  }

  /**
   * Record one answer.
   * @param {any} step
   * @param {object} details of the answer
   * @param {QuestionNotes|null} notes that can be read meanwhile
   * @returns {Promise<any>} the take; LEFT where the person went back
   */
  async record(step, details, /** @type {any} */ notes = null) {
    for (;;) {
      const capture = await this.#microphone.open();
      if (capture === LEFT) {
        return LEFT;
      }
      await this.voice.quiet();
      try {
        const take = new Take(capture, { ...this.#details(step, details), ...notes?.forTake });
        await take.start();
        if (this.#closed) {
          // Left in the moment in which it began: there is nothing in it.
          await take.discard();
          return LEFT;
        }
        this.#take = take;
        this.recordingBegan(step, take);
        const context = { take, capture, question: { text: step.text, scenario: step.scenario }, aim: step.aim, maximum: step.answer, place: this.progress.place(), hear: this.#hear(step), notes: notes?.atLens };
        await this.stage.show(recordingStep, context, QUIET);
        this.progress.answered(details.part);
        this.kept.push({ take, part: details.part, question: step.text, reflection: this.#keeperOf(take) });
        return take;
      } catch (error) {
        if (!(error instanceof RecordingError) || (await this.#microphone.failed(error)) === LEFT) {
          return LEFT;
        }
      }
    }
  }

  /** Told when the person is given time to read or to prepare. */
  preparationBegan(_step) {}

  /** Told when a take runs. */
  recordingBegan(_step, _take) {}

  #details(step, details) {
    const { id, choices, format } = this.interview;
    return {
      ...details,
      format_id: format.id,
      timing: { extension: choices.extension, preparation: step.preparation ?? null, maximum: step.answer ?? null },
      interview: id,
      ...forTakeOfInterview(id),
    };
  }

  /** How each answer felt, asked once, and where to go with what was kept. */
  async #finish() {
    this.#microphone.release();
    const ended = this.progress.end();
    const report = `/interviews/${this.interview.id}`;
    const there = this.kept.filter(({ take }) => take.state !== "discarded");
    // One that could not be sent comes first: the person can have it sent again.
    const last = there.find(({ take }) => take.state === "stopping") ?? there.at(-1) ?? this.kept.at(-1);
    if (!last) {
      await ended;
      return this.#end(this.begun ? report : null);
    }
    const { take, reflection } = last;
    const asked = there.filter(({ part }) => part === "question");
    const over = this.interview.steps.length > 1 ? "The interview is over." : "That was the drill.";
    await this.stage.show(afterwardsStep, { take, retake: false, reflection, asked, over }, QUIET);
    await Promise.all([ended, ...there.map((kept) => kept.reflection.saved)]);
    return this.#end(there.some((kept) => kept.take.answer) || this.interview.answers.length > 0 ? report : "/answers");
  }

  /** What the person will think of a take, put with its answer once the service has it. */
  #keeperOf(take) {
    const keeper = new ReflectionKeeper();
    const send = () =>
      take.stop().then(
        (answer) => keeper.to(answer.id),
        () => {
          // Kept in this browser. It is sent as soon as the service is back: nobody else asks for it before the end.
          if (take.state === "stopping" && !this.#closed) {
            setTimeout(send, SEND_AGAIN);
          }
        },
      );
    send();
    return keeper;
  }

  #end(address) {
    this.#microphone.release();
    this.voice.close();
    this.#take = null;
    return address;
  }
}

/** The lines that are certain to be said. */
function linesOf(steps) {
  const besides = ({ most_follow_ups: most, repeat, drop, bell }) => [
    ...(most > 0 || repeat ? ["thank-you"] : []),
    ...(repeat ? ["repeat-request"] : []),
    ...(drop ? ["connection-back", "connection-thanks"] : []),
    ...(bell ? ["station-end"] : []),
  ];
  return steps.flatMap((step) => [step.line, ...besides(step).map((id) => `line:${id}`)]).filter(Boolean);
}
