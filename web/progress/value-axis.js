// The axis of values of one chart: from where to where, and which are written beside it. Pure.

const SECOND_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
/** Most steps from the lowest label to the highest. */
const MOST_STEPS = 4;
/** Half as many is half as high: only what nobody has near zero may begin elsewhere. */
const FROM_ZERO = new Set(["s", "per min"]);
/** Of the whole, above the highest value, so that its dot is whole. */
const ROOM = 0.05;

/** 1, 2 or 5 times a power of ten; seconds in steps that clocks have. */
function stepFor(range, unit) {
  const least = range / MOST_STEPS;
  if (unit === "s") {
    return SECOND_STEPS.find((step) => step >= least) ?? SECOND_STEPS.at(-1) * Math.ceil(least / SECOND_STEPS.at(-1));
  }
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least * 0.999);
}

export class ValueAxis {
  /**
   * @param {number[]} values that must be seen
   * @param {string} unit
   * @param {number} top pixels @param {number} bottom
   */
  constructor(values, unit, top, bottom) {
    const highest = Math.max(...values, 0) || 1;
    const lowest = Math.min(...values, highest);
    const start = FROM_ZERO.has(unit) ? 0 : lowest;
    this.step = stepFor(highest - start || highest, unit);
    this.low = Math.floor(start / this.step) * this.step;
    // At least one step high, also where all values are the same.
    this.high = Math.max(this.low + this.step, highest + (highest - this.low) * ROOM);
    this.top = top;
    this.bottom = bottom;
  }

  /** Pixels from the top. */
  y(value) {
    return this.bottom - ((value - this.low) / (this.high - this.low)) * (this.bottom - this.top);
  }

  /** Values to label, from low to high. */
  ticks() {
    const count = Math.floor((this.high - this.low) / this.step + 1e-9) + 1;
    return Array.from({ length: count }, (_, index) => this.low + index * this.step);
  }
}
