// The microphone of one go: opened when it is needed, with everything that can be wrong told until it works.

import { RecordingError } from "../recording/errors.js";
import { openCapture } from "../recording/microphone.js";
import { checkStep } from "./check.js";
import { preferences, remember } from "./preferences.js";
import { askingStep, troubleStep } from "./stage.js";

/** Milliseconds in which a browser that was allowed before opens the microphone without asking. */
const QUICK_ENOUGH = 400;

/** What comes of a step where the person went back. */
export const LEFT = Symbol("the person went back");

export class MicrophoneOfRound {
  /** @type {any} */
  #capture = null;
  #closed = false;

  /**
   * @param {import("./stage.js").Stage} stage
   * @param {{camera: boolean}} plan whose camera is turned off where the person goes on without it
   */
  constructor(stage, plan) {
    this.stage = stage;
    this.plan = plan;
  }

  /**
   * The capture that is open, or a new one.
   * @returns {Promise<import("../recording/microphone.js").Capture|LEFT>}
   */
  async open() {
    while (!this.#capture) {
      try {
        const capture = await this.#ask();
        if (this.#closed) {
          capture.close();
          return LEFT;
        }
        this.#capture = capture;
        capture.onLost(() => {
          if (this.#capture === capture) {
            this.#capture = null;
          }
        });
      } catch (error) {
        if ((await this.failed(error)) === LEFT) {
          return LEFT;
        }
      }
    }
    return this.#capture;
  }

  /** Let the person hear and see whether they can be heard. Resolves to LEFT where they went back. */
  async check(onward) {
    for (;;) {
      const capture = await this.open();
      if (capture === LEFT) {
        return LEFT;
      }
      const outcome = await this.stage.show(checkStep, { capture, onward }, { words: "Microphone check." });
      if (outcome === "on") {
        return outcome;
      }
      this.release();
      if (outcome === "back" || (outcome.error && (await this.failed(outcome.error)) === LEFT)) {
        return LEFT;
      }
      if (outcome.microphone) {
        remember({ microphone: outcome.microphone });
      }
    }
  }

  /** Tell what is wrong before anything was recorded. Resolves to LEFT where the person does not try again. */
  async failed(error) {
    this.release();
    // Nothing was said yet that could be safe.
    const told = error.code === "device_lost" ? new RecordingError("no_microphone", { cause: error }) : error;
    const outcome = await this.stage.show(troubleStep, { error: told, camera: this.plan.camera });
    if (outcome === "without_camera") {
      this.plan.camera = false;
      remember({ camera: false });
    }
    return outcome === "back" ? LEFT : outcome;
  }

  /** Let go of the microphone when a take has all of its sound. */
  closeAfter(stopped) {
    const capture = this.#capture;
    this.#capture = null;
    stopped.catch(() => {}).finally(() => capture?.close());
  }

  release() {
    this.#capture?.close();
    this.#capture = null;
  }

  /** For good: what the browser grants after this is let go at once. */
  close() {
    this.#closed = true;
    this.release();
  }

  /** Ask the browser, and say that it asks where the person has to answer it. */
  async #ask() {
    const { camera } = this.plan;
    const opening = openCapture({ camera, deviceId: preferences().microphone ?? undefined });
    const settled = opening.then(() => true, () => true);
    const soon = new Promise((resolve) => setTimeout(resolve, QUICK_ENOUGH, false));
    if (!(await Promise.race([settled, soon]))) {
      this.stage.show(askingStep, { camera });
    }
    return opening;
  }
}
