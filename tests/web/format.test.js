// Times, sizes, tags, formats and takes as text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { correctionWords } from "../../web/format/marks.js";
import { arrangementWords, extensionWords, reflectionWords } from "../../web/format/practice.js";
import { chosenPair, firstPair } from "../../web/format/takes.js";
import {
  aimWords,
  clock,
  countWords,
  dayWords,
  lengthWords,
  preciseClock,
  readTags,
  sameTag,
  sizeWords,
  spokenTime,
} from "../../web/format/time.js";
import { isUnderWay, progressShare, progressWords } from "../../web/format/work.js";

/** The same cases as for the service's own forms. */
const TIMES = JSON.parse(readFileSync(new URL("../analysis/view/times.json", import.meta.url), "utf8"));

/** Each case is [function, its arguments, what it returns]. */
const CASES = [
  ...TIMES.clock.map(([seconds, text]) => [clock, [seconds], text]),
  ...TIMES.preciseClock.map(([seconds, text]) => [preciseClock, [seconds], text]),
  ...TIMES.duration.map(([seconds, text]) => [lengthWords, [seconds], text]),
  ...TIMES.aim.map(([[low, high], text]) => [aimWords, [{ low, high }], text]),
  [spokenTime, [61], "1 minute 1 second"],
  [sizeWords, [430_000], "430 kB"],
  [sizeWords, [2_147_483_648], "2.1 GB"],
  [sizeWords, [999_600], "1 MB"],
  [countWords, [1, "answer"], "1 answer"],
  [countWords, [1200, "answer"], "1,200 answers"],
  [extensionWords, [1.25], "1.25 times as long"],
  [extensionWords, [null], "No time limits"],
  [reflectionWords, ["length", { length: "about_right" }], "About right"],
  [reflectionWords, ["length", null], ""],
  [correctionWords, [{ kind: "words", text: "blood test" }], "You said “blood test”."],
  [correctionWords, [{ kind: "words", text: "" }], "Nothing was said here."],
  [readTags, ["Ethics, mmi,,  MMI , two  words"], ["Ethics", "mmi", "two words"]],
  [sameTag, [" MMI", "mmi "], true],
  [sameTag, ["mmi", "mm"], false],
];

for (const [written, given, expected] of CASES) {
  test(`${written.name}(${JSON.stringify(given).slice(1, -1)})`, () => {
    assert.deepEqual(written(...given), expected);
  });
}

test("a day is said by its distance from today, with the year where it is another one", () => {
  const now = new Date(2026, 10, 27, 0, 5);
  assert.equal(dayWords(new Date(2026, 10, 27, 0, 1).toISOString(), now), "Today");
  assert.equal(dayWords(new Date(2026, 10, 26, 23, 59).toISOString(), now), "Yesterday");
  assert.equal(dayWords(new Date(2026, 5, 6, 12).toISOString(), now), "Saturday 6 June");
  assert.match(dayWords(new Date(2025, 5, 6, 12).toISOString(), now), /^Friday,? 6 June 2025$/);
});

test("what will happen with the time is said before it does", () => {
  const format = { preparation_kind: "read", retake: false };
  assert.deepEqual(arrangementWords(format, { preparation: 120, answer: 480 }, { low: 60, high: 120 }), [
    "2 min to read and think",
    "Stops by itself at 8 min",
    "Aim: 1–2 minutes",
    "One take only",
  ]);
  assert.deepEqual(arrangementWords({ ...format, retake: true }, { preparation: null, answer: null }, null), [
    "You stop when you are done",
  ]);
});

test("the work on an answer is said with how far it is", () => {
  const answer = {
    source: "upload",
    intake: "complete",
    work: { state: "working", stage: "transcribe", progress: { done: 40.7, total: 91.6 } },
  };
  assert.equal(progressWords(answer), "Transcribing, 40 of 92 s");
  assert.equal(progressWords(answer, "about 1 minute left"), "Transcribing, 40 of 92 s, about 1 minute left");
  assert.equal(progressWords({ ...answer, intake: "receiving" }, "about 1 minute left"), "Receiving the recording");
  assert.equal(progressShare(answer), 40.7 / 91.6);
  assert.equal(isUnderWay(answer), true);
  const ready = { ...answer, work: { state: "ready", stage: null, progress: null } };
  assert.equal(progressWords(ready), "");
  assert.equal(progressWords(ready, "about 1 minute left"), "");
  assert.equal(progressShare(ready), null);
  assert.equal(isUnderWay(ready), false);
});

const take = (answer, state = "ready") => ({ answer, state, available: state === "ready" ? ["report"] : [] });

test("the first pair of takes is the one asked for, else the first and the newest with a report", () => {
  const takes = [take("a"), take("b", "failed"), take("c"), take("d")];
  assert.deepEqual(firstPair(takes, []), ["a", "d"]);
  assert.deepEqual(firstPair(takes, ["c", "a"]), ["a", "c"]);
  assert.deepEqual(firstPair(takes, ["b", "a"]), ["a", "d"]);
  assert.equal(firstPair([take("a"), take("b", "failed")], []), null);
});

test("choosing the other side's take swaps the two, and the earlier one is always first", () => {
  const takes = [take("a"), take("b"), take("c")];
  assert.deepEqual(chosenPair(["a", "c"], 0, "b", takes), ["b", "c"]);
  assert.deepEqual(chosenPair(["b", "c"], 1, "a", takes), ["a", "b"]);
  assert.deepEqual(chosenPair(["a", "c"], 0, "c", takes), ["a", "c"]);
});
