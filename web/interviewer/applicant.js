// What the applicant does at this moment, as their window told it last, and how far their recording has come.

import { clock } from "../format/time.js";

/** Seconds by which what was told may be old when it arrives: their window tells anew well within that. */
const MOST_LATENESS = 15;
/** Seconds without news while something is going on, after which this is said. */
const NO_NEWS_AFTER = 20;

const RECORDING = new Set(["recording", "paused"]);

const WORDS = {
  asking: "Ask this aloud now",
  preparing: "Preparing",
  waiting: "Waiting for you",
  over: "The interview is over",
};

export class Applicant {
  /** @type {any} */
  live = null;
  #arrived = 0;

  /** @param {object|null} live of the interview */
  take(live) {
    if (live?.at !== this.live?.at) {
      this.#arrived = performance.now();
    }
    this.live = live;
  }

  get isRecorded() {
    return RECORDING.has(this.live?.state);
  }

  /** Seconds of the recording. */
  get position() {
    const { live } = this;
    if (!live) {
      return 0;
    }
    return live.state === "recording" ? live.seconds + this.#age : live.seconds;
  }

  /** '0:42' */
  get clock() {
    return clock(this.position);
  }

  /** 'Answering' */
  get words() {
    const { live } = this;
    if (!live) {
      return "Not started yet";
    }
    if (live.state === "recording") {
      return "Answering";
    }
    return live.state === "paused" ? "Paused" : (WORDS[live.state] ?? "");
  }

  /** Whether their window should have told something by now: it may have been closed. */
  get isSilent() {
    return this.live?.state === "recording" && this.#age > NO_NEWS_AFTER;
  }

  /** Seconds since it was told. Both windows are on the machine of the service, so that there is one clock. */
  get #age() {
    const here = (performance.now() - this.#arrived) / 1000;
    const byClock = Date.now() / 1000 - this.live.at;
    return Math.min(Math.max(byClock, here), here + MOST_LATENESS);
  }
}
