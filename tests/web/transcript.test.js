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
import { findPhrase, paragraphsOf, textOf } from "../../web/transcript/passages.js";

/** Words of half a second each, one after another. */
const wordsOf = (text) =>
  text.split(" ").map((word, index) => ({ kind: "word", text: word, start: index / 2, end: index / 2 + 0.5 }));
const um = (start, more = {}) => ({
  text: "um",
  start,
  end: start + 0.1,
  kind: "filled_pause",
  state: "filler",
  source: "heard",
  ...more,
});
const heard = (filler) => ({ kind: "heard", text: filler.text, start: filler.start, end: filler.end, filler });

test("each item gets the filler that it is, or is part of", () => {
  const fillers = [um(0.5), um(1, { text: "you know" })];
  const items = [
    { kind: "word", text: "well" },
    { kind: "heard", text: "um", filler: 0 },
    { kind: "word", text: "you", filler: 1, opens: true },
    { kind: "word", text: "know", filler: 1, closes: true },
  ];
  const [paragraph] = paragraphsOf({ paragraphs: [{ start: 0, clock: "0:00", items }], fillers }, true);
  assert.equal(paragraph.clock, "0:00");
  assert.deepEqual(
    paragraph.items.map(({ filler }) => filler),
    [null, fillers[0], fillers[1], fillers[1]],
  );
});

test("short pauses are left out where they are expected, unless all are asked for", () => {
  const pause = (text, more) => ({ kind: "pause", text, ...more });
  const items = [
    pause("0.4 s", { shape: "bar" }),
    pause("1.4 s", { shape: "bar", long: true }),
    pause("0.5 s", { shape: "crossed-bar" }),
  ];
  const shown = (all) => paragraphsOf({ paragraphs: [{ items }], fillers: [] }, all)[0].items.map(({ text }) => text);
  assert.deepEqual(shown(false), ["1.4 s", "0.5 s"]);
  assert.deepEqual(shown(true), ["0.4 s", "1.4 s", "0.5 s"]);
});

test("the pieces of one word are one word, and are found with and without a space", () => {
  const items = wordsOf("a well -known writer").map((item) => ({ ...item, joined: item.text === "-known" }));
  assert.equal(textOf(items), "a well-known writer");
  assert.equal(runOf(items, 1, 2, []).text, "well-known");
  for (const query of ["well-known", "well known", "wellknown"]) {
    assert.deepEqual(findPhrase(items, query), [{ first: 1, last: 2 }], query);
  }
  assert.deepEqual(findPhrase(items, "known"), [{ first: 2, last: 2 }]);
});

test("a phrase is found whatever its case, accents and punctuation, over a filler between its words", () => {
  const words = wordsOf("The Café, isn’t open. The cafe");
  const items = [...words.slice(0, 2), heard(um(0.95)), { kind: "gap", text: "no sound for 2 s" }, ...words.slice(2)];
  assert.deepEqual(findPhrase(items, "the cafe"), [
    { first: 0, last: 1 },
    { first: 6, last: 7 },
  ]);
  assert.deepEqual(findPhrase(items, "cafe isn't op"), [{ first: 1, last: 5 }]);
  assert.deepEqual(findPhrase(items, "um"), [{ first: 2, last: 2 }]);
  assert.deepEqual(findPhrase(items, "afe"), []);
  assert.deepEqual(findPhrase(items, "no sound"), []);
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
  const items = wordsOf("some medical problems can be");
  assert.deepEqual([runOf(items, 2, 1, []).text, runOf(items, 2, 1, []).corrected], ["medical problems", false]);
  const corrections = [{ kind: "words", start: 0.5, end: 2, text: "medical problems can" }];
  const run = runOf(items, 3, 4, corrections);
  assert.deepEqual([run.first, run.last, run.start, run.end, run.corrected], [1, 4, 0.5, 2.5, true]);
  assert.equal(run.next, null);
});

test("steps go over pauses, and a place is found again after other words came there", () => {
  const words = wordsOf("some medical problems");
  const items = [...words.slice(0, 2), { kind: "pause", text: "0.15 s", start: 0.95, end: 1.1 }, words[2]];
  assert.equal(nextSaid(items, 1, 1), 3);
  assert.equal(nextSaid(items, 3, 1), -1);
  assert.equal(indexFrom(items, { start: 0.5, kind: "words" }), 1);
  assert.equal(indexFrom(items, { start: 60, kind: "words" }), 3);
});
