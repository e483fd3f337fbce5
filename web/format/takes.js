// Takes and what a comparison found, in words, and which two takes are compared. Pure.

import { dayWords, timeOfDay } from "./time.js";

export const SIDES = ["A", "B"];

/** 'Take 2' */
export const takeName = ({ take, title }) => (take ? `Take ${take}` : title || "Untitled answer");

/** 'Yesterday, 14:20' */
export const takeDay = ({ created_at: created }) => `${dayWords(created)}, ${timeOfDay(created)}`;

const STATES = {
  waiting: "waiting to start",
  working: "being analysed",
  receiving: "still arriving",
  interrupted: "interrupted: open it to finish it",
  failed: "stopped: open it to see why",
  outdated: "measured by an old version: analyse it again to compare it",
};

/** Why a take has no figures: a part of a sentence. */
export const stateWords = ({ state }) => STATES[state] ?? "no report yet";

// Which two takes stand side by side. Pure: the earlier one is always A.

const hasReport = ({ available, state }) => available.includes("report") && state !== "outdated";

/** Takes that can be compared, oldest first. */
export const comparable = (takes) => takes.filter(hasReport);

/**
 * The pair to begin with: the two that were asked for, else the first take and the newest one.
 * @param {Array<object>} takes oldest first
 * @param {string[]} asked ids
 * @returns {[string, string]|null} null where there are not two with a report
 */
export function firstPair(takes, asked) {
  const ids = comparable(takes).map(({ answer }) => answer);
  const wanted = ids.filter((id) => asked.includes(id));
  if (wanted.length === 2) {
    return wanted;
  }
  return ids.length < 2 ? null : [ids[0], ids.at(-1)];
}

/**
 * The pair after another take was chosen for one side. Who chooses the other side's take swaps the two.
 * @param {[string, string]} pair
 * @param {0|1} side
 * @param {string} id
 * @param {Array<object>} takes oldest first
 * @returns {[string, string]}
 */
export function chosenPair(pair, side, id, takes) {
  /** @type {[string, string]} */
  const next = [...pair];
  next[side] = id;
  if (next[0] === next[1]) {
    next[1 - side] = pair[side];
  }
  const place = (each) => takes.findIndex(({ answer }) => answer === each);
  return next.sort((one, other) => place(one) - place(other));
}
