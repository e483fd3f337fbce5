// Corrections, in words. Pure.

import { errorWords } from "./errors.js";

/** 'You made 1 correction.' */
export const countedWords = (count) => `You made ${count} ${count === 1 ? "correction" : "corrections"}.`;

/** 'You said “blood test”.', as one line of a list. */
export function correctionWords({ kind, text }) {
  if (kind === "words") {
    return text ? `You said “${text}”.` : "Nothing was said here.";
  }
  if (kind === "filler") {
    return `You said “${text}” as a filler.`;
  }
  return text ? `“${text}” is not a filler here.` : "This is not a filler.";
}

/** Why something was not saved, and that the words are still there. */
export function notSavedWords(error) {
  const { title, text } = errorWords(error);
  const safe = error?.code === "connection_lost" ? "Check that it is still running, then try again." : text;
  return `Not saved. ${title} ${safe} What you wrote stays here.`.replaceAll(/\s+/g, " ");
}
