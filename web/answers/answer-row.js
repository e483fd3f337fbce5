// One answer in the list: what was asked, how far it is, and what can be done with it.

import { attentionIcon, binIcon } from "../components/icons.js";
import { errorWords, isWorthAnotherTry } from "../format/errors.js";
import { clock, dayWords, timeOfDay } from "../format/time.js";
import { isUnderWay, progressShare, progressWords } from "../format/work.js";
import { html, nothing } from "../templating.js";
import { timeLeft } from "../time-left.js";
import { answerFigures } from "./answer-figures.js";

export const titleOf = (answer) => answer.title || answer.question || "Untitled answer";

/**
 * @param {object} answer
 * @param {{finishing: boolean, session: string}} shown whether it is being finished; the session that is chosen
 * @param {{onDelete: Function, onTags: Function, onRetry: Function, onFinish: Function}} actions
 */
export function answerRow(answer, shown, actions) {
  const title = titleOf(answer);
  if (answer.work.state === "failed") {
    return stoppedRow(answer, actions);
  }
  return html`<li class="answer-row">
    ${answerWhat(answer)}
    <div class="answer-state">${state(answer, shown, actions)}</div>
    <div class="answer-about">
      ${answerFacts(answer, timeWords(answer))} ${tagLinks(answer, shown.session)}
    </div>
    <div class="answer-actions">
      <button class="button button-plain" type="button" aria-label="Tags of ${title}" @click=${() => actions.onTags(answer)}>Tags</button>
      <button class="button button-plain button-delete" type="button" aria-label="Delete ${title}" @click=${() => actions.onDelete(answer)}>${binIcon()} Delete</button>
    </div>
  </li>`;
}

/** The work on it stopped: there is no answer to look at, so its file, the reason and what to do stand here. */
function stoppedRow(answer, { onDelete, onRetry }) {
  const { error } = answer.work;
  const words = errorWords(error);
  const name = (answer.source === "upload" && answer.file_name) || titleOf(answer);
  return html`<li class="answer-row answer-stopped">
    <div class="answer-what">
      <a class="answer-file" href="/answers/${answer.id}" data-page>${name}</a>
    </div>
    <div class="answer-about">${answerFacts(answer, timeWords(answer))}</div>
    <div class="answer-state">
      <p class="answer-reason">${attentionIcon()}<strong>${words.title}</strong></p>
      <p class="quiet">${words.text}</p>
    </div>
    <div class="answer-actions">
      ${isWorthAnotherTry(error)
        ? html`<button class="button button-plain" type="button" aria-label="Try again with ${name}" @click=${() => onRetry(answer)}>Try again</button>`
        : answer.source === "recording"
          ? html`<a class="button button-plain" href="/?again=${encodeURIComponent(answer.id)}" data-page>Record it again</a>`
          : html`<a class="button button-plain" href="/upload" data-page>Upload another file</a>`}
      <button class="button button-plain button-delete" type="button" aria-label="Delete ${name}" @click=${() => onDelete(answer)}>${binIcon()} Delete</button>
    </div>
  </li>`;
}

const timeWords = ({ created_at: created }) => html`<time datetime=${created}>${timeOfDay(created)}</time>`;

const SOURCES = { recording: "Recorded here", upload: "Uploaded", sample: "Sample" };

/** Its title, which leads to the report, and the question where that is another text. */
export function answerWhat(answer) {
  const title = titleOf(answer);
  return html`<div class="answer-what">
    <a class="answer-title" href="/answers/${answer.id}" data-page>${title}</a>
    ${answer.question && answer.question !== title ? html`<p class="quiet">${answer.question}</p>` : nothing}
  </div>`;
}

/** The line of facts; `when` is its beginning. */
export function answerFacts(answer, when) {
  return html`<div class="facts">
    ${when}
    ${answer.take ? html`<span>take ${answer.take}</span>` : nothing}
    ${answer.format && !answer.session?.name.startsWith(answer.format.name) ? html`<span>${answer.format.name}</span>` : nothing}
    <span>${SOURCES[answer.source]}</span>
    ${answer.duration && answer.figures.length === 0 ? html`<span>${clock(answer.duration)} long</span>` : nothing}
    ${answer.session && answer.source !== "sample" ? html`<span>${answer.session.name}</span>` : nothing}
  </div>`;
}

/** Its tags; each leads to the answers that have it, within the session that is chosen. */
export function tagLinks(answer, session = "") {
  if (answer.tags.length === 0) {
    return nothing;
  }
  return html`<ul class="tags" aria-label="Tags">
    ${answer.tags.map((tag) => html`<li><a class="tag" href=${addressOf({ session, tag })} data-page>${tag}</a></li>`)}
  </ul>`;
}

/** The day and the time, where no heading says the day. */
export function whenWords(answer) {
  return html`<time datetime=${answer.created_at}>${dayWords(answer.created_at)}, ${timeOfDay(answer.created_at)}</time>`;
}

function state(answer, { finishing }, { onFinish }) {
  if (answer.work.state === "ready") {
    return answer.figures.length > 0 ? answerFigures(answer) : html`<p>${answer.summary?.headline ?? ""}</p>`;
  }
  if (answer.intake === "interrupted" && answer.source === "recording") {
    return html`<p>${progressWords(answer)}</p>
      <button class="button" type="button" aria-label="Finish ${titleOf(answer)}" ?disabled=${finishing} @click=${() => onFinish(answer)}>
        ${finishing ? "Finishing…" : "Finish it"}
      </button>`;
  }
  const share = progressShare(answer);
  return html`<p class="quiet">${progressWords(answer, isUnderWay(answer) ? timeLeft(answer) : "")}</p>
    ${isUnderWay(answer) && share !== null
      ? html`<div class="progress" aria-hidden="true"><div class="progress-done" .style=${`width: ${share * 100}%`}></div></div>`
      : nothing}`;
}

// What the page of answers shows, as its address keeps it.

/** {session, tag, words} of the present address; empty where nothing is chosen. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return { session: query.get("session") ?? "", tag: query.get("tag") ?? "", words: query.get("words") ?? "" };
}

/** @param {{session?: string, tag?: string, words?: string}} shown */
export function addressOf(shown) {
  const query = new URLSearchParams(Object.entries(shown).filter(([, value]) => value));
  return String(query) ? `/answers?${query}` : "/answers";
}
