// What the service says by itself: one event stream for all answers and interviews, the list call where that does not work.

import { addresses, api } from "./api.js";
import { isUnderWay } from "./format/work.js";

const POLL_MILLISECONDS = 3_000;
const STREAM_ERRORS_BEFORE_POLLING = 3;
const STREAM_RETRY_MILLISECONDS = 30_000;

const listeners = new Set();
/** @type {EventSource|null} */
let stream = null;
let errors = 0;
/** @type {any} */
let polling = null;

/**
 * Be told of answers and interviews that changed or went; of the moment from which on one is told, since what a page
 * asked for before may have changed meanwhile; and of each turn of asking while there is no stream of events.
 * @param {{answer?: (answer: object) => void, deleted?: (id: string) => void, interview?: (interview: any) => void,
 *   advising?: (news: {kind: "submission"|"comment"|"returned"|"assignment"|"revoked", id: string}) => void,
 *   connected?: () => void, polled?: () => void}} listener
 * @returns {() => void} stop
 */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tellAnswer(answer) {
  for (const listener of [...listeners]) {
    listener.answer?.(answer);
  }
}

function tellDeleted(id) {
  for (const listener of [...listeners]) {
    listener.deleted?.(id);
  }
}

function tellInterview(interview) {
  for (const listener of [...listeners]) {
    listener.interview?.(interview);
  }
}

function tellConnected() {
  for (const listener of [...listeners]) {
    listener.connected?.();
  }
}

function tellAdvising(news) {
  for (const listener of [...listeners]) {
    listener.advising?.(news);
  }
}

async function poll() {
  for (const listener of [...listeners]) {
    listener.polled?.();
  }
  try {
    const { items } = await api.answers();
    items.forEach(tellAnswer);
  } catch {
    // Not reachable just now: the next turn tries again.
  }
}

function startPolling() {
  if (polling === null) {
    polling = setInterval(poll, POLL_MILLISECONDS);
    poll();
    setTimeout(startStream, STREAM_RETRY_MILLISECONDS);
  }
}

function stopPolling() {
  clearInterval(polling);
  polling = null;
}

function startStream() {
  stream?.close();
  stream = new EventSource(addresses.events);
  let opened = false;
  stream.addEventListener("open", () => {
    stopPolling();
    // What happened between two connections may be gone from the stream: ask once.
    if (opened || errors > 0) {
      poll();
    }
    opened = true;
    errors = 0;
  });
  stream.addEventListener("connected", (event) => JSON.parse(event.data).resumed || tellConnected());
  stream.addEventListener("answer", (event) => tellAnswer(JSON.parse(event.data)));
  stream.addEventListener("interview", (event) => tellInterview(JSON.parse(event.data)));
  stream.addEventListener("advising", (event) => tellAdvising(JSON.parse(event.data)));
  stream.addEventListener("deleted", (event) => tellDeleted(JSON.parse(event.data).id));
  stream.addEventListener("error", () => {
    errors += 1;
    if (stream?.readyState === EventSource.CLOSED || errors >= STREAM_ERRORS_BEFORE_POLLING) {
      stream?.close();
      startPolling();
    }
  });
}

/** Start listening to the service. Once, when the page loads. */
export function startLive() {
  startStream();
  // A stream that is left open while the page goes would hold one of the browser's few connections.
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      startStream();
      poll();
    }
  });
}

// The latest of what the service says of answers: replies and news may overtake one another, or be missed.

/** Whether `answer` is as it was before `other`. */
export const isOlder = (answer, other) => answer.change < other.change;

/**
 * Fetch those of some answers again that are still worked on, as far as is known.
 * @param {Iterable<object>} answers
 * @param {(answer: object) => void} take is given each as it is now
 */
export async function askAgain(answers, take) {
  const underWay = [...answers].filter(isUnderWay);
  // One that cannot be loaded now stays as it was; the next event brings it.
  await Promise.all(underWay.map(({ id }) => api.answer(id).then(take, () => {})));
}
