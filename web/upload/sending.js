// Sends one request body with progress, and again with growing waits when the connection is lost.

import { ApiError, errorFrom } from "../api.js";
import { personHeader } from "../person.js";

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 8_000;
/** Of a request that somebody waits for: 24 s of waits between them. */
export const TRIES = 7;

/** Statuses after which the same request may well work. */
const WORTH_ANOTHER_TRY = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

/** Whether the same request may well work a little later. */
export const mayPass = (error) => error instanceof ApiError && WORTH_ANOTHER_TRY.has(error.status);

/**
 * Milliseconds to wait before another try; at least as long as the service asks for.
 * @param {number} failures in a row
 * @param {any} [error] the last of them
 */
export const backOff = (failures, error) =>
  Math.max(Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (failures - 1), LONGEST_WAIT_MILLISECONDS), error?.wait ?? 0);

/**
 * PUT a body, once.
 * @param {string} url
 * @param {Blob|ArrayBuffer} body
 * @param {(sent: number) => void} onProgress bytes that have gone out
 * @param {AbortSignal} signal
 * @param {number} [patience] milliseconds after which the connection counts as lost; without end where it is 0
 */
export function putOnce(url, body, onProgress, signal, patience = 0) {
  return new Promise((resolve, reject) => {
    // XMLHttpRequest and not fetch: fetch does not say how much of a body has gone out.
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    const settle = (outcome, value) => {
      signal.removeEventListener("abort", abort);
      outcome(value);
    };
    request.open("PUT", url);
    request.timeout = patience;
    request.setRequestHeader("Content-Type", "application/octet-stream");
    for (const [name, value] of Object.entries(personHeader())) {
      request.setRequestHeader(name, value);
    }
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () =>
      request.status < 300 ? settle(resolve) : settle(reject, errorFrom(request.status, request.responseText, request.getResponseHeader("Retry-After"))),
    );
    for (const lost of ["error", "timeout"]) {
      request.addEventListener(lost, () => settle(reject, new ApiError(0, "connection_lost", "")));
    }
    request.addEventListener("abort", () => settle(reject, new DOMException("Cancelled", "AbortError")));
    request.send(body);
  });
}

function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        reject(new DOMException("Cancelled", "AbortError"));
      },
      { once: true },
    );
  });
}

/**
 * Do something that talks to the service, again after a wait when the connection was lost.
 * @param {() => Promise<any>} attempt
 * @param {AbortSignal} signal
 */
export async function withRetries(attempt, signal) {
  for (let attempted = 1; ; attempted += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayPass(error) || attempted === TRIES) {
        throw error;
      }
      await wait(backOff(attempted, error), signal);
    }
  }
}

/**
 * PUT a blob.
 * @param {string} url
 * @param {Blob} body
 * @param {(sent: number) => void} onProgress bytes of this body that have gone out
 * @param {AbortSignal} signal
 */
export function put(url, body, onProgress, signal) {
  return withRetries(() => putOnce(url, body, onProgress, signal), signal);
}
