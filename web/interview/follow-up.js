// Which follow-up comes: the service decides on the transcript, which is there soon after the answer has ended.

import { api } from "../api.js";

/** Milliseconds after which the interview goes on without one. */
const PATIENCE = 6_000;
/** Milliseconds between two questions whether the transcript is there. */
const LOOK_EVERY = 150;

/**
 * @param {object} interview
 * @param {import("../recording/take.js").Take} take that has just been stopped
 * @returns {Promise<any>} null where none is asked
 */
export async function decideFollowUp(interview, take) {
  if (!interview.choices.follow_ups) {
    return null;
  }
  const until = performance.now() + PATIENCE;
  try {
    const sent = await Promise.race([take.stop(), later(PATIENCE, null)]);
    while (sent && performance.now() < until) {
      try {
        const asking = api.followUp(interview.id, sent.id);
        return (await Promise.race([asking, later(until - performance.now(), null)]))?.follow_up ?? null;
      } catch (error) {
        if (error.code !== "not_ready") {
          return null;
        }
      }
      await later(LOOK_EVERY, null);
    }
  } catch {
    // The answer is not with the service yet. The interview does not wait for it.
  }
  return null;
}

const later = (milliseconds, value) => new Promise((resolve) => setTimeout(resolve, milliseconds, value));
