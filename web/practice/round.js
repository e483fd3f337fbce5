// One go at one question, from the microphone to what becomes of the take. Interviews are in interview/run.js.

import { Take } from "../recording/take.js";
import { InterviewerVoice } from "../interview/voice.js";
import { afterwardsStep, ReflectionKeeper } from "./after-take.js";
import { breathsStep, preparationStep } from "./preparation.js";
import { QuestionNotes } from "./question-notes.js";
import { LEFT, MicrophoneOfRound } from "./round-microphone.js";
import { isSpoken, preferences } from "./preferences.js";
import { aimOf, timesOf } from "./times.js";
import { recordingStep } from "./recording.js";

const QUIET = { quiet: true };

export class Round {
  #microphone;
  #voice;
  /** @type {any} */
  #take = null;
  #closed = false;
  /** The last take that was not discarded, with what the person thought of it. */
  /** @type {any} */
  #kept = null;

  /**
   * @param {import("./stage.js").Stage} stage
   * @param {{question: object, format: object, extension: number|null, camera: boolean, breaths: boolean,
   *   practisedFor: import("./practised-for.js").PractisedFor, forAssignment?: import("./for-assignment.js").ForAssignment|null}} plan
   */
  constructor(stage, plan) {
    this.stage = stage;
    this.plan = plan;
    this.#microphone = new MicrophoneOfRound(stage, plan);
    this.times = timesOf(plan.format, plan.extension);
    // Also where questions are not said by themselves: the person may ask for each.
    this.#voice = new InterviewerVoice({ spoken: true, speed: preferences().speed });
  }

  /**
   * Go through it.
   * @returns {Promise<string|null>} the address of what came of it; null where the person went back
   */
  async run() {
    if (!preferences().checked && (await this.check("Continue to the question")) === LEFT) {
      return this.#end(null);
    }
    await this.#question();
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

  async #question() {
    const notes = new QuestionNotes(this.plan.question);
    for (;;) {
      const begun = await this.#begin(notes);
      if (begun === LEFT) {
        return;
      }
      await this.stage.show(recordingStep, begun, QUIET);
      // The microphone is on only as long as it is needed.
      this.#microphone.closeAfter(begun.take.stop());
      if ((await this.#afterwards(begun.take)) !== "again") {
        return;
      }
    }
  }

  /** Breaths, preparation, and the moment when the recorder runs. */
  async #begin(notes) {
    const { question, format, breaths } = this.plan;
    const { preparation, answer: maximum } = this.times;
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
        place: "",
        begun: false,
        hear: this.#hear(question),
        aloud: isSpoken(preferences(), false),
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
        return { take, capture, question, aim: aimOf(format, question), maximum, place: "", hear: this.#hear(question), notes: notes.atLens };
      } catch (error) {
        if ((await this.#microphone.failed(error)) === LEFT) {
          return LEFT;
        }
      }
    }
  }

  #hear(question) {
    return { voice: this.#voice, line: { line: question.id, text: question.text } };
  }

  async #afterwards(take) {
    const { question, format } = this.plan;
    const reflection = new ReflectionKeeper();
    const asked = [{ question: question.text, reflection }];
    const outcome = await this.stage.show(afterwardsStep, { take, retake: format.retake, reflection, asked }, QUIET);
    if (take.state !== "discarded") {
      this.#kept = { take, reflection };
    }
    return outcome;
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
    return { ...details, ...this.plan.practisedFor.forTake(question), ...this.plan.forAssignment?.forTake(question) };
  }

  /** Where to go with what was kept. */
  async #address() {
    if (!this.#kept) {
      return null;
    }
    const { take, reflection } = this.#kept;
    await reflection.saved;
    return take.answer ? `/answers/${take.answer.id}` : "/answers";
  }

  #end(address) {
    this.#voice.close();
    this.#microphone.release();
    this.#take = null;
    return address;
  }
}
