// The one time axis that all charts share, in the reader's own days. Pure.
// A day's takes stand side by side within its width, in order: an evening of practice is no single blot.

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
export function dayOf(number) {
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
