// Pauses, fillers, pace at a moment, and corrections in words. Pure.

import { errorWords } from "./errors.js";
import { clock, shortLengthWords } from "./time.js";

const PLACES = { boundary: "at the end of a sentence or clause", within: "within a clause" };
const KINDS = { filled_pause: "a filled pause", discourse_marker: "a discourse marker" };
const SOURCES = {
  transcribed: "in the text",
  heard: "heard in the sound, not in the text",
  person: "put there by you",
};
const UNSURE = "not certain";

export const pausePlaceWords = ({ place }) => PLACES[place] ?? place;

/** 'heard in the sound, not in the text, not certain' */
export function fillerSourceWords({ source, state }) {
  return `${SOURCES[source] ?? source}${state === "unsure" ? `, ${UNSURE}` : ""}`;
}

/** '“um”, a filled pause' */
export const fillerKindWords = ({ text, kind }) => `“${text}”, ${KINDS[kind] ?? kind}`;

/** 'Pause of 1.4 s at 0:34, at the end of a sentence or clause' */
export function pauseWords(pause) {
  return `Pause of ${shortLengthWords(pause.end - pause.start)} at ${clock(pause.start)}, ${pausePlaceWords(pause)}`;
}

/** '“um” at 0:34, a filled pause, heard in the sound, not certain' */
export function fillerWords(filler) {
  const parts = [`“${filler.text}” at ${clock(filler.start)}`, KINDS[filler.kind] ?? filler.kind];
  // That one is in the text can be seen there.
  if (filler.source !== "transcribed") {
    parts.push(SOURCES[filler.source] ?? filler.source);
  }
  if (filler.state === "unsure") {
    parts.push(UNSURE);
  }
  return parts.join(", ");
}

/** '148 words a minute' */
export const rateWords = ({ words_per_minute: rate }) => `${Math.round(rate)} words a minute`;

/** '148 words a minute from 0:30 to 0:45' */
export function paceWords(window) {
  return `${rateWords(window)} from ${clock(window.start)} to ${clock(window.end)}`;
}

/** 'You put 1 thing right.' */
export const countedWords = (count) => `You put ${count} ${count === 1 ? "thing" : "things"} right.`;

/** 'You said “blood test”.', as one line of a list. */
export function correctionWords({ kind, text }) {
  if (kind === "words") {
    return text ? `You said “${text}”.` : "Nothing was said here.";
  }
  if (kind === "filler") {
    return `You said “${text}” as a filler.`;
  }
  return text ? `“${text}” is no filler here.` : "This is no filler.";
}

/** Why something was not saved, and that the words are still there. */
export function notSavedWords(error) {
  const { title, text } = errorWords(error);
  const safe = error?.code === "connection_lost" ? "Check that it is still running, then try again." : text;
  return `Not saved. ${title} ${safe} What you wrote stays here.`.replaceAll(/\s+/g, " ");
}
