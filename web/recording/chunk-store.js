// Where a recording waits until the service has it: IndexedDB, which outlives the tab and the browser.
//
// A take is one row, its chunks lie beside it under [take, number]. A chunk and what the row says of it are written in
// one transaction. Chunks always make one run of numbers: from the first that the service has not acknowledged.

import { personHere } from "../person.js";

const DATABASE = "greenroom-recordings";
const VERSION = 1;

/** Milliseconds after which a database that says nothing counts as not there: another tab may block it for good. */
const PATIENCE = 5_000;

/**
 * @typedef {object} TakeRow
 * @property {string} id of the take, made by the page; the answer that is made of it has the same
 * @property {object} details what the service's answer is made of
 * @property {string} startedAt ISO
 * @property {string|null} answerId once the service has made the answer
 * @property {number} count chunks recorded
 * @property {number} acknowledged chunks that the service has
 * @property {number} seconds recorded
 * @property {number[]} pausedAt seconds of the recording
 * @property {number|null} [notesSeconds] seconds of the recording for which notes could be read; null without any
 * @property {string|null} [person] whose it is; null where nobody signs in
 * @property {boolean} discarded all that is left to do is to have the service delete it
 */

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });

function within(milliseconds, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException("the database does not answer", "TimeoutError")), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

// Async: a browser that forbids databases may throw at the first word.
async function open() {
  const request = indexedDB.open(DATABASE, VERSION);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore("takes", { keyPath: "id" });
    request.result.createObjectStore("chunks");
  });
  return settled(request);
}

/** Milliseconds after which a database that could not be opened is tried again. */
const TRY_AGAIN = 30_000;

/** @type {Promise<ChunkStore|null>|null} */
let opening = null;
let failedAt = -Infinity;

/** @returns {Promise<ChunkStore|null>} null where this browser keeps nothing (private windows, no room) */
export function openChunkStore() {
  if (!opening && performance.now() - failedAt < TRY_AGAIN) {
    return Promise.resolve(null);
  }
  if (!opening) {
    const opened = open().then(storeOf);
    opening = within(PATIENCE, opened).catch(() => {
      // There may be room later. A database that was only slow is used as soon as it is open.
      opening = null;
      failedAt = performance.now();
      opened.then(
        (store) => (opening ??= Promise.resolve(store)),
        () => {},
      );
      return null;
    });
  }
  return opening;
}

function storeOf(database) {
  const forget = () => (opening = null);
  database.addEventListener("close", forget);
  // A newer page wants to change the database: it must not wait for this tab.
  database.addEventListener("versionchange", () => {
    database.close();
    forget();
  });
  return new ChunkStore(database);
}

class ChunkStore {
  #database;

  constructor(database) {
    this.#database = database;
  }

  /**
   * Those of the person whose page this is: nobody else is shown them, or sends them.
   * @returns {Promise<TakeRow[]>}
   */
  async takes() {
    const all = await within(PATIENCE, settled(this.#database.transaction("takes").objectStore("takes").getAll()));
    return all.filter(({ person }) => (person ?? null) === personHere());
  }

  /** @param {TakeRow} row */
  put(row) {
    return this.#write(["takes"], ({ takes }) => takes.put(row));
  }

  /**
   * Keep a chunk and the row that counts it.
   * @param {TakeRow} row
   * @param {number} number
   * @param {ArrayBuffer} data not a Blob: those of a recorder may lie in memory only, and not every browser keeps them
   */
  keep(row, number, data) {
    return this.#write(["takes", "chunks"], ({ takes, chunks }) => {
      chunks.put(data, [row.id, number]);
      takes.put(row);
    });
  }

  /** The service has this chunk: let it go. */
  release(row, number) {
    return this.#write(["takes", "chunks"], ({ takes, chunks }) => {
      chunks.delete([row.id, number]);
      takes.put(row);
    });
  }

  /** @returns {Promise<ArrayBuffer|undefined>} */
  chunk(id, number) {
    return within(PATIENCE, settled(this.#database.transaction("chunks").objectStore("chunks").get([id, number])));
  }

  /** Put down that a take is to be deleted, and let its chunks go. */
  discard(row) {
    return this.#write(["takes", "chunks"], ({ takes, chunks }) => {
      chunks.delete(allOf(row.id));
      takes.put(row);
    });
  }

  /** Forget a take. */
  remove(id) {
    return this.#write(["takes", "chunks"], ({ takes, chunks }) => {
      chunks.delete(allOf(id));
      takes.delete(id);
    });
  }

  #write(names, change) {
    /** @type {Promise<void>} */
    const done = new Promise((resolve, reject) => {
      // Strict: on the disk, not only with the operating system, before it counts as kept.
      const transaction = this.#database.transaction(names, "readwrite", { durability: "strict" });
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(transaction.error ?? new DOMException("aborted", "AbortError")));
      change(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
    });
    return within(PATIENCE, done);
  }
}

/** Every number of a take: a list sorts after all numbers. */
const allOf = (id) => IDBKeyRange.bound([id], [id, []]);
