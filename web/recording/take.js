// One take: recorded in one run, kept in this browser, sent while it is recorded, finished after its last second.

import { newId } from "../api.js";
import { personHere } from "../person.js";
import { RecordingError } from "./errors.js";
import { Backlog } from "./backlog.js";
import { Delivery } from "./delivery.js";
import { lockTake } from "./take-lock.js";
import { RecorderRun } from "./recorder-run.js";

/** States in which leaving the page could cost the last second, or time. */
const UNDER_WAY = new Set(["recording", "paused", "stopping", "stopped_early"]);

/** Fires "change" whenever something that can be read here has changed, `elapsed` apart. */
export class Take extends EventTarget {
  /** ready | recording | paused | stopping | finished | stopped_early (recorded so far, call `stop`) | discarded */
  state = "ready";
  /** It ended by itself, and not because `stop` was called. */
  endedEarly = false;
  #run;
  #backlog;
  #delivery;
  /** @type {any} */
  #ending = null;
  /** @type {any} */
  #silent = null;
  /** @type {any} */
  #finishing = null;
  /** Releases the lock of this take; null while this page has stopped trying. */
  /** @type {(() => void)|null} */
  #unlock = () => {};
  #leaving = new AbortController();

  /**
   * @param {import("./microphone.js").Capture} capture stays open: whoever opened it closes it
   * @param {object} details of the answer as `POST /api/answers` takes them, without `capture` and `source`
   * @throws {RecordingError} not_supported
   */
  constructor(capture, details) {
    super();
    this.id = newId();
    this.#run = new RecorderRun(capture);
    this.#backlog = new Backlog({
      id: this.id,
      person: personHere(),
      details: { ...details, capture: capture.granted, source: "recording" },
      startedAt: new Date().toISOString(),
      answerId: null,
      count: 0,
      acknowledged: 0,
      seconds: 0,
      pausedAt: [],
      notesSeconds: null,
      discarded: false,
    });
    this.#delivery = new Delivery(this.#backlog);
    this.#follow();
  }

  /** The service's answer as it was made, then as it was finished; null until the service could make it. */
  get answer() {
    return this.#delivery.answer;
  }

  /** Seconds recorded, without pauses. */
  get elapsed() {
    return this.#run.elapsed;
  }

  /** Seconds that the service surely has. */
  get stored() {
    return this.#backlog.stored;
  }

  /** Chunks that the service has not acknowledged. */
  get waiting() {
    return this.#backlog.waiting;
  }

  /** good | lost */
  get connection() {
    return this.#delivery.trouble?.code === "connection_lost" ? "lost" : "good";
  }

  /**
   * What there is to know just now, the most important only: why it ended, or, while the state is recording or paused,
   * what does not work though the recording goes on. Null where all is well.
   * @returns {RecordingError|null}
   */
  get error() {
    const ending = this.#delivery.refusal ?? this.#ending;
    if (ending || this.state === "finished") {
      return ending;
    }
    return this.#silent ?? this.#delivery.trouble ?? this.#backlog.trouble;
  }

  /**
   * Begin. Resolves when the recorder really runs, which is the moment of the cue. Nothing is waited for that could be
   * slow: not the service, not the browser's database.
   * @throws {RecordingError} device_lost, silent_track
   */
  async start() {
    const held = lockTake(this.id);
    try {
      await this.#run.start();
    } catch (error) {
      this.#run.stop();
      this.#end("discarded");
      throw error;
    }
    this.#backlog.row.startedAt = new Date().toISOString();
    this.#become("recording");
    this.#begin(held);
  }

  pause() {
    if (this.state === "recording") {
      this.#run.pause();
      this.#backlog.row.pausedAt = [...this.#run.pausedAt];
      this.#become("paused");
    }
  }

  resume() {
    if (this.state === "paused") {
      this.#run.resume();
      this.#become("recording");
    }
  }

  /** For how many seconds of the recording notes could be read so far. It is kept, and told, with the take. */
  notesShown(seconds) {
    this.#backlog.row.notesSeconds = seconds;
  }

  /**
   * Stop, send the rest and finish. A second call gives the same promise.
   * @returns {Promise<object>} the service's answer
   * @throws {RecordingError} connection_lost, service_busy, storage_full, quota_reached: it is kept here, and `retry` goes on.
   *   finished_elsewhere: another tab is doing it. answer_deleted, nothing_recorded: the take is over, and its state is discarded
   */
  stop() {
    if (this.state === "discarded") {
      return Promise.reject(this.error ?? new RecordingError("nothing_recorded"));
    }
    this.#finishing ??= this.#finish().catch((error) => {
      this.#finishing = null;
      // Until somebody tries again it is one of the unfinished, for any tab.
      this.#unlock?.();
      this.#unlock = null;
      throw error;
    });
    return this.#finishing;
  }

  /** Go on after `stop` was rejected. */
  retry() {
    return this.stop();
  }

  /** Stop, and have nothing of it kept, here or by the service. */
  async discard() {
    const over = this.state === "finished";
    this.#become("discarded");
    await this.#run.stop();
    await this.#delivery.discard();
    if (!over) {
      this.#end("discarded");
    }
  }

  /** Have nothing more to do with it in this page; what was kept is offered under unfinished recordings. */
  async leave() {
    await this.#run.stop();
    await this.#backlog.close();
    this.#delivery.close();
    this.#release();
  }

  async #finish() {
    this.#become("stopping");
    this.#unlock ??= await lockTake(this.id);
    if (!this.#unlock) {
      throw new RecordingError("finished_elsewhere");
    }
    try {
      await this.#run.stop();
      await this.#delivery.finish();
    } catch (error) {
      if (["answer_deleted", "nothing_recorded"].includes(error.code)) {
        await this.#giveUp();
      }
      throw error;
    }
    this.#end("finished");
    return this.answer;
  }

  async #begin(held) {
    // The lock first: a row without one is what another tab takes for left behind.
    this.#unlock = (await held) ?? this.#unlock;
    await this.#backlog.save();
    if (this.state !== "discarded") {
      this.#delivery.start();
    }
  }

  #follow() {
    const { signal } = this.#leaving;
    this.#run.addEventListener("chunk", (/** @type {any} */ { detail }) => this.#backlog.add(detail.blob, detail.seconds));
    this.#run.addEventListener("end", (/** @type {any} */ { detail }) => this.#ended(detail));
    this.#run.addEventListener("stall", () => this.#setSilent(new RecordingError("silent_track")));
    this.#run.addEventListener("flow", () => this.#setSilent(null));
    this.#backlog.addEventListener("full", () => this.#stopEarly(new RecordingError("memory_full")));
    this.#backlog.addEventListener("change", () => this.#changed());
    this.#delivery.addEventListener("change", () => this.#changed());
    this.#delivery.addEventListener("refused", () => this.#refused());
    for (const leaving of ["beforeunload", "greenroom:signed-out"]) {
      addEventListener(
        leaving,
        (event) => {
          if (UNDER_WAY.has(this.state)) {
            event.preventDefault();
          }
        },
        { signal },
      );
    }
  }

  /** The recorder has stopped; `error` says why, where nobody asked it to. */
  #ended(error) {
    if (error && ["recording", "paused"].includes(this.state)) {
      this.#ending ??= error;
      this.endedEarly = true;
      this.#become("stopped_early");
    }
  }

  async #stopEarly(error) {
    if (["recording", "paused"].includes(this.state)) {
      this.#ending ??= error;
      this.endedEarly = true;
      await this.#run.stop();
      this.#become("stopped_early");
    }
  }

  async #refused() {
    const { refusal } = this.#delivery;
    if (refusal.code === "answer_deleted" && this.state !== "stopping") {
      await this.#run.stop();
      await this.#giveUp();
    } else {
      await this.#stopEarly(refusal);
    }
  }

  /** There is nothing left to finish: neither is anything left here. */
  async #giveUp() {
    await this.#delivery.discard().catch(() => {
      // Nothing of it is kept in this browser either way, and there is nothing to delete.
    });
    this.#end("discarded");
  }

  #setSilent(error) {
    this.#silent = error;
    this.#changed();
  }

  #end(state) {
    this.#release();
    this.#become(state);
  }

  #release() {
    this.#leaving.abort();
    this.#unlock?.();
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
