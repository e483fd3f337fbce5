// Figures in words: value, interval, guide, state and reason. Pure; nothing is computed, only written.
// The terminal report (analysis/cli/wording.py) writes them the same way.

import { shortLengthWords } from "./time.js";

const SECONDS = "s";
const MINUTE = 60;

/** Decimals that a unit's figures deserve, and the words after it. */
const UNITS = {
  count: { decimals: 0, after: "" },
  words: { decimals: 0, after: " words", afterOne: " word" },
  "words/min": { decimals: 0, after: " words a minute" },
  "syllables/s": { decimals: 1, after: " syllables a second" },
  syllables: { decimals: 1, after: " syllables" },
  "per min": { decimals: 1, after: " a minute" },
  "per 100 words": { decimals: 1, after: " in 100 words" },
  semitones: { decimals: 1, after: " semitones" },
  dB: { decimals: 0, after: " dB" },
  "%": { after: " %" },
};

/** The number alone, as fine as its unit deserves; a duration keeps its units. */
function figure(value, unit) {
  if (unit === SECONDS) {
    return shortLengthWords(value);
  }
  const decimals = UNITS[unit]?.decimals;
  return decimals === undefined ? fine(value) : value.toFixed(decimals);
}

/** Two figures that count, but no decimals from ten on: '62', '4.2', '0.12'. */
function fine(value) {
  return Math.abs(value) >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}

/** '146 words a minute' */
export function valueWords(measure) {
  const { value, unit } = measure;
  const number = figure(value, unit);
  if (unit === SECONDS) {
    return number;
  }
  const form = UNITS[unit];
  if (!form) {
    return `${number} ${unit}`.trim();
  }
  return number + (number === "1" ? (form.afterOne ?? form.after) : form.after);
}

/** '3 to 10', or empty where there is no interval, or none that shows at this fineness. */
export function intervalWords(measure) {
  if (measure.value === null || measure.low === null || measure.high === null) {
    return "";
  }
  let [low, high] = [figure(measure.low, measure.unit), figure(measure.high, measure.unit)];
  if (low === high) {
    return "";
  }
  if (measure.unit === SECONDS && Math.max(measure.low, measure.high) < MINUTE) {
    low = low.replace(/ s$/, "");
  }
  return `${low} to ${high}`;
}

/**
 * {value: 'about 6', interval: '3 to 10'}; value empty where there is none. A bare whole number reads as
 * counted, so one with an interval is 'about'.
 */
export function figureWords(measure) {
  if (measure.value === null) {
    return { value: "", interval: "" };
  }
  const interval = intervalWords(measure);
  const value = valueWords(measure);
  return { value: interval && measure.unit === "count" ? `about ${value}` : value, interval };
}

/** '100 to 165', 'up to 5', '1 to 2 min'; empty without a guide. */
export function guideWords(measure) {
  const { guide, unit } = measure;
  if (!guide || (guide.low === null && guide.high === null)) {
    return "";
  }
  const wholeMinutes = (seconds) => seconds !== null && seconds % MINUTE === 0;
  if (unit === SECONDS && wholeMinutes(guide.low) && wholeMinutes(guide.high)) {
    return `${guide.low / MINUTE} to ${guide.high / MINUTE} min`;
  }
  const write = (value) => figure(value, unit).replace(/\.0$/, "");
  const after = unit === "%" || unit === "dB" ? ` ${unit}` : "";
  if (guide.low === null) {
    return `up to ${write(guide.high)}${after}`;
  }
  return guide.high === null ? `at least ${write(guide.low)}${after}` : `${write(guide.low)} to ${write(guide.high)}${after}`;
}

/** '5.1 to 7.0': between which figures the middle half of the person's other takes lies. Empty without one. */
export function usualWords(usual, unit) {
  return usual ? intervalWords({ value: usual.middle, low: usual.low, high: usual.high, unit }) || figure(usual.middle, unit) : "";
}

const STATES = { measured: "Measured", low_confidence: "Less sure", not_measurable: "Not measurable" };

export const stateWords = (measure) => STATES[measure.state] ?? measure.state;

const REASONS = {
  no_speech: "no speech was heard",
  too_little_speech: "there is too little speech",
  not_recorded_here: "only for answers recorded in Greenroom",
  low_signal_to_noise: "the recording is hard to hear",
  echo: "the room echoes",
  browser_processing: "the browser changed the sound",
  gap: "part of the sound is missing",
  two_voices: "there is more than one voice",
  language_not_english: "the answer is not in English",
  detector_uncertain: "some are missed, and some may not be real",
  no_labelled_speech: "it is not yet checked against labelled speech",
  recogniser_uncertain: "the recogniser is not sure of the words",
  syllables_disagree: "the words do not match the syllables heard",
  none_found: "there are none in this answer",
};
const REASONS_BY_STATE = {
  "too_little_speech not_measurable": "there are less than 10 seconds of speech",
  "too_little_speech low_confidence": "there are less than 30 seconds of speech",
};

/** Why a figure is less sure or missing: a part of a sentence, without a full stop. Empty when it is measured. */
export function reasonWords({ reason, state }) {
  if (!reason) {
    return "";
  }
  return REASONS_BY_STATE[`${reason} ${state}`] ?? REASONS[reason] ?? reason.replaceAll("_", " ");
}
