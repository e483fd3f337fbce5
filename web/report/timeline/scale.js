// The one time axis that everything in the timeline shares. Pure.

const TICK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
/** Pixels. Nearer than this, tick labels run into each other. */
const TICK_SPACING = 64;
/** Pixels at both ends, so that marks at the very start or end are whole. */
const MARGIN = 10;

export class TimeScale {
  /** @param {number} duration seconds @param {number} width pixels */
  constructor(duration, width) {
    this.duration = Math.max(duration, 0.1);
    this.width = width;
    this.pixelsPerSecond = Math.max(1, width - 2 * MARGIN) / this.duration;
  }

  x(time) {
    return MARGIN + time * this.pixelsPerSecond;
  }

  time(x) {
    return Math.min(this.duration, Math.max(0, (x - MARGIN) / this.pixelsPerSecond));
  }

  /** Times in seconds, evenly spaced, as many as have room. */
  ticks() {
    const step = TICK_STEPS.find((seconds) => seconds * this.pixelsPerSecond >= TICK_SPACING) ?? TICK_STEPS.at(-1);
    const count = Math.floor(this.duration / step) + 1;
    return Array.from({ length: count }, (_, index) => index * step);
  }
}
