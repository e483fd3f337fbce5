// The axes of the charts: the reader's own days, the weeks of ISO 8601, and values. Pure. A day's takes are side by side
// within its width, in order, so that an evening of practice is not a single blot.

const DAY_MILLISECONDS = 86_400_000;
/** Days from label to label; those of a week and more stand at Mondays. From there on in months. */
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60];
/** Days; the shortest of as many months. */
const MONTH = 28;
/** Day 0 of the count was a Thursday. */
const FIRST_MONDAY = 4;

/** The count of a local day: whole days, whatever clocks did in between. */
export function dayNumber(date) {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MILLISECONDS);
}

/** A local day by its count. */
function dayOf(number) {
  const date = new Date(number * DAY_MILLISECONDS);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

export class DayAxis {
  #positions;

  /**
   * @param {Date[]} times of the takes, oldest first
   * @param {number} left pixels @param {number} right
   */
  constructor(times, left, right) {
    const days = times.map(dayNumber);
    this.left = left;
    this.right = right;
    this.first = days[0] ?? 0;
    this.days = (days.at(-1) ?? this.first) - this.first + 1;
    this.pixelsPerDay = Math.max(1, right - left) / this.days;
    const ofDay = new Map();
    days.forEach((day, index) => {
      const { first = index, takes = 0 } = ofDay.get(day) ?? {};
      ofDay.set(day, { first, takes: takes + 1 });
    });
    this.#positions = days.map((day, index) => {
      const { first, takes } = ofDay.get(day);
      return this.startOf(day) + ((index - first + 0.5) / takes) * this.pixelsPerDay;
    });
  }

  /** Where a day begins, in pixels. */
  startOf(day) {
    return this.left + (day - this.first) * this.pixelsPerDay;
  }

  /** Where a take stands, in pixels. */
  x(index) {
    return this.#positions[index];
  }

  /**
   * Days to label, as many as have room.
   * @param {number} spacing pixels that a label needs
   * @returns {Array<{x: number, day: Date, months: boolean}>} `months`: only the month is to be written
   */
  ticks(spacing) {
    const enough = (days) => days * this.pixelsPerDay >= spacing;
    const step = DAY_STEPS.find(enough);
    const found = step ? this.#everyDays(step) : this.#everyMonths(MONTH_STEPS.find((months) => enough(months * MONTH)) ?? MONTH_STEPS.at(-1));
    return found.length > 0 ? found : [this.#tick(this.first, false)];
  }

  #tick(day, months) {
    return { x: this.startOf(day), day: dayOf(day), months };
  }

  #everyDays(step) {
    const offset = step >= 7 ? FIRST_MONDAY : this.first;
    const first = offset + Math.ceil((this.first - offset) / step) * step;
    const count = Math.max(0, Math.ceil((this.first + this.days - first) / step));
    return Array.from({ length: count }, (_, index) => this.#tick(first + index * step, false));
  }

  #everyMonths(step) {
    const ticks = [];
    const start = dayOf(this.first);
    const months = start.getFullYear() * 12 + start.getMonth();
    for (let month = Math.ceil(months / step) * step; ; month += step) {
      const day = dayNumber(new Date(Math.floor(month / 12), month % 12, 1));
      if (day >= this.first + this.days) {
        return ticks;
      }
      if (day >= this.first) {
        ticks.push(this.#tick(day, true));
      }
    }
  }
}

// Weeks as the service names them ('2026-W47', from Monday to Sunday), and days ('2026-11-22'). Pure.

const two = (number) => String(number).padStart(2, "0");

/** The reader's time zone, by its name: a day begins where they are. */
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** '2026-11-22' */
export const dayName = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** A local day from '2026-11-22'. */
export function dayFrom(name) {
  const [year, month, day] = name.split("-").map(Number);
  return new Date(year, month - 1, day);
}

export const addDays = (date, days) => dayOf(dayNumber(date) + days);

/** The Monday of a day's week. */
export const mondayOf = (date) => addDays(date, -((date.getDay() + 6) % 7));

/** '2026-W47'. A week belongs to the year of its Thursday. */
export function weekName(date) {
  const thursday = addDays(mondayOf(date), 3);
  const first = mondayOf(new Date(thursday.getFullYear(), 0, 4));
  return `${thursday.getFullYear()}-W${two((dayNumber(mondayOf(date)) - dayNumber(first)) / 7 + 1)}`;
}

// The axis of values of one chart: from where to where, and which are written beside it. Pure.

const SECOND_STEPS = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
const LONGEST_STEP = 3600;
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
    return SECOND_STEPS.find((step) => step >= least) ?? LONGEST_STEP * Math.ceil(least / LONGEST_STEP);
  }
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((factor) => factor * power).find((step) => step >= least * 0.999) ?? 10 * power;
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
