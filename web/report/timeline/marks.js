// What stands on the timeline, lane by lane in order of time. Pure.

import { fillerWords, paceWords, pauseWords } from "../../format/marks.js";

/** From top to bottom. */
const LANES = ["pace", "pauses", "fillers"];

/** The shape that stands for a filler, here, in the legend and in the transcript. */
export function fillerShape(filler) {
  const shape = filler.kind === "filled_pause" ? "dot" : "diamond";
  return filler.state === "unsure" ? `ringed-${shape}` : shape;
}

/** The shape that stands for a pause: a stroke goes through one that parts a clause. */
export const pauseShape = (pause) => (pause.place === "boundary" ? "bar" : "crossed-bar");

/** Fillers that count or may count. */
export function shownFillers(report) {
  return report.fillers.filter(({ state }) => state !== "not_filler");
}

/**
 * `source` is of fillers: transcribed, heard or person. `thing` is what the report says.
 * @returns {Array<{key: string, lane: string, shape: string, source?: string, start: number, end: number, middle: number, words: string, thing: object}>}
 */
export function marksOf(report) {
  const mark = (lane, shape, thing, index, words) => ({
    key: `${lane}-${index}`,
    lane,
    shape,
    source: thing.source,
    start: thing.start,
    end: thing.end,
    middle: (thing.start + thing.end) / 2,
    words,
    thing,
  });
  return [
    ...report.pace.map((window, index) => mark("pace", "point", window, index, paceWords(window))),
    ...report.pauses.map((pause, index) => mark("pauses", pauseShape(pause), pause, index, pauseWords(pause))),
    ...shownFillers(report).map((filler, index) => mark("fillers", fillerShape(filler), filler, index, fillerWords(filler))),
  ];
}

/**
 * The mark that a key leads to: left and right along a lane, up and down to the nearest in the next lane.
 * @returns {object|null} null when there is none that way
 */
export function neighbour(marks, present, key) {
  const lane = marks.filter(({ lane: name }) => name === present.lane);
  const at = lane.indexOf(present);
  if (key === "ArrowRight") {
    return lane[at + 1] ?? null;
  }
  if (key === "ArrowLeft") {
    return lane[at - 1] ?? null;
  }
  if (key === "Home") {
    return lane[0];
  }
  if (key === "End") {
    return lane.at(-1);
  }
  const step = key === "ArrowDown" ? 1 : -1;
  for (let index = LANES.indexOf(present.lane) + step; index >= 0 && index < LANES.length; index += step) {
    const others = marks.filter(({ lane: name }) => name === LANES[index]);
    if (others.length > 0) {
      return others.reduce((best, mark) =>
        Math.abs(mark.middle - present.middle) < Math.abs(best.middle - present.middle) ? mark : best,
      );
    }
  }
  return null;
}
