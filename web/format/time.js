// Times and dates in words. Pure: no DOM. Seconds in, text out.

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
  const options = { weekday: "long", day: "numeric", month: "long" };
  if (date.getFullYear() !== now.getFullYear()) {
    options.year = "numeric";
  }
  return new Intl.DateTimeFormat("en-GB", options).format(date);
}

/** '22 November 2026', of a day without a time. */
export function dateWords(day) {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat("en-GB", options).format(new Date(day));
}

/** '14:20', as the reader's own settings write it. */
export function timeOfDay(iso) {
  return new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}
