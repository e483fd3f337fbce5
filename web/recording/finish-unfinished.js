// Finishing an interrupted recording from wherever it is listed.

import { api } from "../api.js";

/**
 * With what this browser still has of it, else with what has arrived.
 * @param {string} id of the answer
 * @returns {Promise<object>} the answer
 */
export async function finishUnfinished(id) {
  // Fetched only here: pages that list answers have no other need of what records.
  const { listUnfinished } = await import("./unfinished.js");
  const kept = (await listUnfinished()).find((item) => item.id === id);
  return kept ? kept.finish() : api.finish(id, null);
}
