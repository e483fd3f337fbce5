// The chunks of one take that the service does not have yet: kept in this browser first, in memory only as far as needed.

import { openChunkStore } from "./chunk-store.js";
import { RecordingError } from "./errors.js";

/** Chunks held in memory, half a minute; what waits beyond them is read back from the browser's database. */
const HELD = 30;

/** Bytes held in memory where the database takes nothing more: recording ends before the tab runs out of memory. */
const LARGEST_UNKEPT = 256 * 1024 * 1024;

/** Milliseconds after which chunks that are in memory only are offered to the browser's database again. */
const KEEP_AGAIN = 2_000;

/**
 * Seconds that a recorder may still hold when it gives a chunk: a packet of sound is 60 ms, pictures are up to a
 * few frames behind, and the last block of a chunk is cut.
 */
const MAY_BE_HELD = 0.25;

/** Events: "ready" (one more chunk can be sent), "full" (nothing more can be kept), "change". */
export class Backlog extends EventTarget {
  /** @type {RecordingError|null} RecordingError memory_only while the browser's database takes nothing. */
  trouble = null;
  #closed = false;
  /** Seconds recorded at the end of the last chunk that the service has. */
  #storedEnd = 0;
  #memory = new Map();
  /** Seconds recorded at the end of each chunk that waits. */
  #ends = new Map();
  #keptUpTo;
  #adding = 0;
  /** @type {any} Timer of the next try to keep what is in memory only. */
  #keepAgain = null;
  /** Nothing of it is to be kept any more. */
  #over = false;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /** @param {import("./chunk-store.js").TakeRow} row a new one, or one that was found; kept up to date here */
  constructor(row) {
    super();
    this.row = row;
    this.#keptUpTo = row.count;
  }

  /** Chunks that the service has not acknowledged, those that are still being kept included. */
  get waiting() {
    return this.#adding + this.row.count - this.row.acknowledged;
  }

  /** Chunks in memory. */
  get held() {
    return this.#memory.size;
  }

  /** Seconds of the recording that the service surely has. */
  get stored() {
    return this.#closed && this.waiting === 0 ? this.#storedEnd : Math.max(0, this.#storedEnd - MAY_BE_HELD);
  }

  /** Put the row itself down. */
  save() {
    this.#queue = this.#queue.then(() => this.#tryTo((store) => store.put(this.#keptRow())));
    return this.#queue;
  }

  /**
   * Take in the next chunk. Its number is the next one, in the order of the calls.
   * @param {Blob} blob
   * @param {number} seconds of the recording at its end
   */
  add(blob, seconds) {
    this.#adding += 1;
    this.#queue = this.#queue.then(() => this.#keep(blob, seconds));
  }

  /** No chunk comes any more. Resolves when all are kept: the last of them holds everything to the end. */
  async close() {
    await this.#queue;
    this.#closed = true;
  }

  get closed() {
    return this.#closed;
  }

  /** Bytes of a chunk; null where they are gone (the browser's data was cleared meanwhile). */
  async read(number) {
    const held = this.#memory.get(number);
    if (held) {
      return held;
    }
    const store = await openChunkStore();
    return (await store?.chunk(this.row.id, number)) ?? null;
  }

  /** The service has this chunk. */
  acknowledge(number) {
    this.#memory.delete(number);
    this.row.acknowledged = number + 1;
    this.#storedEnd = this.#ends.get(number) ?? this.#storedEnd;
    this.#ends.delete(number);
    const kept = number < this.#keptUpTo;
    this.#keptUpTo = Math.max(this.#keptUpTo, number + 1);
    if (kept) {
      // Not waited for: at worst it is sent once more, which the service takes as the same chunk.
      this.#tryTo((store) => store.release(this.#keptRow(), number));
    }
    this.#changed();
  }

  /** Let the chunks go; the row stays, to say that the service's answer is still to be deleted. */
  async discard() {
    await this.#end();
    this.row.discarded = true;
    return this.#tryTo((store) => store.discard(this.row));
  }

  /** Forget all of it. */
  async forget() {
    await this.#end();
    return this.#tryTo((store) => store.remove(this.row.id));
  }

  async #end() {
    this.#over = true;
    clearTimeout(this.#keepAgain);
    await this.#queue;
    this.#memory.clear();
  }

  async #keep(blob, seconds) {
    let data;
    try {
      data = await blob.arrayBuffer();
    } catch {
      // The browser itself lost it, for want of room: the recording goes on behind it.
      this.#adding -= 1;
      this.#setTrouble(new RecordingError("memory_only"));
      return;
    }
    const number = this.row.count;
    this.#memory.set(number, data);
    this.#ends.set(number, seconds);
    this.#adding -= 1;
    this.row.count += 1;
    this.row.seconds = seconds;
    await this.#keepAll();
    if (this.#keptUpTo > number && this.#memory.size > HELD) {
      this.#memory.delete(number);
    }
    this.dispatchEvent(new Event("ready"));
    this.#changed();
  }

  /** Everything that is in memory only, in order: what the database holds must have no hole. */
  async #keepAll() {
    while (this.#keptUpTo < this.row.count && !this.#over) {
      const number = this.#keptUpTo;
      const row = { ...this.row, count: number + 1 };
      const data = this.#memory.get(number);
      const kept = await this.#tryTo((store) => store.keep(row, number, data));
      if (!kept) {
        this.#checkMemory();
        this.#keepLater();
        return;
      }
      // It may have been sent meanwhile.
      this.#keptUpTo = Math.max(this.#keptUpTo, number + 1);
    }
  }

  /** After the last chunk nothing else would try again, and the page may close before the service has it. */
  #keepLater() {
    clearTimeout(this.#keepAgain);
    if (!this.#over) {
      this.#keepAgain = setTimeout(() => {
        this.#queue = this.#queue.then(() => this.#keepAll());
      }, KEEP_AGAIN);
    }
  }

  #checkMemory() {
    let bytes = 0;
    for (let number = this.#keptUpTo; number < this.row.count; number += 1) {
      bytes += this.#memory.get(number)?.byteLength ?? 0;
    }
    if (bytes > LARGEST_UNKEPT) {
      this.dispatchEvent(new Event("full"));
    }
  }

  /** The row, as far as the database has its chunks. */
  #keptRow() {
    return { ...this.row, count: Math.max(this.#keptUpTo, this.row.acknowledged) };
  }

  /** @returns {Promise<boolean>} whether the database did it */
  async #tryTo(change) {
    try {
      const store = await openChunkStore();
      if (store) {
        await change(store);
      }
      this.#setTrouble(store ? null : new RecordingError("memory_only"));
      return Boolean(store);
    } catch (error) {
      // No room (QuotaExceededError), or the database went away. Memory has it still.
      this.#setTrouble(new RecordingError("memory_only", { cause: error }));
      return false;
    }
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
