// The voice of an interviewer: it says a line while its text is shown, and tells when it has ended.

import { localVoice, sayWith } from "./browser-voice.js";
import { SpeechFiles } from "./speech-files.js";

/** Seconds after a sound's end in which a room and a wireless loudspeaker may still bring it to the microphone. */
const ECHO_SECONDS = 0.3;

/** Milliseconds to wait for a sound that was not fetched ahead; the text is there meanwhile. */
const SOUND_PATIENCE = 3_000;

/** Seconds beyond a file's own after which it counts as ended: a loudspeaker that is gone may never tell. */
const END_PATIENCE = 2;

/**
 * What is to be said.
 * @typedef {object} Line
 * @property {string|null} line its id; null for the person's own question, which a voice of this machine says, if there is one
 * @property {string} text as it is shown
 * @property {number|null} [interviewer] 0 or 1; null or missing: either
 */

/**
 * What became of a line.
 * @typedef {object} Said
 * @property {number} started time of `performance.now()` at which it began to be heard, milliseconds
 * @property {number} ended and at which it ended
 * @property {boolean} spoken whether anything was heard; the text is all there is where not
 * @property {"off"|"no_voice"|"not_allowed"|"stopped"|null} code why it was not heard to its end. `not_allowed`: the
 *   browser plays nothing before the person has clicked or pressed a key in this page
 */

/** Fires "change" when it begins or ends to speak. */
export class InterviewerVoice extends EventTarget {
  #files = new SpeechFiles();
  /** @type {AbortController|null} */
  #saying = null;
  #lastHeard = -Infinity;
  /** Settles when everything that was begun has ended. */
  #ended = Promise.resolve();

  /** @param {{spoken: boolean, speed: number}} how `spoken`: false says nothing; `speed`: 1, or slower, as 0.9 */
  constructor({ spoken, speed }) {
    super();
    this.spoken = spoken;
    this.speed = speed;
  }

  /** Whether a line is being said. */
  get speaking() {
    return this.#saying !== null;
  }

  /**
   * Have lines ready, so that they are heard as soon as they are to be said.
   * @param {string[]} lines ids
   * @param {number|null} interviewer who will say them; null: either of the two
   */
  async prepare(lines, interviewer = null) {
    if (this.spoken) {
      await Promise.all(lines.map((line) => this.#files.prepare(line, interviewer)));
    }
  }

  /**
   * Say a line, after another one that is being said was stopped. Show the text meanwhile. Never rejects.
   * @param {Line} what
   * @returns {Promise<Said>} when the sound has ended
   */
  say({ line, text, interviewer = null }) {
    this.stop();
    if (!this.spoken) {
      return Promise.resolve(unheard("off"));
    }
    const saying = new AbortController();
    this.#saying = saying;
    this.dispatchEvent(new Event("change"));
    const said = this.#say(line, text, interviewer, saying.signal).then((became) => this.#end(saying, became));
    this.#ended = Promise.all([this.#ended, said]).then(() => {});
    return said;
  }

  /** Resolves when what is being said has ended, and can reach the microphone no more. */
  async quiet() {
    await this.#ended;
    const left = this.#lastHeard + ECHO_SECONDS * 1000 - performance.now();
    if (left > 0) {
      await new Promise((resolve) => setTimeout(resolve, left));
    }
  }

  /** End what is being said. */
  stop() {
    this.#saying?.abort();
  }

  /** Stop, and free what was prepared. */
  close() {
    this.stop();
    this.#files.close();
  }

  /** @returns {Said} */
  #end(saying, said) {
    const { aborted } = saying.signal;
    // What was stopped in the moment in which it began may have been heard.
    if (said.spoken || aborted) {
      this.#lastHeard = said.ended;
    }
    if (this.#saying === saying) {
      this.#saying = null;
      this.dispatchEvent(new Event("change"));
    }
    return aborted ? { ...said, code: "stopped" } : said;
  }

  /** @returns {Promise<Said>} */
  async #say(line, text, interviewer, signal) {
    const sound = line === null ? null : await inTime(this.#files.sound(line, interviewer), signal);
    if (signal.aborted) {
      return unheard("stopped");
    }
    return sound ? play(sound, this.speed, signal) : this.#sayByBrowser(text, signal);
  }

  /** @returns {Promise<Said>} */
  async #sayByBrowser(text, signal) {
    const voice = await localVoice();
    if (!voice || signal.aborted) {
      return unheard("no_voice");
    }
    let started = 0;
    const begin = () => (started = performance.now());
    const heard = await sayWith(voice, text, { speed: this.speed, signal, begin });
    return heard ? { started, ended: performance.now(), spoken: true, code: null } : unheard("no_voice");
  }
}

/** @param {Said["code"]} code @returns {Said} */
function unheard(code) {
  const now = performance.now();
  return { started: now, ended: now, spoken: false, code };
}

/**
 * A sound, if it is there soon enough and the person still wants it; else null.
 * @template T
 * @param {Promise<T>} sound
 * @param {AbortSignal} signal
 * @returns {Promise<T|null>}
 */
function inTime(sound, signal) {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(null), SOUND_PATIENCE);
    signal.addEventListener("abort", () => resolve(null));
    sound.then(resolve).finally(() => clearTimeout(late));
  });
}

/** @returns {Promise<Said>} */
async function play({ audio, seconds }, speed, signal) {
  audio.currentTime = 0;
  audio.preservesPitch = true;
  audio.playbackRate = speed;
  const ended = new Promise((resolve) => {
    audio.addEventListener("ended", resolve, { once: true });
    audio.addEventListener("error", resolve, { once: true });
    signal.addEventListener("abort", () => {
      audio.pause();
      resolve(null);
    });
  });
  try {
    await audio.play();
  } catch (error) {
    return unheard(error.name === "NotAllowedError" ? "not_allowed" : "no_voice");
  }
  const started = performance.now();
  let late = 0;
  await Promise.race([ended, new Promise((resolve) => (late = setTimeout(resolve, (seconds / speed + END_PATIENCE) * 1000)))]);
  clearTimeout(late);
  audio.pause();
  return { started, ended: performance.now(), spoken: true, code: null };
}
