// The time axis that everything in the timeline shares, and the waveform drawn on it. Pure.

const TICK_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
const LONGEST_STEP = 600;
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
    const step = TICK_STEPS.find((seconds) => seconds * this.pixelsPerSecond >= TICK_SPACING) ?? LONGEST_STEP;
    const count = Math.floor(this.duration / step) + 1;
    return Array.from({ length: count }, (_, index) => index * step);
  }
}

/** Pixels from bar to bar, and a bar's least height, so that silence is still a line. */
const PITCH = 3;
const LEAST_HEIGHT = 1;
/** Of full scale. A quieter recording is not drawn up to full height, so that it looks as quiet as it is. */
const LEAST_FULL_SCALE = 0.25;

/**
 * @param {{duration: number, rate: number, peaks: number[]}} peaks
 * @param {import("./scale.js").TimeScale} scale
 * @param {{top: number, height: number}} lane
 * @returns {string} path data, to be stroked 2 px wide
 */
export function waveformPath({ rate, peaks }, scale, lane) {
  if (peaks.length === 0) {
    return "";
  }
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), LEAST_FULL_SCALE);
  const middle = lane.top + lane.height / 2;
  const from = scale.x(0);
  const to = scale.x(Math.min(scale.duration, peaks.length / rate));
  const bars = [];
  for (let x = from; x < to; x += PITCH) {
    const first = Math.floor(scale.time(x) * rate);
    const last = Math.max(first + 1, Math.floor(scale.time(x + PITCH) * rate));
    let peak = 0;
    for (let index = first; index < last && index < peaks.length; index += 1) {
      peak = Math.max(peak, peaks[index]);
    }
    const half = Math.max(LEAST_HEIGHT, (peak / loudest) * (lane.height / 2));
    bars.push(`M${(x + 1).toFixed(1)} ${(middle - half).toFixed(1)}V${(middle + half).toFixed(1)}`);
  }
  return bars.join("");
}
