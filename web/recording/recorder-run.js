// One run of the browser's recorder: a stream has one, from its start to its stop, and every run is a file of its own.

import { RecordingError } from "./errors.js";
import { mediaType } from "./microphone.js";

/** Milliseconds of sound in a chunk: what a crash may cost. */
const TIMESLICE = 1_000;

/** Bits a second. Opus is transparent for one voice well below this; the default would be a third more. */
const SOUND_RATE = 96_000;
/** Bits a second. A face at 640 x 480; the default would be two and a half times that. */
const PICTURE_RATE = 1_000_000;

/** Milliseconds. A device that works starts in a tenth of a second; a Bluetooth one in two. */
const START_PATIENCE = 10_000;

/** Seconds without a chunk, while recording, after which no sound seems to come. */
const CHUNK_PATIENCE = 5;

/**
 * Events: "chunk" (detail {blob, seconds} recorded up to here), "end" (the recorder has stopped and its last chunk was
 * told; detail: the RecordingError where it was not asked to, or null), "stall" and "flow" (no sound comes, or again).
 */
export class RecorderRun extends EventTarget {
  /** Seconds of the recording at which it was paused. */
  pausedAt = [];
  #recorder;
  #capture;
  #asked = false;
  /** @type {any} */
  #failure = null;
  /** @type {any} */
  #started = null;
  #running = false;
  #ended;
  #recorded = 0;
  /** @type {number|null} */
  #since = null;
  #lastChunk = 0;
  #stalled = false;
  #closing = new AbortController();

  /** @param {import("./microphone.js").Capture} capture */
  constructor(capture) {
    super();
    this.#capture = capture;
    const type = mediaType(capture.hasPicture);
    if (!type) {
      throw new RecordingError("not_supported");
    }
    this.#recorder = new MediaRecorder(capture.stream, {
      mimeType: type,
      audioBitsPerSecond: SOUND_RATE,
      videoBitsPerSecond: PICTURE_RATE,
    });
    const { signal } = this.#closing;
    this.#ended = new Promise((resolve) => this.#recorder.addEventListener("stop", resolve, { once: true }));
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#take(data));
    this.#recorder.addEventListener("error", (event) => this.#fail(new RecordingError("recorder_stopped", { cause: event.error })));
    this.#recorder.addEventListener("stop", () => this.#end(), { once: true });
    capture.track.addEventListener("mute", () => this.#stall(), { signal });
    capture.track.addEventListener("unmute", () => this.#flow(), { signal });
    signal.addEventListener("abort", capture.onLost(() => this.#fail(new RecordingError("device_lost"))));
  }

  /** Seconds recorded, without pauses. */
  get elapsed() {
    return this.#recorded + (this.#since === null ? 0 : (performance.now() - this.#since) / 1000);
  }

  /** @returns {Promise<void>} resolves when the recorder really runs */
  start() {
    this.#started ??= new Promise((/** @type {(value?: void) => void} */ resolve, reject) => {
      const late = setTimeout(() => reject(new RecordingError("silent_track")), START_PATIENCE);
      this.#recorder.addEventListener(
        "start",
        () => {
          clearTimeout(late);
          this.#since = performance.now();
          this.#lastChunk = this.#since;
          const watch = setInterval(() => this.#watch(), TIMESLICE);
          this.#closing.signal.addEventListener("abort", () => clearInterval(watch));
          if (this.#capture.muted) {
            this.#stall();
          }
          resolve();
        },
        { once: true },
      );
      try {
        if (this.#failure) {
          throw this.#failure;
        }
        this.#recorder.start(TIMESLICE);
        this.#running = true;
      } catch (error) {
        clearTimeout(late);
        // The microphone went away between the check and now.
        reject(new RecordingError("device_lost", { cause: error }));
      }
    });
    return this.#started;
  }

  pause() {
    if (this.#recorder.state === "recording") {
      this.pausedAt.push(Math.round(this.elapsed * 1000) / 1000);
      this.#halt();
      this.#recorder.pause();
      // No chunk would come before the person goes on: what was said until now would wait in the browser.
      this.#recorder.requestData();
    }
  }

  resume() {
    if (this.#recorder.state === "paused") {
      this.#recorder.resume();
      this.#since = performance.now();
      this.#lastChunk = this.#since;
    }
  }

  /** Resolves when the last chunk was told. */
  async stop() {
    this.#asked = true;
    // A recorder that is stopped before it runs has recorded nothing.
    await this.#started?.catch(() => {});
    this.#halt();
    if (this.#recorder.state !== "inactive") {
      this.#recorder.stop();
    }
    if (this.#running) {
      await this.#ended;
    } else {
      this.#closing.abort();
    }
  }

  #halt() {
    this.#recorded = this.elapsed;
    this.#since = null;
  }

  #take(blob) {
    this.#lastChunk = performance.now();
    this.#flow();
    // After a pause or a stop that came quickly there may be nothing in it.
    if (blob.size > 0) {
      this.dispatchEvent(new CustomEvent("chunk", { detail: { blob, seconds: this.elapsed } }));
    }
  }

  #fail(error) {
    this.#failure ??= error;
    this.#halt();
    // The recorder may have stopped already, and its last chunk be on the way.
    if (this.#recorder.state !== "inactive") {
      this.#recorder.stop();
    }
  }

  #end() {
    this.#halt();
    this.#closing.abort();
    // Tracks that end take the recorder with them, sometimes before anything else is told.
    const error = this.#asked ? null : (this.#failure ?? new RecordingError("device_lost"));
    this.dispatchEvent(new CustomEvent("end", { detail: error }));
  }

  #watch() {
    const waited = (performance.now() - this.#lastChunk) / 1000;
    if (this.#recorder.state === "recording" && waited > CHUNK_PATIENCE) {
      this.#stall();
    }
  }

  #stall() {
    if (!this.#stalled) {
      this.#stalled = true;
      this.dispatchEvent(new Event("stall"));
    }
  }

  #flow() {
    if (this.#stalled && !this.#capture.muted) {
      this.#stalled = false;
      this.dispatchEvent(new Event("flow"));
    }
  }
}
