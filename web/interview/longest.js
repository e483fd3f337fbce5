// How long an interview can take at most, before it and while it goes on.

/** Seconds, as `service/interviews/plan.py` has them: to answer a follow-up, and to ask one's own question. */
const FOLLOW_UP = 120;
const CLOSING = 90;
/** Seconds in which something is said. */
const SPOKEN = 8;
/** Seconds that a dropped connection takes: a minute until one writes or calls, and the apology. */
const DROPPED = 60 + 30;

/** Whether something is recorded in this step. */
export const isRecorded = ({ kind }) => kind === "question" || kind === "closing";

/**
 * @param {any[]} steps of an interview, or those that are left
 * @param {number} followUps that may still come
 * @param {number|null} extension factor on all times; null is without limits
 * @returns {number|null} seconds; null without limits
 */
export function longestSeconds(steps, followUps, extension) {
  const recorded = steps.filter(isRecorded);
  if (recorded.some(({ answer }) => answer === null)) {
    return null;
  }
  const each = recorded.map(
    ({ preparation, answer, pause, repeat, drop }) => (preparation ?? 0) + (pause ?? 0) + answer * (repeat ? 2 : 1) + (drop ? DROPPED : 0),
  );
  const mayFollow = recorded.reduce((sum, step) => sum + (step.most_follow_ups ?? 0), 0);
  const after = Math.min(followUps, mayFollow) * (FOLLOW_UP * (extension ?? 1) + SPOKEN);
  return each.reduce((sum, seconds) => sum + seconds, 0) + after + SPOKEN * steps.length;
}

/**
 * Of an interview that is not planned yet.
 * @param {object} format
 * @param {object} choices as `POST /api/interviews` takes them
 * @param {{preparation: number|null, answer: number|null, pause: number|null}} times of one question
 * @param {number} count of its questions
 */
export function longestBefore({ interview }, choices, { preparation, answer, pause }, count) {
  const follows = interview.follow_ups > 0 && choices.follow_ups;
  const questions = Array.from({ length: count }, (_, number) => ({
    kind: "question",
    preparation,
    answer,
    pause: number ? pause : null,
    most_follow_ups: follows ? 1 : 0,
    // Where in the interview it comes makes no difference.
    repeat: choices.repeat && number === count - 1,
    drop: choices.connection_drop && number === count - 1,
  }));
  const around = ["greeting", "goodbye"].filter((kind) => interview[kind] && !interview.drill).map((kind) => ({ kind }));
  const closing = interview.closing ? [{ kind: "closing", answer: choices.extension === null ? null : CLOSING * choices.extension }] : [];
  return longestSeconds([...around, ...questions, ...closing], interview.follow_ups, choices.extension);
}
