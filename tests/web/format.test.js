// Times, sizes, tags, measures, formats and takes in words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { correctionWords, fillerWords, pauseWords } from "../../web/format/marks.js";
import { figureWords, guideWords, intervalWords, reasonWords, valueWords } from "../../web/format/measures.js";
import { aimWords, arrangementWords, extensionWords, reflectionWords } from "../../web/format/practice.js";
import { chosenPair, firstPair, ratioWords } from "../../web/format/takes.js";
import {
  clock,
  countWords,
  dayWords,
  lengthWords,
  preciseClock,
  readTags,
  sameTag,
  shortLengthWords,
  sizeWords,
  spokenTime,
} from "../../web/format/time.js";
import { isUnderWay, progressShare, progressWords } from "../../web/format/work.js";

const measure = (value, unit, low = null, high = null) => ({
  value,
  unit,
  low,
  high,
  state: value === null ? "not_measurable" : "measured",
  reason: null,
  guide: null,
});
const guided = (unit, low, high) => ({ ...measure(1, unit), guide: { low, high, source: "one study" } });

/** Each case is [function, its arguments, what it returns]. */
const CASES = [
  [clock, [62.9], "1:02"],
  [clock, [3605], "1:00:05"],
  [preciseClock, [59.96], "1:00.0"],
  [lengthWords, [102.4], "1 min 42 s"],
  [lengthWords, [119.6], "2 min"],
  [lengthWords, [3780], "1 h 3 min"],
  [shortLengthWords, [0.42], "0.42 s"],
  [shortLengthWords, [9.97], "10 s"],
  [spokenTime, [61], "1 minute 1 second"],
  [sizeWords, [430_000], "430 kB"],
  [sizeWords, [2_147_483_648], "2.1 GB"],
  [sizeWords, [999_600], "1 MB"],
  [countWords, [1, "answer"], "1 answer"],
  [countWords, [1200, "answer"], "1,200 answers"],
  [figureWords, [measure(6, "count", 3, 10)], { value: "about 6", interval: "3 to 10" }],
  [figureWords, [measure(6, "count", 6, 6)], { value: "6", interval: "" }],
  [figureWords, [measure(null, "s")], { value: "", interval: "" }],
  [valueWords, [measure(146.4, "words/min")], "146 words a minute"],
  [valueWords, [measure(1, "words")], "1 word"],
  [valueWords, [measure(82.7, "%")], "83 %"],
  [intervalWords, [measure(0.46, "s", 0.39, 0.53)], "0.39 to 0.53 s"],
  [guideWords, [guided("s", 60, 120)], "1 to 2 min"],
  [guideWords, [guided("per min", null, 5)], "up to 5"],
  [guideWords, [guided("dB", 20, null)], "at least 20 dB"],
  [guideWords, [measure(3, "count")], ""],
  [
    reasonWords,
    [{ reason: "too_little_speech", state: "low_confidence" }],
    "there are less than 30 seconds of speech",
  ],
  [reasonWords, [{ reason: "a_new_reason", state: "low_confidence" }], "a new reason"],
  [aimWords, [{ low: 60, high: 120 }], "1–2 min"],
  [aimWords, [{ low: 90, high: 150 }], "1.5–2.5 min"],
  [aimWords, [{ low: 75, high: 150 }], "1:15–2:30 min"],
  [aimWords, [{ low: 30, high: 60 }], "30–60 s"],
  [extensionWords, [1.25], "1.25 times as long"],
  [extensionWords, [null], "No time limits"],
  [reflectionWords, ["length", { length: "about_right" }], "About right"],
  [reflectionWords, ["length", null], ""],
  [ratioWords, [{ low: 0.21, high: 0.874 }, "take 1"], "Between 0.21 and 0.87 times take 1"],
  [ratioWords, [{ low: 1.4, high: 449_709 }, "take 1"], "At least 1.4 times take 1"],
  [ratioWords, [{ low: 0.0001, high: 0.47 }, "take 1"], "At most 0.47 times take 1"],
  [ratioWords, [{ low: null, high: null }, "take 1"], ""],
  [
    pauseWords,
    [{ start: 34, end: 35.4, place: "boundary" }],
    "Pause of 1.4 s at 0:34, at the end of a sentence or clause",
  ],
  [
    fillerWords,
    [{ text: "um", start: 34, kind: "filled_pause", source: "heard", state: "unsure" }],
    "“um” at 0:34, a filled pause, heard in the sound, not in the text, not certain",
  ],
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
    "Aim 1–2 min",
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
  assert.equal(progressShare(answer), 40.7 / 91.6);
  assert.equal(isUnderWay(answer), true);
  const ready = { ...answer, work: { state: "ready", stage: null, progress: null } };
  assert.equal(progressWords(ready), "");
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
