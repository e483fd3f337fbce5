// A comment that is spoken: recorded here, a minute at most, small enough to be kept until it is sent.

import { RecordingError } from "../recording/errors.js";

/** Milliseconds. */
export const LONGEST_VOICE = 60_000;
/** Bits a second: speech is clear, and a minute has about 180 kB. */
const BIT_RATE = 24_000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export class VoiceComment {
  #recorder;
  #stream;
  #parts = [];
  #timer;
  #ended;

  /** @param {MediaStream} stream @param {() => void} onEnd called when the minute is over */
  constructor(stream, onEnd) {
    this.#stream = stream;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    this.#recorder = new MediaRecorder(stream, { ...(mimeType ? { mimeType } : {}), audioBitsPerSecond: BIT_RATE });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#parts.push(data));
    this.#ended = new Promise((resolve) => this.#recorder.addEventListener("stop", resolve, { once: true }));
    this.startedAt = performance.now();
    this.#timer = setTimeout(onEnd, LONGEST_VOICE);
    this.#recorder.start();
  }

  /** @param {() => void} onEnd @throws {RecordingError} the microphone may not be used, or there is none */
  static async start(onEnd) {
    if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === "undefined") {
      throw new RecordingError(window.isSecureContext ? "not_supported" : "insecure_page");
    }
    try {
      return new VoiceComment(await navigator.mediaDevices.getUserMedia({ audio: true }), onEnd);
    } catch (error) {
      throw new RecordingError(error.name === "NotAllowedError" ? "permission_refused" : "no_microphone");
    }
  }

  /** Seconds left. */
  get left() {
    return Math.max(0, Math.ceil((LONGEST_VOICE - (performance.now() - this.startedAt)) / 1000));
  }

  /** @returns {Promise<Blob>} what was said; its type without parameters, as the service takes it */
  async stop() {
    this.#release();
    await this.#ended;
    const [type] = this.#recorder.mimeType.split(";");
    return new Blob(this.#parts, { type: type || "audio/webm" });
  }

  discard() {
    this.#release();
  }

  #release() {
    clearTimeout(this.#timer);
    if (this.#recorder.state !== "inactive") {
      this.#recorder.stop();
    }
    this.#stream.getTracks().forEach((track) => track.stop());
  }
}
