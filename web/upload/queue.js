// One file on its way to the service: created, sent in chunks, finished.

import { addresses, api, ApiError } from "../api.js";
import { isOlder, listen } from "../events.js";
import { isWorthAnotherTry } from "../format/errors.js";
import { put, withRetries } from "./sending.js";

/** Bytes. Small enough to lose little to a lost connection; the service takes up to 8 MiB. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** 'take 3.m4a' -> 'take 3'. */
function titleFrom(name) {
  return name.replace(/\.[a-z0-9]{1,5}$/i, "") || name;
}

export class Upload extends EventTarget {
  /** waiting | sending | uploaded | cancelled | stopped (with `error`) */
  state = "waiting";
  /** @type {unknown} */
  error = null;
  /** Bytes that have gone out. */
  sent = 0;
  /** @type {any} The service's answer, once it has been created. */
  answer = null;
  /** Whether it was cancelled and the service could not be had to delete what arrived. */
  kept = false;
  #cancelling = new AbortController();
  #nextChunk = 0;

  /**
   * @param {File} file
   * @param {{question: string, session: string}} words
   * @param {{maximum_bytes: number, chunk_bytes: number}} limits
   */
  constructor(file, words, limits) {
    super();
    this.file = file;
    this.words = words;
    this.chunkBytes = Math.min(CHUNK_BYTES, limits.chunk_bytes);
    if (file.size === 0) {
      this.#stop(new ApiError(0, "empty_file", ""));
    } else if (file.size > limits.maximum_bytes) {
      this.#stop(new ApiError(413, "too_large", ""));
    }
  }

  get title() {
    return this.answer?.title || titleFrom(this.file.name);
  }

  /** Whether `send` could still get it there. */
  get canTryAgain() {
    return this.state === "stopped" && isWorthAnotherTry(this.error);
  }

  /** Send it, from where it stopped before. Never rejects: see `state`. */
  async send() {
    this.#cancelling = new AbortController();
    const { signal } = this.#cancelling;
    this.error = null;
    this.#become("sending");
    try {
      await this.#create(signal);
      await this.#sendChunks(signal);
      await this.#finish(signal);
      this.#become("uploaded");
    } catch (error) {
      if (signal.aborted) {
        this.#become("cancelled");
      } else if (error instanceof ApiError) {
        this.#stop(error);
      } else {
        throw error;
      }
    }
  }

  /** Stop sending, and have the service forget what arrived. */
  async cancel() {
    this.#cancelling.abort();
    this.#become("cancelled");
    await this.#forget();
  }

  async #forget() {
    if (this.answer) {
      try {
        await api.delete(this.answer.id);
      } catch (error) {
        this.kept = error.status !== 404;
        this.#changed();
      }
    }
  }

  async #create(signal) {
    if (!this.answer) {
      const { question, session } = this.words;
      const details = { title: this.title, file_name: this.file.name, source: "upload" };
      if (question) {
        details.question = question;
      }
      if (session) {
        details.session = session;
      }
      // Not broken off with the rest: the service may have made it already, and only its reply says which.
      this.answer = await withRetries(() => api.create(details), signal);
      if (signal.aborted) {
        await this.#forget();
        signal.throwIfAborted();
      }
    }
  }

  get #chunkCount() {
    return Math.ceil(this.file.size / this.chunkBytes);
  }

  async #sendChunks(signal) {
    for (; this.#nextChunk < this.#chunkCount; this.#nextChunk += 1) {
      await this.#sendChunk(this.#nextChunk, signal);
    }
  }

  async #sendChunk(number, signal) {
    const start = number * this.chunkBytes;
    const chunk = this.file.slice(start, start + this.chunkBytes);
    const onProgress = (sent) => {
      this.sent = Math.min(this.file.size, start + sent);
      this.#changed();
    };
    await put(addresses.chunk(this.answer.id, number), chunk, onProgress, signal);
    onProgress(chunk.size);
  }

  async #finish(signal) {
    const finish = () => withRetries(() => api.finish(this.answer.id, this.#chunkCount, signal), signal);
    try {
      this.answer = await finish();
    } catch (error) {
      if (error.code !== "missing_chunks") {
        throw error;
      }
      for (const number of error.problem.missing) {
        await this.#sendChunk(number, signal);
      }
      this.answer = await finish();
    }
  }

  #stop(error) {
    this.error = error;
    this.#become("stopped");
  }

  #become(state) {
    this.state = state;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

// The files of this visit. They continue to be sent when another page is opened.

/** At once: one connection is left for looking at things meanwhile. */
const AT_ONCE = 2;

/** Newest first. */
export const uploads = [];
const listeners = new Set();

/** Be told when any upload changes. Returns a function that stops it. */
export function listenToUploads(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of [...listeners]) {
    listener();
  }
}

function sendNext() {
  const sending = uploads.filter((upload) => upload.state === "sending").length;
  const waiting = uploads.filter((upload) => upload.state === "waiting").reverse();
  for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - sending))) {
    upload.send();
  }
}

/** Take files in; those that cannot be uploaded say so and are not sent. */
export function addUploads(files, words, limits) {
  for (const file of files) {
    const upload = new Upload(file, words, limits);
    upload.addEventListener("change", () => {
      changed();
      if (upload.state !== "sending") {
        sendNext();
      }
    });
    uploads.unshift(upload);
  }
  changed();
  sendNext();
}

/** Forget a row of this visit. */
export function forget(upload) {
  const at = uploads.indexOf(upload);
  if (at >= 0) {
    uploads.splice(at, 1);
    changed();
  }
}

// Whatever place is open: a row of this visit shows its answer as it is now, or goes with it.
listen({
  answer: (answer) => {
    const upload = uploads.find((one) => one.answer?.id === answer.id);
    if (upload && !isOlder(answer, upload.answer)) {
      upload.answer = answer;
      changed();
    }
  },
  deleted: (id) => {
    const upload = uploads.find((one) => one.answer?.id === id && one.state === "uploaded");
    if (upload) {
      forget(upload);
    }
  },
});

for (const leaving of ["beforeunload", "greenroom:signed-out"]) {
  addEventListener(leaving, (event) => {
    if (uploads.some((upload) => ["waiting", "sending"].includes(upload.state))) {
      event.preventDefault();
    }
  });
}
