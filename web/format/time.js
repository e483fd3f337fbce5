// Times and dates as text, where they arise in the browser: positions of the player, timers, dates in the
// reader's time zone. All figures of a report come as text from the service. The forms are those of
// analysis/formatting.py, and both are tested with the same cases. Pure: no DOM.

const MINUTE = 60;
const HOUR = 3600;

/** '1:42', cut to the second as on a player. Hours only where there are some. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(Math.round(seconds * 1000) / 1000));
  const hours = Math.floor(whole / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = String(whole % MINUTE).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** '0:34.2', where a tenth matters. */
export function preciseClock(seconds) {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** '1 min 42 s', '42 s', from an hour on '1 h 3 min'. */
export function lengthWords(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole >= HOUR) {
    const all = Math.round(seconds / MINUTE);
    return all % 60 > 0 ? `${Math.floor(all / 60)} h ${all % 60} min` : `${all / 60} h`;
  }
  const minutes = Math.floor(whole / MINUTE);
  const rest = whole % MINUTE;
  if (minutes > 0) {
    return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  }
  return `${rest} s`;
}

/** The length that an answer is aimed at: '1–2 minutes', '45 s to 1 min 45 s', '30–45 s'. */
export function aimWords({ low, high }) {
  const [first, last] = [Math.round(low), Math.round(high)];
  if (first === last) {
    return lengthWords(first);
  }
  if (first % MINUTE === 0 && last % MINUTE === 0 && last < HOUR) {
    return `${first / MINUTE}–${last / MINUTE} minutes`;
  }
  return last < MINUTE ? `${first}–${last} s` : `${lengthWords(low)} to ${lengthWords(high)}`;
}

/** For a slider's value, read aloud: '1 minute 42 seconds'. */
export function spokenTime(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const minuteWords = minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const secondWords = rest === 1 ? "1 second" : `${rest} seconds`;
  return minutes > 0 ? `${minuteWords} ${secondWords}` : secondWords;
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

const DAY_MILLISECONDS = 86_400_000;

/** 'Today', 'Yesterday', 'Friday 6 June', with the year where it is another one. */
export function dayWords(iso, now = new Date()) {
  const date = new Date(iso);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / DAY_MILLISECONDS);
  if (days === 0) {
    return "Today";
  }
  if (days === 1) {
    return "Yesterday";
  }
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { weekday: "long", day: "numeric", month: "long" };
  if (date.getFullYear() !== now.getFullYear()) {
    options.year = "numeric";
  }
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}

/** '14:20', as the reader's own settings write it. */
export function timeOfDay(iso) {
  return new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** '2.1 MB'. Powers of 1000, as file managers show them. */
export function sizeWords(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${UNITS[unit]}`;
}

/** '1 answer', '12 answers'. */
export function countWords(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

/** Characters of one tag, and tags of one answer, that the service takes. */
export const LONGEST_TAG = 64;
export const MOST_TAGS = 20;

/** Two tags are the same where only case or spaces differ. */
export const sameTag = (one, other) => folded(one) === folded(other);

/** 'Ethics, mmi,, MMI' as ['Ethics', 'mmi']. */
export function readTags(text) {
  const tags = [];
  for (const tag of text.split(",").map(spaced)) {
    if (tag && !tags.some((known) => sameTag(known, tag))) {
      tags.push(tag);
    }
  }
  return tags.slice(0, MOST_TAGS);
}

/** The other way round, for a field. */
export const tagsInOneLine = (tags) => tags.join(", ");

const spaced = (tag) => tag.trim().replace(/\s+/gu, " ").slice(0, LONGEST_TAG);

const folded = (tag) => spaced(tag).normalize("NFC").toLowerCase();
