// What a report page shows before there is a report, or when there cannot be one, and finishing what was interrupted.

import { api } from "../api.js";
import { binIcon } from "./icons.js";
import { errorWords, interruptedWords, isWorthAnotherTry } from "../format/errors.js";
import { progressShare, progressWords } from "../format/work.js";
import { html, nothing } from "../templating.js";
import { timeLeft } from "../time-left.js";

/** While the answer is worked on: words, and the shape of what comes. */
export function underWay(answer) {
  const share = progressShare(answer);
  return html`<section class="under-way" aria-label="Progress">
    <p class="under-way-words" role="status">${progressWords(answer, timeLeft(answer))}</p>
    <div class="progress" aria-hidden="true">
      ${share === null ? nothing : html`<div class="progress-done" .style=${`width: ${share * 100}%`}></div>`}
    </div>
    <p class="quiet">You can leave this page. The analysis continues, and the report will be here.</p>
  </section>`;
}

/** When the work stopped: what happened, what is safe, what to do. */
export function stopped(answer, { onRetry, onDelete }) {
  const words = errorWords(answer.work.error);
  const kept = answer.available.includes("transcript")
    ? "The recording and its transcript are kept."
    : answer.available.includes("media")
      ? "The recording is kept, and can be played."
      : "";
  return html`<section class="notice stopped" role="alert">
    <h2>${words.title}</h2>
    <p>${words.text} ${kept}</p>
    <div class="buttons">
      ${isWorthAnotherTry(answer.work.error)
        ? html`<button class="button button-main" type="button" @click=${onRetry}>Try again</button>`
        : otherRecording(answer)}
      <button class="button button-delete" type="button" @click=${onDelete}>${binIcon()}Delete</button>
    </div>
  </section>`;
}

/** What to do when the file itself was the reason. */
function otherRecording(answer) {
  return answer.source === "recording"
    ? html`<a class="button button-main" href="/?again=${encodeURIComponent(answer.id)}" data-page>Record it again</a>`
    : html`<a class="button button-main" href="/upload" data-page>Choose another recording</a>`;
}

/** When the recording did not arrive whole. One that was made here can be finished with what there is. */
export function notWhole(answer, { onFinish, onDelete, finishing }) {
  const words = interruptedWords(answer);
  return html`<section class="notice stopped">
    <h2>${words.title}</h2>
    <p>${words.text}</p>
    <div class="buttons">
      ${answer.source === "recording"
        ? html`<button class="button button-main" type="button" ?disabled=${finishing} @click=${onFinish}>${finishing ? "Finishing…" : "Finish it"}</button>`
        : html`<a class="button button-main" href="/upload" data-page>Upload it again</a>`}
      <button class="button button-delete" type="button" ?disabled=${finishing} @click=${onDelete}>${binIcon()}Delete</button>
    </div>
  </section>`;
}

/** The shape of a report while it is fetched. */
export function skeleton() {
  return html`<div class="report-skeleton" aria-hidden="true">
    <div class="skeleton skeleton-headline"></div>
    <div class="skeleton"></div>
    <div class="skeleton skeleton-timeline"></div>
  </div>`;
}

// Finishing an interrupted recording from wherever it is listed.

/**
 * With what this browser still has of it, else with what has arrived.
 * @param {string} id of the answer
 * @returns {Promise<object>} the answer
 */
export async function finishUnfinished(id) {
  // Fetched only here: pages that list answers have no other need of what records.
  const { listUnfinished } = await import("../recording/unfinished.js");
  const kept = (await listUnfinished()).find((item) => item.id === id);
  return kept ? kept.finish() : api.finish(id, null);
}
