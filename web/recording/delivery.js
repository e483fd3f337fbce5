// Sends a take to the service: the answer is made, then chunk after chunk in order, one at a time, then it is finished.
// While the recording continues it never gives up. A chunk that was stored but whose acknowledgement was lost is sent
// again, which the service takes as the same chunk.

import { addresses, api, ApiError } from "../api.js";
import { backOff, putOnce, TRIES } from "../upload/sending.js";
import { RecordingError } from "./errors.js";
import { lockTake } from "./take-lock.js";

/** Milliseconds for one request: a connection that was cut without a word would be waited for without end. */
const PATIENCE = 30_000;

/** Problems after which the service takes nothing more of this recording, by their code. */
const REFUSALS = { too_large: "too_large", already_finished: "finished_elsewhere", empty_file: "nothing_recorded" };

/** Problems that pass, by their status. Where the service says nothing, the connection is the problem. */
const TROUBLES = { 401: "signed_out", 503: "service_busy", 507: "storage_full" };

/** What it is, for a problem that passes. */
const troubleOf = (error) => (error.code === "quota_reached" ? error.code : (TROUBLES[error.status] ?? "connection_lost"));

/** One request, or ApiError connection_lost when it takes too long. */
async function limited(request) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    return await request(controller.signal);
  } catch (error) {
    throw error.name === "AbortError" ? new ApiError(0, "connection_lost", "") : error;
  } finally {
    clearTimeout(timer);
  }
}

/** What the service takes as an id. Takes that an earlier version of the page kept have others. */
const OWN_ID = /^[0-9a-f]{24}$/;

/**
 * Make the answer; with less, where the service refuses a part: the question, the format or the interview may be gone
 * by now. It gets the take's id: made already, with the reply lost on its way, it is not made twice.
 */
async function create({ id, details }) {
  const { title, question, session, source, interview, part, follow_up_of, asked } = details;
  // What it was practised for may be deleted meanwhile. Its question and format are still those.
  const forNone = details.scheduled_interview ? [{ ...details, scheduled_interview: null }] : [];
  // Its takes may be used up, or it may be deleted: the answer is one's own then.
  const forNoAssignment = details.assignment ? [{ ...details, assignment: null, assignment_question: null }] : [];
  const plainer = [...forNoAssignment, ...forNone, { title, question, session, source, interview, part, follow_up_of, asked }, { title, question, session, source }, { source }];
  for (let body = details; ; body = plainer.shift()) {
    try {
      return await limited((signal) => api.create({ ...body, ...(OWN_ID.test(id) ? { id } : {}) }, signal));
    } catch (error) {
      const refused = error.status === 422 || (body.assignment && (error.status === 404 || error.code === "no_attempts_left"));
      if (!refused || plainer.length === 0) {
        throw error;
      }
    }
  }
}

/** Have the service delete an answer, if there is one. */
export async function deleteAnswer(id) {
  try {
    if (id) {
      await limited((signal) => api.delete(id, signal));
    }
  } catch (error) {
    if (error.status !== 404) {
      throw error;
    }
  }
}

/** Events: "refused" (see `refusal`: recording on would be in vain), "change". */
export class Delivery extends EventTarget {
  /** @type {any} The service's answer, once it is made. */
  answer = null;
  /** @type {any} RecordingError connection_lost, service_busy, storage_full, quota_reached or signed_out while the service takes nothing just now. */
  trouble = null;
  /** @type {any} RecordingError: why the service takes nothing more of this recording. */
  refusal = null;
  #backlog;
  /** @type {Promise<void>|null} */
  #sending = null;
  #failures = 0;
  #incomplete = false;
  /** @type {{due: number, go: () => void}|null} */
  #wake = null;
  #aborting = new AbortController();
  #unlock = () => {};

  /** @param {import("./backlog.js").Backlog} backlog */
  constructor(backlog) {
    super();
    this.#backlog = backlog;
    const { signal } = this.#aborting;
    backlog.addEventListener("ready", () => this.start(), { signal });
    addEventListener("online", () => this.#wakeUp(), { signal });
  }

  /** Send what there is, and go on whenever there is more. */
  start() {
    // Timers hardly run in a hidden tab; chunks do come. Each one is a chance to try again.
    this.#wakeIfDue();
    this.#push().catch(() => {
      // `refusal` has it, or `finish` meets it again.
    });
  }

  /**
   * Send the rest and finish. Call it again to go on after an error that may pass.
   * @returns {Promise<object>} the service's answer
   * @throws {RecordingError} connection_lost, service_busy, storage_full or quota_reached after some tries; answer_deleted, nothing_recorded
   */
  async finish() {
    await this.#backlog.close();
    if (this.#row.count === 0) {
      throw new RecordingError("nothing_recorded");
    }
    this.#failures = 0;
    this.#wakeUp();
    while (!this.refusal && this.#row.acknowledged < this.#row.count) {
      await this.#push().catch((error) => this.#unlessRefused(error));
    }
    if (["answer_deleted", "nothing_recorded"].includes(this.refusal?.code)) {
      throw this.refusal;
    }
    this.answer = await this.#insist(() => this.#complete());
    await this.#backlog.forget();
    this.close();
    return this.answer;
  }

  /** Have it deleted, here and there. Where the service cannot be reached, the next visit does it. */
  async discard() {
    this.#aborting.abort();
    this.#wakeUp();
    await this.#sending?.catch(() => {});
    const remembered = await this.#backlog.discard();
    try {
      // It may be made without this page knowing.
      await deleteAnswer(this.#row.answerId ?? (OWN_ID.test(this.#row.id) ? this.#row.id : null));
    } catch (error) {
      if (!remembered) {
        throw new RecordingError("connection_lost", { cause: error });
      }
      this.close();
      return;
    }
    await this.#backlog.forget();
    this.close();
  }

  /** Stop sending. What was kept stays for later. */
  close() {
    this.#aborting.abort();
    this.#wakeUp();
    this.#unlock();
  }

  get #row() {
    return this.#backlog.row;
  }

  #push() {
    this.#sending ??= this.#sendAll();
    return this.#sending;
  }

  async #sendAll() {
    try {
      await this.#insist(() => this.#create());
      while (this.#row.acknowledged < this.#row.count) {
        await this.#insist(() => this.#sendNext());
      }
    } finally {
      // At once, and not in a `finally` of the promise: a chunk that comes now must start it again.
      this.#sending = null;
    }
  }

  async #create() {
    if (!this.#row.answerId) {
      this.answer = await create(this.#row);
      this.#row.answerId = this.answer.id;
      await this.#backlog.save();
      this.#unlock = (await lockTake(this.answer.id)) ?? this.#unlock;
      this.#changed();
    }
  }

  async #sendNext() {
    const number = this.#row.acknowledged;
    await this.#send(number);
    this.#backlog.acknowledge(number);
  }

  async #send(number) {
    const data = await this.#backlog.read(number);
    if (!data) {
      // Cleared away under our hands. The rest is worth having.
      this.#incomplete = true;
      return;
    }
    try {
      await putOnce(addresses.chunk(this.#row.answerId, number), data, () => {}, this.#aborting.signal, PATIENCE);
    } catch (error) {
      if (error.code !== "chunk_differs") {
        throw error;
      }
      // The service has something under this number, and keeps to it.
    }
  }

  /** How long notes were shown: just before it is finished, so that its report has it and both are tried again. */
  async #tellOfNotes(answerId) {
    const { notesSeconds } = this.#row;
    try {
      if (typeof notesSeconds === "number") {
        await limited((signal) => api.change(answerId, { bullets_seconds: notesSeconds }, signal));
      }
    } catch (error) {
      if (error.code === "connection_lost" || error.status === 404 || error.status in TROUBLES) {
        throw error;
      }
      // The service does not take it, and would not the next time. The recording is worth more.
    }
  }

  async #complete() {
    const { count, pausedAt } = this.#row;
    // Only what the service has an answer for is finished.
    const answerId = /** @type {string} */ (this.#row.answerId);
    if (this.refusal?.code === "finished_elsewhere") {
      return limited((signal) => api.answer(answerId, signal));
    }
    const chunks = this.refusal || this.#incomplete ? null : count;
    await this.#tellOfNotes(answerId);
    try {
      return await limited((signal) => api.finish(answerId, chunks, signal, pausedAt));
    } catch (error) {
      if (error.code === "already_finished") {
        return limited((signal) => api.answer(answerId, signal));
      }
      if (error.code !== "missing_chunks") {
        throw error;
      }
      // Acknowledged, and yet not there: the service was set back to an older copy. What is still here goes again.
      for (const number of error.problem.missing) {
        await this.#send(number);
      }
      return limited((signal) => api.finish(answerId, this.#incomplete ? null : count, signal, pausedAt));
    }
  }

  /** Try until it works; after the recording has ended, a limited number of times. */
  async #insist(attempt) {
    for (;;) {
      this.#aborting.signal.throwIfAborted();
      if (this.refusal && !this.#backlog.closed) {
        throw this.refusal;
      }
      try {
        const result = await attempt();
        this.#failures = 0;
        this.#setTrouble(null);
        return result;
      } catch (error) {
        this.#judge(error);
        this.#failures += 1;
        if (this.#backlog.closed && this.#failures >= TRIES) {
          throw this.trouble;
        }
        await this.#wait(backOff(this.#failures, error));
      }
    }
  }

  /** Throws where trying again is in vain. */
  #judge(error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    // Only in the service's own words: any server that stands in its place can say 404.
    const code = error.problem.code === "not_found" ? "answer_deleted" : REFUSALS[error.code];
    if (code) {
      this.refusal = new RecordingError(code, { cause: error });
      this.dispatchEvent(new Event("refused"));
      this.#changed();
      throw this.refusal;
    }
    this.#setTrouble(new RecordingError(troubleOf(error), { cause: error }));
  }

  #unlessRefused(error) {
    if (error !== this.refusal) {
      throw error;
    }
  }

  /** @returns {Promise<void>} */
  #wait(milliseconds) {
    return new Promise((resolve) => {
      const due = performance.now() + milliseconds;
      const timer = setTimeout(() => this.#wakeUp(), milliseconds);
      const go = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#wake = { due, go };
    });
  }

  #wakeIfDue() {
    if (this.#wake && performance.now() >= this.#wake.due) {
      this.#wakeUp();
    }
  }

  /** End the wait between two tries. */
  #wakeUp() {
    const wake = this.#wake;
    this.#wake = null;
    wake?.go();
  }

  #setTrouble(trouble) {
    if (this.trouble?.code !== trouble?.code) {
      this.trouble = trouble;
      this.#changed();
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
