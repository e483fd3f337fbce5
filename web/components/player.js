// The player of an answer: one per report, through which everything plays or follows the sound, and its controls.

import { clock, spokenTime } from "../format/time.js";
import { html, nothing, render } from "../templating.js";
import { pauseIcon, playIcon } from "./icons.js";

/** Seconds that a moment is played from before it starts, so that one hears where it comes from. */
const LEAD_IN = 1;
/** Seconds before a remark: whoever makes one has first heard what it is about. */
const LEAD_IN_OF_REMARK = 2;
/** Seconds. A loop that ends this near to the end of the sound is heard to its end. */
const END_OF_SOUND = 0.1;

/** Events: `time` (the position moved), `state` (playing or not, or it cannot be played), `loop` (another stretch, or none). */
export class Player extends EventTarget {
  #frame = 0;
  /** @type {{start: number, end: number}|null} */
  #loop = null;
  /** Seconds at which the sound was when it was last looked at. */
  #before = 0;

  /**
   * @param {string} url
   * @param {number} duration seconds, for files whose header does not say
   * @param {boolean} hasPicture
   */
  constructor(url, duration, hasPicture = false) {
    super();
    this.fallbackDuration = duration;
    this.hasPicture = Boolean(hasPicture);
    this.broken = false;
    this.element = document.createElement(hasPicture ? "video" : "audio");
    if (hasPicture) {
      this.element.className = "report-picture";
      this.element.setAttribute("playsinline", "");
      this.element.setAttribute("aria-label", "The recording's picture");
    }
    this.element.preload = "metadata";
    this.element.src = url;
    for (const name of ["play", "pause", "loadedmetadata", "ratechange"]) {
      this.element.addEventListener(name, () => this.#stateChanged());
    }
    this.element.addEventListener("ended", () => {
      if (this.#loop && this.#loop.end >= this.duration - END_OF_SOUND) {
        this.playFrom(this.#loop.start);
      }
      this.#stateChanged();
    });
    for (const name of ["seeking", "seeked"]) {
      this.element.addEventListener(name, () => {
        this.#before = this.time;
        this.#timeChanged();
      });
    }
    this.element.addEventListener("timeupdate", () => this.#timeChanged());
    this.element.addEventListener("error", () => {
      this.broken = true;
      this.#stateChanged();
    });
  }

  get duration() {
    const { duration } = this.element;
    return Number.isFinite(duration) && duration > 0 ? duration : this.fallbackDuration;
  }

  get time() {
    return this.element.currentTime;
  }

  get playing() {
    return !this.element.paused && !this.element.ended;
  }

  set speed(speed) {
    this.element.playbackRate = speed;
  }

  /** The stretch that is played round and round, or null. */
  get loop() {
    return this.#loop;
  }

  set loop(stretch) {
    this.#loop = stretch;
    this.dispatchEvent(new Event("loop"));
  }

  /** Go to a time in seconds; goes on playing if it was. */
  seek(time) {
    this.element.currentTime = Math.min(Math.max(0, time), this.duration);
    this.#before = this.time;
    this.#timeChanged();
  }

  play() {
    this.element.play().catch(() => {
      // Refused by the browser, or replaced by the next seek: the button still says Play.
      this.#stateChanged();
    });
  }

  pause() {
    this.element.pause();
  }

  toggle() {
    if (this.playing) {
      this.pause();
    } else {
      this.play();
    }
  }

  /** Play from exactly here. */
  playFrom(time) {
    this.seek(time);
    this.play();
  }

  /** Play a moment, from one second before it. */
  playMoment(start) {
    this.playFrom(start - LEAD_IN);
  }

  /** Play what a remark is about, from two seconds before it. */
  playRemark(at) {
    this.playFrom(at - LEAD_IN_OF_REMARK);
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.element.pause();
    this.element.removeAttribute("src");
    this.element.load();
  }

  #stateChanged() {
    cancelAnimationFrame(this.#frame);
    if (this.playing) {
      this.#follow();
    }
    this.dispatchEvent(new Event("state"));
  }

  #follow() {
    // timeupdate comes four times a second, too coarse for a playhead.
    this.#frame = requestAnimationFrame(() => {
      this.#timeChanged();
      if (this.playing) {
        this.#follow();
      }
    });
  }

  #timeChanged() {
    this.#goRound();
    this.dispatchEvent(new Event("time"));
  }

  /** Back to the loop's start where playing ran over its end; who went beyond it on purpose stays there. */
  #goRound() {
    const { time, loop } = this;
    const before = this.#before;
    this.#before = time;
    if (loop && this.playing && before < loop.end && time >= loop.end) {
      this.seek(loop.start);
    }
  }
}

// The line that stays in reach while reading: play, where it is, how fast.

const SPEEDS = [0.75, 1, 1.25, 1.5];

export class PlayerBar {
  /** @type {HTMLInputElement|null} */
  #input = null;
  /** @type {Element|null} */
  #clock = null;

  /** @param {import("./player.js").Player} player */
  constructor(player) {
    this.player = player;
    this.element = document.createElement("div");
    this.element.className = "player";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Player");
    player.addEventListener("state", () => this.draw());
    player.addEventListener("loop", () => this.draw());
    player.addEventListener("time", () => this.#showTime());
    this.draw();
  }

  draw() {
    const { player } = this;
    if (player.broken) {
      render(html`<p class="quiet">This browser cannot play the recording. You can download the original below.</p>`, this.element);
      return;
    }
    render(
      html`
        <button class="button player-button" type="button" @click=${() => player.toggle()}>
          ${player.playing ? pauseIcon() : playIcon()}<span>${player.playing ? "Pause" : "Play"}</span>
        </button>
        <span class="player-clock"></span>
        <input class="player-position" type="range" min="0" max=${player.duration} step="0.1" aria-label="Position" @input=${(event) => player.seek(Number(event.target.value))} />
        ${player.loop
          ? html`<button class="button button-plain player-loop" type="button" @click=${() => (player.loop = null)}>
              Looping ${clock(player.loop.start)}–${clock(player.loop.end)} <span class="visually-hidden">(end the loop)</span> <span aria-hidden="true">×</span>
            </button>`
          : nothing}
        <label class="player-speed">
          <span class="visually-hidden">Speed</span>
          <select class="select" @change=${(event) => (player.speed = Number(event.target.value))}>
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === player.element.playbackRate}>${speed}×</option>`)}
          </select>
        </label>
      `,
      this.element,
    );
    this.#input = this.element.querySelector(".player-position");
    this.#clock = this.element.querySelector(".player-clock");
    this.#showTime();
  }

  #showTime() {
    const { player } = this;
    if (!this.#input || !this.#clock || player.broken) {
      return;
    }
    this.#input.value = String(player.time);
    this.#input.setAttribute("aria-valuetext", `${spokenTime(player.time)} of ${spokenTime(player.duration)}`);
    this.#input.style.setProperty("--played", `${(100 * player.time) / (player.duration || 1)}%`);
    this.#clock.textContent = `${clock(player.time)} / ${clock(Math.round(player.duration))}`;
  }
}

// A report that is opened at a time: /answers/ID?at=12.3, as the search over all answers does.

/** @param {import("./player.js").Player} player */
export function goToAskedTime(player) {
  const time = Number(new URLSearchParams(location.search).get("at"));
  if (!(time > 0)) {
    return;
  }
  // Who pressed a moment wants to hear it; who loads the page, or comes back to it, finds it there.
  if (navigator.userActivation?.isActive) {
    player.playMoment(time);
  } else {
    player.seek(time);
  }
}
