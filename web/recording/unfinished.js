// Recordings that were not finished: left behind in this browser by a tab that closed or crashed, or only with the service.

import { api } from "../api.js";
import { Backlog } from "./backlog.js";
import { openChunkStore } from "./chunk-store.js";
import { deleteAnswer, Delivery } from "./delivery.js";
import { RecordingError } from "./errors.js";
import { lockedTakes, lockTake } from "./take-lock.js";

/** Answers asked for at once. Nobody has more recordings that broke off. */
const LARGEST_PAGE = 200;

/** Milliseconds. A recording without a chunk may just have begun, in a browser that does not say what lives. */
const BEGINNING = 60_000;

/**
 * @typedef {object} Unfinished
 * @property {string} id
 * @property {string|null} question
 * @property {string|null} questionId
 * @property {string|null} interview id
 * @property {string|null} part of the interview
 * @property {Date} startedAt
 * @property {number|null} seconds recorded, as far as that is known
 * @property {() => Promise<object>} finish sends what is still here, and resolves with the service's answer; rejects
 *   with a RecordingError or ApiError, after which it can be called again
 * @property {() => Promise<void>} discard
 */

/**
 * What could be finished, newest first. Takes that some tab is recording or sending now are left out. Never rejects:
 * where the service cannot be reached, it is what lies in this browser.
 * @returns {Promise<Unfinished[]>}
 */
export async function listUnfinished() {
  const store = await openChunkStore();
  const [rows, locked, answers] = await Promise.all([
    store?.takes().catch(() => []) ?? [],
    lockedTakes(),
    answersLeftBehind(),
  ]);
  const left = rows.filter(({ id }) => !locked.has(id));
  const offered = left.filter(({ discarded, count }) => !discarded && count > 0);
  left.filter((row) => row.discarded || (row.count === 0 && isOld(row))).forEach((row) => clearAway(row));
  const here = new Set(rows.flatMap(({ id, answerId }) => [id, answerId]));
  const elsewhere = answers.filter(({ id }) => !here.has(id) && !locked.has(id));
  return [...offered.map(fromRow), ...elsewhere.map(fromAnswer)].sort((one, other) => other.startedAt - one.startedAt);
}

async function answersLeftBehind() {
  try {
    const { items } = await api.answers({ unfinished: true, limit: LARGEST_PAGE });
    // One that still receives may be under way on a phone.
    return items.filter(({ source, intake, chunks }) => source === "recording" && intake === "interrupted" && chunks > 0);
  } catch {
    return [];
  }
}

function fromRow(row) {
  // One for all tries: it knows how far it came.
  /** @type {any} */
  let delivery = null;
  const withLock = async (work) => {
    const unlock = await lockTake(row.id);
    if (!unlock) {
      throw new RecordingError("finished_elsewhere");
    }
    try {
      return await work();
    } finally {
      unlock();
    }
  };
  return {
    id: row.answerId ?? row.id,
    question: row.details.question ?? null,
    questionId: row.details.question_id ?? null,
    interview: row.details.interview ?? null,
    part: row.details.part ?? null,
    startedAt: new Date(row.startedAt),
    seconds: row.seconds,
    finish: () =>
      withLock(async () => {
        delivery ??= new Delivery(new Backlog(row));
        try {
          return await delivery.finish();
        } catch (error) {
          if (error.code === "answer_deleted") {
            await delivery.discard();
          }
          throw error;
        }
      }),
    discard: () => withLock(() => new Delivery(new Backlog(row)).discard()),
  };
}

function fromAnswer(answer) {
  return {
    id: answer.id,
    question: answer.question,
    questionId: answer.question_id,
    interview: answer.interview,
    part: answer.part,
    startedAt: new Date(answer.created_at),
    seconds: answer.duration,
    finish: () => api.finish(answer.id, null),
    discard: () => deleteAnswer(answer.id),
  };
}

/** Older than a take whose first chunk is on its way. */
const isOld = ({ startedAt }) => Date.now() - new Date(startedAt).getTime() > BEGINNING;

/** Discarded while the service could not be reached, or begun without a second recorded: nobody needs to be asked. */
async function clearAway(row) {
  const unlock = await lockTake(row.id);
  if (unlock) {
    await new Delivery(new Backlog(row)).discard().catch(() => {
      // The next visit tries again.
    });
    unlock();
  }
}
