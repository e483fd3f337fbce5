// The sound files of what interviewers say, fetched ahead so that they can be heard at once.

const FOLDER = "/static/speech/";
/** What all files are. Browsers that cannot play it say so before anything is fetched. */
const MEDIA_TYPE = "audio/ogg; codecs=opus";
/** Milliseconds for a fetched file to become ready. Some browsers read none before it is to be played: then it is. */
const READY_PATIENCE = 1_000;

/**
 * @typedef {{file: string, seconds: number, sha256: string}} SpeechFile
 * @typedef {{
 *   voices: {id: string, interviewer: number}[],
 *   lines: Record<string, {text: string, files: Record<string, SpeechFile>}>,
 * }} Manifest
 */

/** @type {Promise<Manifest>|null} */
let manifest = null;

/** What there is to hear; asked for once in a page. */
function loadManifest() {
  manifest ??= fetch(`${FOLDER}manifest.json`)
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`Manifest: ${response.status}`))))
    .catch((error) => {
      // The next one who asks may have more luck.
      manifest = null;
      throw error;
    });
  return manifest;
}

/**
 * The file of a line in the voice of an interviewer.
 * @param {Manifest} manifest
 * @param {string} line id
 * @param {number|null} interviewer 0 or 1; null where either will do: lines are then shared out between both
 * @returns {SpeechFile|null}
 */
export function speechFile({ voices, lines }, line, interviewer) {
  const spoken = Object.hasOwn(lines, line) ? lines[line] : null;
  if (!spoken) {
    return null;
  }
  const voice = voices.find((each) => each.interviewer === (interviewer ?? shared(line, voices.length)));
  return spoken.files[voice?.id ?? ""] ?? Object.values(spoken.files)[0] ?? null;
}

/** One of so many, always the same for the same line. */
function shared(line, count) {
  let sum = 0;
  for (const character of line) {
    sum = (31 * sum + (character.codePointAt(0) ?? 0)) % 65_521;
  }
  return sum % count;
}

/** Sounds that are ready to be played, by file. Close it to free them. */
export class SpeechFiles {
  /** @type {Map<string, Promise<HTMLAudioElement>>} */
  #sounds = new Map();

  /**
   * Have the sound of a line ready.
   * @param {string} line
   * @param {number|null} interviewer who will say it; null: whoever, so in all voices
   */
  async prepare(line, interviewer) {
    const interviewers = interviewer === null ? [0, 1] : [interviewer];
    await Promise.all(interviewers.map((each) => this.sound(line, each)));
  }

  /**
   * The sound of a line, ready; null where there is none, or where this browser cannot play it.
   * @param {string} line
   * @param {number|null} interviewer
   * @returns {Promise<{audio: HTMLAudioElement, seconds: number}|null>}
   */
  async sound(line, interviewer) {
    if (new Audio().canPlayType(MEDIA_TYPE) === "") {
      return null;
    }
    try {
      const file = speechFile(await loadManifest(), line, interviewer);
      return file && { audio: await this.#load(file), seconds: file.seconds };
    } catch {
      // Without a connection to the service there is the text.
      return null;
    }
  }

  close() {
    for (const sound of this.#sounds.values()) {
      sound.then(({ src }) => URL.revokeObjectURL(src)).catch(() => {});
    }
    this.#sounds.clear();
  }

  #load({ file, sha256 }) {
    let sound = this.#sounds.get(file);
    if (!sound) {
      sound = load(`${FOLDER}${file}?${sha256.slice(0, 16)}`);
      this.#sounds.set(file, sound);
      sound.catch(() => this.#sounds.delete(file));
    }
    return sound;
  }
}

/** @param {string} address @returns {Promise<HTMLAudioElement>} */
async function load(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address}: ${response.status}`);
  }
  const audio = new Audio(URL.createObjectURL(await response.blob()));
  audio.preload = "auto";
  await new Promise((resolve, reject) => {
    setTimeout(resolve, READY_PATIENCE);
    audio.addEventListener("canplaythrough", resolve, { once: true });
    audio.addEventListener("error", () => reject(audio.error), { once: true });
  });
  return audio;
}
