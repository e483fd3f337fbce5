// Times, dates, sizes, counts and tags in words. Pure: no DOM. Seconds in, text out.

/** '1:42', as on a player. Hours only where there are some. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** '0:34.2', where a tenth matters. */
export function preciseClock(seconds) {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${clock(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** '1 min 42 s', '42 s', '1 h 3 min'. */
export function lengthWords(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = whole % 60;
  if (hours > 0) {
    return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  if (minutes > 0) {
    return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
  }
  return `${rest} s`;
}

/** A stretch as fine as it deserves: '0.42 s', '1.4 s', '42 s', '1 min 42 s'. */
export function shortLengthWords(seconds) {
  if (seconds < 0.995) {
    return `${seconds.toFixed(2)} s`;
  }
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : lengthWords(seconds);
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

/** '22 November 2026', of a day without a time. */
export function dateWords(day) {
  /** @type {Intl.DateTimeFormatOptions} */
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(day));
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
