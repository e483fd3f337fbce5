// From a report to what is read: passages of words with pauses and heard fillers, and finding a phrase in them. Pure.

import { fillerShape, pauseShape, shownFillers } from "../report/timeline/marks.js";

/** A passage ends at a sentence end once it has this many words, or sooner at a long pause. */
const LONG_PASSAGE_WORDS = 60;
const SHORT_PASSAGE_WORDS = 25;
/** Seconds. design: a pause of 1.0 s and more is long. */
const LONG_PAUSE = 1;
/** Seconds. A filler found in the sound and a word this near are the same. */
const SAME_SOUND = 0.15;
/**
 * The recogniser's own probability under which a word is marked as uncertain. Of 4,462 words of people in the
 * labelled speech (../shared/eval: read, spontaneous, spliced), 14 % lie under it; two in three of these are wrong,
 * and they are half of all that are wrong. At 0.7 it would be one word in four, and half of those are right.
 */
const UNCERTAIN = 0.5;

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}' ]/gu, "");

const overlap = (one, other) => Math.min(one.end, other.end) - Math.max(one.start, other.start);
const length = (thing) => thing.end - thing.start;

const middleOf = (item) => (item.start + item.end) / 2;

/** Whether a word is one of a filler's: 'know' of 'you know'. */
const isOneOf = (word, filler) => plain(filler.text).split(" ").includes(plain(word.text));

/**
 * The filler that a written word is, or is part of. By overlap and not by equal times: a filler's time is
 * cut to its sound, a word's is stretched over the silence beside it.
 */
function fillerOf(word, fillers) {
  return fillers.find(
    (filler) =>
      overlap(word, filler) >= 0.5 * Math.min(length(word), length(filler)) &&
      (filler.source === "transcribed" || isOneOf(word, filler)),
  );
}

/** Fillers that were heard, or put there by the person, and that no word stands for. */
function unwritten(fillers, words) {
  return fillers.filter(
    (filler) =>
      filler.source !== "transcribed" &&
      !words.some(
        (word) =>
          isOneOf(word, filler) &&
          word.start < filler.end + SAME_SOUND &&
          word.end > filler.start - SAME_SOUND,
      ),
  );
}

/**
 * Everything in the order in which it is read.
 * @returns {Array<{kind: "word"|"heard"|"pause", start: number, end: number, text?: string, filler?: object, shape?: string,
 *   closes?: boolean, uncertain?: boolean, corrected?: boolean}>} `heard` is a filler that stands in no word; `corrected`: the person said so
 */
export function itemsOf(transcript, report) {
  const fillers = report ? shownFillers(report) : [];
  const correctedStretches = (report?.corrections ?? []).filter(({ kind }) => kind === "words");
  const isCorrected = (word) => correctedStretches.some(({ start, end }) => start <= middleOf(word) && middleOf(word) <= end);
  const words = transcript.words.map((word, index, all) => {
    const filler = fillerOf(word, fillers);
    // 'you know' is two words and one filler: the first of them carries the shape, the last what is said of it.
    const isAlso = (other) => other !== undefined && fillerOf(other, fillers) === filler;
    const opens = filler && !isAlso(all[index - 1]);
    return {
      kind: "word",
      text: word.text,
      start: word.start,
      end: word.end,
      filler,
      shape: opens ? fillerShape(filler) : "",
      closes: Boolean(filler) && !isAlso(all[index + 1]),
      // A filler says by its shape how sure it is.
      uncertain: !filler && word.probability < UNCERTAIN,
      corrected: isCorrected(word),
    };
  });
  const heard = unwritten(fillers, transcript.words).map((filler) => ({
    kind: "heard",
    text: filler.text,
    start: filler.start,
    end: filler.end,
    filler,
    shape: fillerShape(filler),
    closes: true,
  }));
  const pauses = (report?.pauses ?? []).map((pause) => ({ ...pause, kind: "pause", shape: pauseShape(pause) }));
  // By its middle: word times are off by up to 0.3 s, the pause's own are not.
  return [...words, ...heard, ...pauses].sort((one, other) => middleOf(one) - middleOf(other));
}

/** @returns {Array<{start: number, items: object[]}>} */
export function passagesOf(transcript, report) {
  const passages = [];
  let items = [];
  let words = 0;
  const finish = () => {
    if (items.length > 0) {
      passages.push({ start: (items.find(({ kind }) => kind !== "pause") ?? items[0]).start, items });
      items = [];
      words = 0;
    }
  };
  let sentenceEnded = false;
  for (const item of itemsOf(transcript, report)) {
    // What is said after the last sentence opens the next passage; a pause still belongs to the one before.
    if (item.kind !== "pause" && sentenceEnded && words >= LONG_PASSAGE_WORDS) {
      finish();
    }
    items.push(item);
    if (item.kind === "word") {
      words += 1;
      sentenceEnded = /[.?!]["”’)]?$/.test(item.text ?? "");
    } else if (item.kind === "pause" && item.end - item.start >= LONG_PAUSE && sentenceEnded && words >= SHORT_PASSAGE_WORDS) {
      finish();
    }
  }
  finish();
  return passages;
}

/** Letters and figures alone, so that neither case nor accents nor punctuation stand in the way. */
function plainText(text) {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[’‘]/g, "'")
    .replace(/[^\p{L}\p{N}' ]/gu, "")
    .replace(/\s+/g, " ");
}

/** Matches in one run of items that have text, as {first, last} indices of all items. */
function matchesAmong(indexed, phrase) {
  const starts = [];
  let text = "";
  for (const { item, index } of indexed) {
    const word = plainText(item.text).trim();
    if (word) {
      starts.push({ at: text.length, index });
      text += `${word} `;
    }
  }
  const itemAt = (place) => starts.findLast(({ at }) => at <= place).index;
  const found = [];
  for (let place = text.indexOf(phrase); place >= 0; place = text.indexOf(phrase, place + phrase.length)) {
    if (place === 0 || text[place - 1] === " ") {
      found.push({ first: itemAt(place), last: itemAt(place + phrase.length - 1) });
    }
  }
  return found;
}

/**
 * Where a phrase is said, from the beginning of a word on; its last word may still be typed. A filler that was heard between its words does not part it, and can be looked for itself.
 * @param {object[]} items of `passages.js`
 * @param {string} query
 * @returns {Array<{first: number, last: number}>} item indices, in order
 */
export function findPhrase(items, query) {
  const phrase = plainText(query).trim();
  if (!phrase) {
    return [];
  }
  const indexed = items.map((item, index) => ({ item, index }));
  const found = [
    ...matchesAmong(indexed.filter(({ item }) => item.kind === "word"), phrase),
    ...matchesAmong(indexed.filter(({ item }) => item.kind !== "pause"), phrase),
  ];
  const byPlace = new Map(found.map((match) => [`${match.first}-${match.last}`, match]));
  return [...byPlace.values()].sort((one, other) => one.first - other.first);
}
