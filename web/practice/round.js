// One go, from the microphone to what becomes of the take: one question, or those of a mock interview.

import { Take } from "../recording/take.js";
import { InterviewerVoice } from "../interview/voice.js";
import { interviewName, interviewPlace } from "../format/practice.js";
import { afterwardsStep, ReflectionKeeper } from "./after-take.js";
import { breathsStep, preparationStep } from "./preparation.js";
import { QuestionNotes } from "./question-notes.js";
import { LEFT, MicrophoneOfRound } from "./round-microphone.js";
import { isSpoken, preferences } from "./preferences.js";
import { aimOf, longestSeconds, timesOf } from "./times.js";
import { recordingStep } from "./recording.js";

const QUIET = { quiet: true };

export class Round {
  #microphone;
  #voice;
  /** @type {any} */
  #take = null;
  #closed = false;
  /** Takes that were not discarded, with what the person thought of them. */
  #kept = [];

  /**
   * @param {import("./stage.js").Stage} stage
   * @param {{questions: object[], format: object, extension: number|null, camera: boolean, breaths: boolean}} plan
   */
  constructor(stage, plan) {
    this.stage = stage;
    this.plan = plan;
    this.#microphone = new MicrophoneOfRound(stage, plan);
    this.times = timesOf(plan.format, plan.extension);
    this.several = plan.questions.length > 1;
    // Also where questions are not said by themselves: the person may ask for each.
    this.#voice = new InterviewerVoice({ spoken: true, speed: preferences().speed });
    this.session = this.several ? interviewName(plan.format) : null;
  }

  /**
   * Go through it.
   * @returns {Promise<string|null>} the address of what came of it; null where the person went back
   */
  async run() {
    if (!preferences().checked && (await this.check("Continue to the question")) === LEFT) {
      return this.#end(null);
    }
    for (const number of this.plan.questions.keys()) {
      const outcome = await this.#question(number);
      if (outcome === LEFT || outcome === "end") {
        await this.#endEarly();
        break;
      }
    }
    return this.#end(await this.#address());
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
    this.#voice.close();
    if (take && ["recording", "paused"].includes(take.state)) {
      await take.leave();
    }
    this.#microphone.close();
  }

  async #question(number) {
    const question = this.plan.questions[number];
    const notes = new QuestionNotes(question);
    for (;;) {
      const begun = await this.#begin(question, number, notes);
      if (begun === LEFT) {
        return LEFT;
      }
      await this.stage.show(recordingStep, begun, QUIET);
      if (number === this.plan.questions.length - 1) {
        // The microphone is on only as long as it is needed.
        this.#microphone.closeAfter(begun.take.stop());
      }
      const outcome = await this.#afterwards(begun.take, number);
      if (outcome !== "again") {
        return outcome;
      }
    }
  }

  /** Breaths, preparation, and the moment when the recorder runs. */
  async #begin(question, number, notes) {
    const { format, breaths } = this.plan;
    const { preparation, answer: maximum } = this.times;
    const place = this.#place(number);
    // Without waiting: the microphone takes longer.
    this.#voice.prepare(question.id ? [question.id] : []);
    if ((await this.#microphone.open()) === LEFT) {
      return LEFT;
    }
    if (breaths) {
      await this.stage.show(breathsStep, {}, QUIET);
    }
    for (;;) {
      const context = {
        question,
        kind: format.preparation_kind,
        seconds: preparation,
        maximum,
        place,
        begun: number > 0,
        voice: this.#voice,
        aloud: isSpoken(preferences(), this.several),
        notes,
      };
      if ((await this.stage.show(preparationStep, context, QUIET)) === "back") {
        return LEFT;
      }
      // In the time to prepare the device may have gone.
      const capture = await this.#microphone.open();
      if (capture === LEFT) {
        return LEFT;
      }
      try {
        const take = new Take(capture, { ...this.#details(question), ...notes.forTake });
        await take.start();
        if (this.#closed) {
          // Left in the moment in which it began: there is nothing in it.
          await take.discard();
          return LEFT;
        }
        this.#take = take;
        return { take, capture, question, aim: aimOf(format, question), maximum, place, voice: this.#voice, notes: notes.atLens };
      } catch (error) {
        if ((await this.#microphone.failed(error)) === LEFT) {
          return LEFT;
        }
      }
    }
  }

  async #afterwards(take, number) {
    const reflection = new ReflectionKeeper();
    const last = number === this.plan.questions.length - 1;
    const next = last ? null : { words: "Next question", place: this.#place(number), seconds: this.times.pause };
    const retake = this.plan.format.retake && !this.several;
    const entry = { question: this.plan.questions[number].text, reflection };
    const asked = next ? [] : [...this.#entries, entry];
    const outcome = await this.stage.show(
      afterwardsStep,
      { take, retake, reflection, asked, over: this.several && last, next },
      QUIET,
    );
    if (take.state !== "discarded") {
      this.#kept.push({ take, ...entry });
    }
    return outcome;
  }

  /** Answers of this interview so far: of single questions each is asked about at once. */
  get #entries() {
    return this.several ? this.#kept.map(({ question, reflection }) => ({ question, reflection })) : [];
  }

  /** An interview that ended before its last question: how its answers felt. */
  async #endEarly() {
    const last = this.#kept.at(-1);
    if (this.several && last) {
      const { take, reflection } = last;
      await this.stage.show(afterwardsStep, { take, retake: false, reflection, asked: this.#entries, over: true, next: null }, QUIET);
    }
  }

  /** 'Question 2 of 5 · up to 11 min left' */
  #place(number) {
    const { length } = this.plan.questions;
    return this.several ? interviewPlace(number, length, longestSeconds(this.times, length - number)) : "";
  }

  #details(question) {
    const details = {
      question: question.text,
      format_id: this.plan.format.id,
      timing: { extension: this.plan.extension, preparation: this.times.preparation, maximum: this.times.answer },
    };
    if (question.id) {
      details.question_id = question.id;
    }
    if (this.session) {
      details.session = this.session;
    }
    return details;
  }

  /** Where to go with what was kept. */
  async #address() {
    const last = this.#kept.at(-1);
    if (!last) {
      return null;
    }
    await Promise.all(this.#kept.map(({ reflection }) => reflection.saved));
    const { answer } = last.take;
    if (!answer) {
      return "/answers";
    }
    return this.several && answer.session ? `/sessions/${answer.session.id}` : `/answers/${answer.id}`;
  }

  #end(address) {
    this.#voice.close();
    this.#microphone.release();
    this.#take = null;
    return address;
  }
}
