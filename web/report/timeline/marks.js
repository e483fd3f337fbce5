// From mark to mark by keyboard. Pure.

/** From top to bottom. */
const LANES = ["pace", "pauses", "fillers", "remarks", "comments"];

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
