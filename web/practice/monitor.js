// What a person sees while they speak: how loud it is, as a bar whose words stand beside it, and the camera's picture.

import { LevelMeter } from "../recording/level-meter.js";

/** dB below full scale at the empty end of the bar: about what a quiet room gives. */
const FLOOR = -60;
/** Milliseconds between two words for those who listen. */
const WORDS_EVERY = 1000;

export class LevelBar {
  #meter;
  #frame = 0;
  #said = 0;

  /**
   * @param {MediaStream} stream
   * @param {(level: object) => void} onLevel told with each reading, for words beside the bar
   */
  constructor(stream, onLevel = () => {}) {
    this.#meter = new LevelMeter(stream);
    this.onLevel = onLevel;
    this.element = document.createElement("div");
    this.element.className = "level";
    this.element.setAttribute("role", "meter");
    this.element.setAttribute("aria-label", "Level of the microphone");
    this.element.setAttribute("aria-valuemin", "0");
    this.element.setAttribute("aria-valuemax", "100");
    this.now = document.createElement("div");
    this.now.className = "level-now";
    this.element.append(this.now);
    this.#read();
  }

  #read() {
    const level = this.#meter.read();
    const share = Math.min(1, Math.max(0, 1 - level.rms_db / FLOOR)) || 0;
    this.now.style.width = `${(share * 100).toFixed(1)}%`;
    this.element.classList.toggle("level-clipping", level.clipping);
    const now = performance.now();
    if (now - this.#said > WORDS_EVERY) {
      this.#said = now;
      this.element.setAttribute("aria-valuenow", String(Math.round(share * 100)));
      this.element.setAttribute("aria-valuetext", levelWords(level));
    }
    this.onLevel(level);
    this.#frame = requestAnimationFrame(() => this.#read());
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#meter.close();
  }
}

function levelWords({ rms_db: loudness, clipping }) {
  if (clipping) {
    return "too loud";
  }
  return loudness < -50 ? "quiet" : "sound arrives";
}

/** @param {MediaStream} stream @returns {HTMLVideoElement} */
export function selfView(stream) {
  const video = document.createElement("video");
  video.className = "self-view";
  // Their own voice would come back at them.
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.srcObject = stream;
  video.setAttribute("aria-label", "You, as the camera sees you");
  video.play().catch(() => {
    // A browser that waits for a press: the picture stands still until then.
  });
  return video;
}
