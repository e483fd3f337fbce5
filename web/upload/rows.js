// One line for a recording on its way: what it is, how far it is, and what can be done about it.

import { binIcon } from "../components/icons.js";
import { html, nothing } from "../templating.js";
import { forget } from "./queue.js";
import { errorWords, isWorthAnotherTry } from "../format/errors.js";
import { sizeWords } from "../format/time.js";
import { isUnderWay, progressShare, progressWords } from "../format/work.js";
import { timeLeft } from "../time-left.js";

/**
 * @param {{upload: import("./queue.js").Upload|null, answer: object|null}} row an upload of this visit, or only
 *   its answer where it was uploaded before
 * @param {{onDelete: (answer: object, upload: object|null) => void, onRetry: (answer: object) => void}} actions
 */
export function workRow({ upload, answer }, actions) {
  const title = answer?.title || upload?.title || "Untitled answer";
  return html`<li class="work-row">
    <div class="work-name">
      <span class="work-title">${title}</span>
      <span class="quiet small">${sizeWords(upload?.file.size ?? answer.bytes)}</span>
    </div>
    ${workState(upload, answer, actions)}
  </li>`;
}

function workState(upload, answer, actions) {
  if (upload && upload.state !== "uploaded") {
    return uploadState(upload);
  }
  return answerState(upload, answer, actions);
}

function uploadState(upload) {
  if (upload.state === "waiting") {
    return state("Next in line", 0, removeButton("Remove", upload));
  }
  if (upload.state === "sending") {
    const share = upload.sent / upload.file.size;
    const words = share < 1 ? `Sending, ${Math.floor(share * 100)} %` : "Sent, nearly there";
    return state(words, share, html`<button class="button button-plain" type="button" @click=${() => upload.cancel()}>Cancel</button>`);
  }
  if (upload.state === "cancelled") {
    const words = upload.kept
      ? "Cancelled, but what had arrived could not be deleted. It is under Answers, where you can delete it."
      : "Cancelled. Nothing is kept.";
    return state(words, null, removeButton("Remove from this list", upload));
  }
  const words = errorWords(upload.error);
  return problem(
    words,
    html`${upload.canTryAgain
      ? html`<button class="button" type="button" @click=${() => upload.send()}>Continue sending</button>`
      : nothing}
    ${removeButton("Remove from this list", upload)}`,
  );
}

function answerState(upload, answer, { onDelete, onRetry }) {
  if (answer.work.state === "failed") {
    return problem(
      errorWords(answer.work.error),
      isWorthAnotherTry(answer.work.error)
        ? html`<a class="button" href="/answers/${answer.id}" data-page>See what there is</a>
            <button class="button button-plain" type="button" @click=${() => onRetry(answer)}>Try again</button>`
        : html`<button class="button button-plain button-delete" type="button" @click=${() => onDelete(answer, upload)}>${binIcon()} Delete</button>`,
    );
  }
  if (isUnderWay(answer)) {
    return state(
      progressWords(answer, timeLeft(answer)),
      progressShare(answer),
      html`<a class="button button-plain" href="/answers/${answer.id}" data-page>See its progress</a>
        <button class="button button-plain" type="button" @click=${() => onDelete(answer, upload)}>Cancel</button>`,
    );
  }
  return html`<p class="work-words work-headline">${answer.summary?.headline ?? "The report is ready."}</p>
    <div class="work-actions"><a class="button button-main" href="/answers/${answer.id}" data-page>Open the report</a></div>`;
}

function removeButton(label, upload) {
  return html`<button class="button button-plain" type="button" @click=${() => forget(upload)}>${label}</button>`;
}

function state(words, share, actions) {
  return html`<p class="work-words quiet">${words}</p>
    <div class="work-actions">${actions}</div>
    ${share === null
      ? nothing
      : html`<div class="progress work-progress" role="progressbar" aria-label=${words} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(share * 100)}>
          <div class="progress-done" .style=${`width: ${share * 100}%`}></div>
        </div>`}`;
}

function problem(words, actions) {
  return html`<div class="work-words"><strong>${words.title}</strong> ${words.text}</div>
    <div class="work-actions">${actions}</div>`;
}
