// Weeks as the service names them ('2026-W47', from Monday to Sunday), and days ('2026-11-22'). Pure.

import { dayNumber, dayOf } from "./day-axis.js";

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
