// A voice of the browser itself, for questions that have no sound file. Only voices of this machine: others would
// send the text of the question away.

/** Milliseconds for the browser to list its voices, which some do only after they were asked. */
const LIST_PATIENCE = 500;
/** Milliseconds within which a voice that works begins. */
const START_PATIENCE = 3_000;
/** Seconds a character takes at most. Some browsers never tell that a voice has ended. */
const LONGEST_CHARACTER = 0.2;
const LONGEST_PAUSE = 5;

/** @type {Promise<SpeechSynthesisVoice|null>|null} */
let chosen = null;

/** An English voice of this machine, chosen once in a page; null where there is none. */
export function localVoice() {
  chosen ??= voices().then(englishVoice);
  return chosen;
}

/**
 * @param {SpeechSynthesisVoice[]} all
 * @returns {SpeechSynthesisVoice|null}
 */
export function englishVoice(all) {
  const english = all.filter(({ localService, lang }) => localService && /^en([-_]|$)/i.test(lang));
  return english.find((voice) => voice.default) ?? english[0] ?? null;
}

/** @returns {Promise<SpeechSynthesisVoice[]>} */
async function voices() {
  const synthesis = window.speechSynthesis;
  if (!synthesis) {
    return [];
  }
  if (synthesis.getVoices().length === 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, LIST_PATIENCE);
      synthesis.addEventListener("voiceschanged", resolve, { once: true });
    });
  }
  return synthesis.getVoices();
}

/**
 * Say a text. Resolves when it has ended.
 * @param {SpeechSynthesisVoice} voice
 * @param {string} text
 * @param {{speed: number, signal: AbortSignal, begin: () => void}} how `begin` is called when it is heard
 * @returns {Promise<boolean>} whether anything was heard
 */
export function sayWith(voice, text, { speed, signal, begin }) {
  return new Promise((resolve) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = speed;
    let heard = false;
    let timer = 0;
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(heard);
    };
    const stop = () => {
      window.speechSynthesis.cancel();
      end();
    };
    utterance.addEventListener("start", () => {
      heard = true;
      begin();
      clearTimeout(timer);
      timer = setTimeout(stop, ((text.length * LONGEST_CHARACTER) / speed + LONGEST_PAUSE) * 1000);
    });
    utterance.addEventListener("end", end);
    utterance.addEventListener("error", end);
    signal.addEventListener("abort", stop);
    timer = setTimeout(stop, START_PATIENCE);
    window.speechSynthesis.speak(utterance);
  });
}
