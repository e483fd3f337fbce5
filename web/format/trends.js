// Many takes in words: a take in a chart, the evidence for a change, weeks and days. Pure.

import { guideWords, intervalWords, reasonWords, valueWords } from "./measures.js";
import { countWords, lengthWords } from "./time.js";

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

/** What stands beside the name of a measure whose unit its name does not say. */
const UNIT_TITLES = { s: "minutes and seconds", "words/min": "words a minute" };

export const unitTitle = (unit) => UNIT_TITLES[unit] ?? "";

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
    return `${Math.floor(value / 60)}:${String(Math.round(value % 60)).padStart(2, "0")}`;
  }
  return String(Number(value.toFixed(1)));
}

/** '6.1 a minute', or 'not measurable'. */
export function pointValue(point, unit) {
  return point.value === null ? "not measurable" : valueWords({ value: point.value, unit });
}

/** What is to know about a value, in parts of a word or two; none where it is plain. */
export function pointState({ value, doubt, current }) {
  return [value !== null && doubt ? "less sure" : "", current ? "" : "older build"].filter(Boolean);
}

/** Why a value is less sure or missing: 'the recording is hard to hear'; empty where it is plain. */
export function pointReason({ value, doubt }) {
  return reasonWords({ reason: doubt, state: value === null ? "not_measurable" : "low_confidence" });
}

/** '12 October, Tell me about yourself: 6.1 a minute, less sure' */
export function pointWords(point, unit) {
  return [`${takeDay(point.at)}, ${point.title}: ${pointValue(point, unit)}`, ...pointState(point)].join(", ");
}

/** Why values of a measure are less sure or missing: each reason once, with how many takes it holds for. */
export function reasonsOf({ points }) {
  const counts = new Map();
  for (const reason of points.map(pointReason).filter(Boolean)) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, takes]) => `${reason} (${countWords(takes, "take")})`).join("; ");
}

/** 'Fillers a minute: 29 takes from 3 September to 22 November; guide up to 5. …' */
export function chartWords(trend) {
  const { points, label } = trend;
  const guide = guideWords(trend);
  const [first, last] = [takeDay(points[0].at), takeDay(points.at(-1).at)];
  const days = first === last ? `of ${first}` : `from ${first} to ${last}`;
  return `${label}: ${countWords(points.length, "take")} ${days}${guide ? `; guide ${guide}` : ""}. Left and right go from take to take, up and down to another chart, Enter opens the report.`;
}

function estimateWords(estimate, unit) {
  const measure = { ...estimate, unit };
  const interval = intervalWords(measure);
  return valueWords(measure) + (interval ? ` (${interval})` : "");
}

/** 'Earlier 14 takes: 6.1 a minute (5.0 to 7.4). Later 15 takes: …'; empty where nothing is compared yet. */
export function evidenceWords({ change, unit }) {
  const { before, after } = change;
  if (!before || !after) {
    return "";
  }
  const side = (name, estimate) => `${name} ${countWords(estimate.takes, "take")}: ${estimateWords(estimate, unit)}.`;
  return `${side("Earlier", before)} ${side("Later", after)}`;
}

/** '29 takes · 46 min of speech', in parts. */
export function amountWords({ takes, minutes }) {
  return [countWords(takes, "take"), `${minutesWords(minutes)} of speech`];
}

/** '46 min', '1 h 12 min', '40 s' */
function minutesWords(minutes) {
  return lengthWords(minutes < 1 ? minutes * 60 : Math.round(minutes) * 60);
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
