// What was found at a moment, in words. Pure.

import { clock, shortLengthWords } from "./time.js";

/** 'Pause of 1.4 s at 0:34, at the end of a sentence or clause' */
export function pauseWords(pause) {
  const place = pause.place === "boundary" ? "at the end of a sentence or clause" : "within a clause";
  return `Pause of ${shortLengthWords(pause.end - pause.start)} at ${clock(pause.start)}, ${place}`;
}

/** '“um” at 0:34, heard in the sound, not certain' */
export function fillerWords(filler) {
  const parts = [`“${filler.text}” at ${clock(filler.start)}`];
  parts.push(filler.kind === "filled_pause" ? "a filled pause" : "a discourse marker");
  if (filler.source === "heard") {
    parts.push("heard in the sound, not in the recogniser's text");
  }
  if (filler.state === "unsure") {
    parts.push("not certain");
  }
  return parts.join(", ");
}

/** '148 words a minute from 0:30 to 0:45' */
export function paceWords(window) {
  return `${Math.round(window.words_per_minute)} words a minute from ${clock(window.start)} to ${clock(window.end)}`;
}
