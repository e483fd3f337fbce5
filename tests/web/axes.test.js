// The axes of the progress charts, and the scale and marks of a report's timeline.

import assert from "node:assert/strict";
import { test } from "node:test";

import { addDays, DayAxis, dayFrom, dayName, dayNumber, mondayOf, ValueAxis, weekName } from "../../web/progress/axes.js";
import { neighbour } from "../../web/report/timeline/marks.js";
import { TimeScale, waveformPath } from "../../web/report/timeline/scale.js";

// Clocks change on 25 October 2026 here.
process.env.TZ = "Europe/Berlin";

const day = (text) => dayFrom(text);

test("a week belongs to the year of its Thursday", () => {
  assert.equal(weekName(day("2026-11-22")), "2026-W47");
  assert.equal(weekName(day("2026-11-23")), "2026-W48");
  assert.equal(weekName(day("2027-01-03")), "2026-W53");
  assert.equal(weekName(day("2027-01-04")), "2027-W01");
  assert.equal(weekName(day("2024-12-30")), "2025-W01");
});

test("days are counted whole, whatever clocks do", () => {
  assert.equal(dayName(addDays(day("2026-10-24"), 2)), "2026-10-26");
  assert.equal(dayNumber(day("2026-10-26")) - dayNumber(day("2026-10-24")), 2);
  assert.equal(dayName(mondayOf(day("2026-11-29"))), "2026-11-23");
});

test("takes of one day are side by side within its width", () => {
  const times = [day("2026-11-01"), day("2026-11-01"), day("2026-11-03")];
  const axis = new DayAxis(times, 0, 300);
  assert.deepEqual([0, 1, 2].map((index) => axis.x(index)), [25, 75, 250]);
});

test("days have as many labels as there is room for, weeks at Mondays, then months", () => {
  const month = new DayAxis([day("2026-11-01"), day("2026-11-30")], 0, 600);
  const labels = (axis, spacing) => axis.ticks(spacing).map((tick) => dayName(tick.day));
  assert.equal(labels(month, 20).length, 30);
  assert.deepEqual(labels(month, 100), ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30"]);
  const year = new DayAxis([day("2026-01-10"), day("2026-12-20")], 0, 600);
  assert.deepEqual(labels(year, 100), ["2026-04-01", "2026-07-01", "2026-10-01"]);
  assert.ok(year.ticks(100).every(({ months }) => months));
});

test("values that cannot be negative start at zero, seconds step as clocks do", () => {
  const seconds = new ValueAxis([70, 115], "s", 0, 100);
  assert.deepEqual(seconds.ticks(), [0, 30, 60, 90, 120].filter((value) => value <= seconds.high));
  assert.equal(seconds.y(0), 100);
  const rate = new ValueAxis([140, 160], "words/min", 0, 100);
  assert.ok(rate.low > 0 && rate.low <= 140 && rate.high >= 160);
});

test("an axis has a height where all values are the same", () => {
  const axis = new ValueAxis([5, 5], "words/min", 0, 100);
  assert.ok(axis.high > axis.low);
  assert.ok(Number.isFinite(axis.y(5)));
});

test("times and pixels of the timeline are each other's inverse, within the recording", () => {
  const scale = new TimeScale(90, 920);
  assert.equal(scale.x(0), 10);
  assert.equal(scale.x(90), 910);
  assert.equal(scale.time(scale.x(42.5)), 42.5);
  assert.equal(scale.time(-50), 0);
  assert.equal(scale.time(5000), 90);
  assert.deepEqual(scale.ticks(), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
});

test("a waveform is a bar every three pixels, never without height", () => {
  const lane = { top: 0, height: 100 };
  const path = waveformPath({ duration: 1, rate: 10, peaks: Array(10).fill(0) }, new TimeScale(1, 50), lane);
  assert.equal(path.match(/M/g).length, 10);
  assert.ok(path.startsWith("M11.0 49.0V51.0"));
  assert.equal(waveformPath({ duration: 0, rate: 10, peaks: [] }, new TimeScale(1, 50), lane), "");
});

const mark = (key, lane, start, end) => ({ key, lane, start, end, middle: (start + end) / 2 });

test("arrow keys go along a lane, and to the nearest mark of the next one", () => {
  const [first, second] = [mark("pauses-0", "pauses", 2, 3), mark("pauses-1", "pauses", 9, 9.5)];
  const [um, so] = [mark("fillers-0", "fillers", 1, 1.4), mark("fillers-1", "fillers", 8, 8.3)];
  const marks = [mark("pace-0", "pace", 30, 45), first, second, um, so];
  assert.equal(neighbour(marks, first, "ArrowRight"), second);
  assert.equal(neighbour(marks, second, "ArrowRight"), null);
  assert.equal(neighbour(marks, second, "ArrowDown"), so);
  assert.equal(neighbour(marks, um, "ArrowUp"), first);
  assert.equal(neighbour(marks, um, "ArrowDown"), null);
  assert.equal(neighbour(marks, first, "End"), second);
});
