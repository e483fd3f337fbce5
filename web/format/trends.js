// Many takes in words: a take in a chart, the evidence for a change, weeks and days. Pure.

import { clock, countWords, lengthWords } from "./time.js";

/** One formatter for all days: to make one takes longer than to write a hundred days. */
function date(options) {
  const format = new Intl.DateTimeFormat("en-GB", options);
  return (day) => format.format(day);
}

const dayAndMonth = date({ day: "numeric", month: "long" });
const dayMonthYear = date({ day: "numeric", month: "long", year: "numeric" });
const shortDay = date({ day: "numeric", month: "short" });
const shortMonth = date({ month: "short" });
const shortMonthYear = date({ month: "short", year: "numeric" });
const weekdayDayMonth = date({ weekday: "long", day: "numeric", month: "long" });

/** '12 October', with the year where it is another one. */
export function takeDay(at, now = new Date()) {
  const day = new Date(at);
  return day.getFullYear() === now.getFullYear() ? dayAndMonth(day) : dayMonthYear(day);
}

/** Under a chart: '12 Oct', 'Oct', 'Jan 2026'. */
export function tickDay({ day, months }) {
  if (!months) {
    return shortDay(day);
  }
  return day.getMonth() === 0 ? shortMonthYear(day) : shortMonth(day);
}

/** Beside a chart: '1:30' for seconds, else the number. */
export function tickValue(value, unit) {
  if (unit === "s") {
    return clock(value);
  }
  return String(Number(value.toFixed(1)));
}

/** '12 October, Tell me about yourself: 6.1 a minute, less sure' @param {object} point @param {object} shown its view */
export function pointText(point, shown) {
  return [`${takeDay(point.at)}, ${point.title}: ${shown.value}`, shown.state].filter(Boolean).join(", ");
}

/** 'Fillers a minute: 29 takes from 3 September to 22 November; guide up to 5. …' */
export function chartText({ points, label, view }) {
  const [first, last] = [takeDay(points[0].at), takeDay(points.at(-1).at)];
  const days = first === last ? `of ${first}` : `from ${first} to ${last}`;
  return `${label}: ${countWords(points.length, "take")} ${days}${view.guide ? `; guide ${view.guide}` : ""}. Left and right go from take to take, up and down to another chart, Enter opens the report.`;
}

/** 'This week', 'Last week', 'Week of 2 November' */
export function weekWords(monday, thisMonday) {
  const weeks = Math.round((thisMonday - monday) / (7 * 86_400_000));
  return ["This week", "Last week"][weeks] ?? `Week of ${takeDay(monday, thisMonday)}`;
}

/** '16 to 22 November' */
export function weekDays(monday, sunday) {
  const sameMonth = monday.getMonth() === sunday.getMonth();
  return `${sameMonth ? monday.getDate() : dayAndMonth(monday)} to ${takeDay(sunday)}`;
}

/** 'Sunday 22 November: 3 takes, 5 min' */
export function practiceDayWords(day, { takes, seconds }) {
  return `${weekdayDayMonth(day)}: ${countWords(takes, "take")}, ${lengthWords(seconds)}`;
}

const languages = new Intl.DisplayNames("en-GB", { type: "language" });

/** 'English', of 'en'. */
export const languageName = (code) => languages.of(code) ?? code;

/** The tag of histories that were made by a generator. */
export const DEMO_TAG = "made-up";
