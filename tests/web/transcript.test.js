// A transcript as it is read, finding a phrase in it, and the list of its corrections.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  indexFrom,
  nextSaid,
  runOf,
  stretchAfter,
  withFiller,
  withoutFiller,
  withWords,
} from "../../web/transcript/correction-list.js";
import { findPhrase, itemsOf, passagesOf } from "../../web/transcript/passages.js";

/** Words of half a second each, one after another. */
const transcriptOf = (text) => ({
  words: text.split(" ").map((word, index) => ({ text: word, start: index / 2, end: index / 2 + 0.5, probability: 0.9 })),
});
const um = (start, more = {}) => ({
  text: "um",
  start,
  end: start + 0.1,
  kind: "filled_pause",
  state: "filler",
  source: "heard",
  ...more,
});
const reportOf = ({ fillers = [], pauses = [], corrections = [] } = {}) => ({ fillers, pauses, corrections });

test("heard fillers and pauses are put between the words by their middle", () => {
  const report = reportOf({ fillers: [um(0.95)], pauses: [{ start: 1.5, end: 1.6, place: "within" }] });
  const items = itemsOf(transcriptOf("I have been there"), report);
  assert.deepEqual(
    items.map(({ kind, text }) => text ?? kind),
    ["I", "have", "um", "been", "pause", "there"],
  );
});

test("a filler of two words carries its shape on the first and ends on the second", () => {
  const filler = { text: "you know", start: 0.5, end: 1.5, kind: "discourse_marker", state: "filler", source: "transcribed" };
  const items = itemsOf(transcriptOf("well you know it"), reportOf({ fillers: [filler] }));
  assert.deepEqual(items.map(({ shape }) => shape), ["", "diamond", "", ""]);
  assert.deepEqual(items.map(({ closes }) => closes), [false, false, true, false]);
});

test("what is no filler is a plain word, and a doubtful word is marked", () => {
  const transcript = transcriptOf("I like it");
  transcript.words[2].probability = 0.3;
  const filler = { text: "like", start: 0.5, end: 1, kind: "discourse_marker", state: "not_filler", source: "transcribed" };
  const items = itemsOf(transcript, reportOf({ fillers: [filler] }));
  assert.equal(items[1].filler, undefined);
  assert.deepEqual(items.map(({ uncertain }) => uncertain), [false, false, true]);
});

test("a passage ends after a sentence once it is long, sooner at a long pause", () => {
  const sentence = (words) => `${Array(words - 1).fill("word").join(" ")} end.`;
  const text = `${sentence(30)} ${sentence(40)} ${sentence(70)} ${sentence(5)}`;
  const pause = { start: 14.6, end: 15.8, place: "boundary" };
  assert.deepEqual(
    passagesOf(transcriptOf(text), reportOf({ pauses: [pause] })).map(({ items }) => items.filter(({ kind }) => kind === "word").length),
    [30, 110, 5],
  );
  assert.equal(passagesOf(transcriptOf(text), reportOf()).length, 3);
});

test("a phrase is found whatever its case, accents and punctuation, over a filler between its words", () => {
  const report = reportOf({ fillers: [um(0.95)] });
  const items = itemsOf(transcriptOf("The Café, isn’t open. The cafe"), report);
  assert.deepEqual(findPhrase(items, "the cafe"), [
    { first: 0, last: 1 },
    { first: 5, last: 6 },
  ]);
  assert.deepEqual(findPhrase(items, "cafe isn't op"), [{ first: 1, last: 4 }]);
  assert.deepEqual(findPhrase(items, "um"), [{ first: 2, last: 2 }]);
  assert.deepEqual(findPhrase(items, "afe"), []);
  assert.deepEqual(findPhrase(items, " , "), []);
});

test("a correction replaces those of words that it touches", () => {
  const first = withWords([], { start: 1, end: 2 }, " blood sugar ");
  assert.deepEqual(first, [{ kind: "words", start: 1, end: 2, text: "blood sugar" }]);
  const filler = withFiller(first, { start: 1.2, end: 1.4 }, "um");
  assert.deepEqual(
    withWords(filler, { start: 1.5, end: 3 }, "").map(({ kind, text }) => [kind, text]),
    [
      ["filler", "um"],
      ["words", ""],
    ],
  );
});

test("a filler that the person added is taken away again, the machine's is refused", () => {
  const added = withFiller([], { start: 1, end: 1.4 }, "um");
  assert.deepEqual(withoutFiller(added, um(1, { end: 1.4, source: "person" })), []);
  assert.deepEqual(withoutFiller([], um(3)), [{ kind: "not_filler", start: 3, end: 3.1, text: "um" }]);
});

test("a filler after a word fits between it and the next one", () => {
  assert.deepEqual(stretchAfter({ end: 2 }, { start: 5 }), { start: 2, end: 2.35 });
  assert.deepEqual(stretchAfter({ end: 2 }, { start: 2.25 }), { start: 2, end: 2.25 });
  assert.deepEqual(stretchAfter({ end: 2 }, { start: 2.1 }), { start: 1.9, end: 2.1 });
});

test("a selection that touches corrected words takes all of them", () => {
  const items = itemsOf(transcriptOf("some medical problems can be"), reportOf());
  assert.deepEqual([runOf(items, 2, 1, []).text, runOf(items, 2, 1, []).corrected], ["medical problems", false]);
  const corrections = [{ kind: "words", start: 0.5, end: 2, text: "medical problems can" }];
  const run = runOf(items, 3, 4, corrections);
  assert.deepEqual([run.first, run.last, run.start, run.end, run.corrected], [1, 4, 0.5, 2.5, true]);
  assert.equal(run.next, null);
});

test("steps go over pauses, and a place is found again after other words came there", () => {
  const pause = { start: 0.95, end: 1.1, place: "within" };
  const items = itemsOf(transcriptOf("some medical problems"), reportOf({ pauses: [pause] }));
  assert.equal(items[2].kind, "pause");
  assert.equal(nextSaid(items, 1, 1), 3);
  assert.equal(nextSaid(items, 3, 1), -1);
  assert.equal(indexFrom(items, { start: 0.5, kind: "words" }), 1);
  assert.equal(indexFrom(items, { start: 60, kind: "words" }), 3);
});
