// The latest of what the service says of answers: replies and news may overtake one another, or be missed.

import { api } from "../api.js";
import { isUnderWay } from "../format/work.js";

/** Whether `answer` is as it was before `other`. */
export const isOlder = (answer, other) => answer.change < other.change;

/**
 * Ask anew for those of some answers that are still worked on, as far as is known.
 * @param {Iterable<object>} answers
 * @param {(answer: object) => void} take is given each as it is now
 */
export async function askAgain(answers, take) {
  const underWay = [...answers].filter(isUnderWay);
  // One that cannot be had now is as it was; the next news tells.
  await Promise.all(underWay.map(({ id }) => api.answer(id).then(take, () => {})));
}
