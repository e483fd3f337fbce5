// Three seconds of speech before the recording: can it be heard well? Levels are dB relative to full scale.
//
// The sound is not stored: it is advice for the moment. Its figures go to the set-up check. The limits are those of the analysis
// (analysis/signal/quality.py), so that what is called good here is not called hard to hear in the report.

import { RecordingError } from "./errors.js";
import { clippedSamples, contextFor, decibels, isSilent, levels, SILENCE_DB } from "./level-meter.js";
import { mediaType } from "./microphone.js";

/** dB. Speech under it is recorded too quietly: QUIET_SPEECH. */
const QUIET_SPEECH = -45;
/** dB between speech and noise. Below it clearly more pauses are missed: GOOD_SIGNAL_TO_NOISE. */
const GOOD_SIGNAL_TO_NOISE = 20;
/** Share of samples in flat tops from which it is heard: CLIPPING_AUDIBLE, 0.1 %. */
const AUDIBLE_CLIPPING = 0.001;

/**
 * Shares of frames, ordered by level: the noise between words, and speech. With them none of 373 stretches of 3 s of the
 * samples counts as noisy, and 30 of 32 of two recordings with 9 and 15 dB between speech and noise do.
 */
const NOISE_SHARE = 0.05;
const SPEECH_SHARE = 0.8;

/** Seconds of a frame: two periods of a low voice. */
const FRAME = 0.02;
/** Hz. Hum and rumble below any voice do not count as noise. */
const HIGH_PASS = 80;
/** Samples that are looked back at: 0.7 s at 48 kHz, far more than lies between two looks. */
const WINDOW = 32_768;
/** Milliseconds between two looks. */
const LOOK = 50;

/** Every sample of a stream, and the same without hum, from now on. */
class Listener {
  #context;
  #analysers;
  /** @type {[Float32Array[], Float32Array[]]} */
  #samples = [[], []];
  #upTo;

  constructor(stream) {
    this.#context = contextFor(stream);
    const source = this.#context.createMediaStreamSource(stream);
    const raw = new AnalyserNode(this.#context, { fftSize: WINDOW });
    const filtered = new AnalyserNode(this.#context, { fftSize: WINDOW });
    source.connect(raw);
    source.connect(new BiquadFilterNode(this.#context, { type: "highpass", frequency: HIGH_PASS })).connect(filtered);
    this.#analysers = [raw, filtered];
    this.#context.resume();
    this.#upTo = this.#context.currentTime;
  }

  get rate() {
    return this.#context.sampleRate;
  }

  /** Take in what came since the last look; returns the newest of it. */
  look() {
    const now = this.#context.currentTime;
    const fresh = Math.min(WINDOW, Math.round((now - this.#upTo) * this.rate));
    this.#upTo = now;
    this.#analysers.forEach((analyser, index) => {
      const window = new Float32Array(WINDOW);
      analyser.getFloatTimeDomainData(window);
      this.#samples[index].push(window.subarray(WINDOW - fresh));
    });
    return this.#samples[0].at(-1);
  }

  /** [as they came, without hum] */
  all() {
    return this.#samples.map(joined);
  }

  close() {
    this.#context.close();
  }
}

function joined(pieces) {
  const whole = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** RMS level of each 20 ms, sorted from quiet to loud. */
function sortedFrameLevels(samples, rate) {
  const length = Math.round(FRAME * rate);
  const found = [];
  for (let start = 0; start + length <= samples.length; start += length) {
    let power = 0;
    for (let at = start; at < start + length; at += 1) {
      power += samples[at] ** 2;
    }
    found.push(decibels(Math.sqrt(power / length)));
  }
  return found.sort((one, other) => one - other);
}

/**
 * The figures of a stretch of sound, as the set-up check of the service takes them.
 * @param {Float32Array} raw samples within [-1, 1]
 * @param {Float32Array} filtered the same without what lies below 80 Hz
 * @param {number} rate Hz
 * @returns {{speech: number, noise: number, peak: number, clipped: number}} dB, and a share of samples
 */
export function measureSound(raw, filtered, rate) {
  const ordered = sortedFrameLevels(filtered, rate);
  const at = (share) => ordered[Math.floor(share * (ordered.length - 1))] ?? SILENCE_DB;
  return {
    speech: at(SPEECH_SHARE),
    noise: at(NOISE_SHARE),
    peak: ordered.length === 0 ? SILENCE_DB : levels(raw).peak_db,
    clipped: clippedSamples(raw) / Math.max(1, raw.length),
  };
}

/**
 * What to say of a stretch of sound.
 * @param {Float32Array} raw samples within [-1, 1]
 * @param {Float32Array} filtered the same without what lies below 80 Hz
 * @param {number} rate Hz
 * @returns {"good"|"silent"|"too_quiet"|"clipping"|"noisy_room"}
 */
export function judgeSound(raw, filtered, rate) {
  return judgeFigures(measureSound(raw, filtered, rate));
}

function judgeFigures({ speech, noise, peak, clipped }) {
  if (isSilent(peak)) {
    return "silent";
  }
  if (clipped >= AUDIBLE_CLIPPING) {
    return "clipping";
  }
  if (speech < QUIET_SPEECH) {
    return "too_quiet";
  }
  return speech - noise < GOOD_SIGNAL_TO_NOISE ? "noisy_room" : "good";
}

/**
 * Listen for a few seconds, while the person says something.
 * @param {import("./microphone.js").Capture} capture
 * @param {{seconds?: number, onLevel?: (level: {rms_db: number, peak_db: number}) => void}} [options]
 * @returns {Promise<{verdict: string, figures: object, url: string, release: () => void}>} `url` plays what was heard,
 *   until `release`
 * @throws {RecordingError} device_lost
 */
export async function checkMicrophone(capture, { seconds = 3, onLevel = () => {} } = {}) {
  const recorder = new MediaRecorder(new MediaStream([capture.track]), { mimeType: mediaType(false) ?? "" });
  const chunks = [];
  recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }));
  const listener = new Listener(capture.stream);
  try {
    recorder.start();
    await listenFor(seconds, capture, () => onLevel(levels(listener.look())));
    recorder.stop();
    await stopped;
    const url = URL.createObjectURL(new Blob(chunks, { type: recorder.mimeType }));
    const [raw, filtered] = listener.all();
    const figures = measureSound(raw, filtered, listener.rate);
    return { verdict: judgeFigures(figures), figures, url, release: () => URL.revokeObjectURL(url) };
  } catch (error) {
    throw error instanceof RecordingError ? error : new RecordingError("device_lost", { cause: error });
  } finally {
    listener.close();
  }
}

function listenFor(seconds, capture, look) {
  return new Promise((resolve, reject) => {
    const until = performance.now() + seconds * 1000;
    const settle = (outcome, value) => {
      clearInterval(timer);
      stopListening();
      outcome(value);
    };
    const timer = setInterval(() => {
      look();
      if (performance.now() >= until) {
        settle(resolve);
      }
    }, LOOK);
    const stopListening = capture.onLost(() => settle(reject, new RecordingError("device_lost")));
  });
}
