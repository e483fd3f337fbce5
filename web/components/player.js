// The sound of an answer. One per report; everything that plays or follows goes through it.

/** Seconds that a moment is played from before it starts, so that one hears where it comes from. */
const LEAD_IN = 1;
/** Seconds. A loop that ends this near to the end of the sound is heard to its end. */
const END_OF_SOUND = 0.1;

/** Events: `time` (the position moved), `state` (playing or not, or it cannot be played), `loop` (another stretch, or none). */
export class Player extends EventTarget {
  #frame = 0;
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
      this.element.playsInline = true;
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
    const { time } = this;
    const ranOver = this.#loop && this.playing && this.#before < this.#loop.end && time >= this.#loop.end;
    this.#before = time;
    if (ranOver) {
      this.seek(this.#loop.start);
    }
  }
}
