// One answer in the list: what was asked, how far it is, and what can be done with it.

import { errorWords, isWorthAnotherTry } from "../format/errors.js";
import { clock, dayWords, timeOfDay } from "../format/time.js";
import { isUnderWay, progressShare, progressWords } from "../format/work.js";
import { html, nothing } from "../templating.js";

export const titleOf = (answer) => answer.title || answer.question || "Untitled answer";

/**
 * @param {object} answer
 * @param {{finishing: boolean, session: string}} shown whether it is being finished; the session that is chosen
 * @param {{onDelete: Function, onTags: Function, onRetry: Function, onFinish: Function}} actions
 */
export function answerRow(answer, shown, actions) {
  const title = titleOf(answer);
  return html`<li class="answer-row">
    ${answerWhat(answer)}
    <div class="answer-state">${state(answer, shown, actions)}</div>
    <div class="answer-about">
      ${answerFacts(answer, html`<time datetime=${answer.created_at}>${timeOfDay(answer.created_at)}</time>`)} ${tagLinks(answer, shown.session)}
    </div>
    <div class="answer-actions">
      <button class="button button-plain" type="button" aria-label="Tags of ${title}" @click=${() => actions.onTags(answer)}>Tags</button>
      <button class="button button-plain" type="button" aria-label="Delete ${title}" @click=${() => actions.onDelete(answer)}>Delete</button>
    </div>
  </li>`;
}

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
    ${answer.duration ? html`<span>${clock(answer.duration)} long</span>` : nothing}
    ${answer.session ? html`<span>${answer.session.name}</span>` : nothing}
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

function state(answer, { finishing }, { onRetry, onFinish }) {
  if (answer.work.state === "failed") {
    return html`<p><strong>${errorWords(answer.work.error).title}</strong></p>
      ${isWorthAnotherTry(answer.work.error)
        ? html`<button class="button button-plain" type="button" @click=${() => onRetry(answer)}>Try again</button>`
        : nothing}`;
  }
  if (answer.work.state === "ready") {
    return html`<p>${answer.summary?.headline ?? ""}</p>`;
  }
  if (answer.intake === "interrupted" && answer.source === "recording") {
    return html`<p>${progressWords(answer)}</p>
      <button class="button" type="button" aria-label="Finish ${titleOf(answer)}" ?disabled=${finishing} @click=${() => onFinish(answer)}>
        ${finishing ? "Finishing…" : "Finish it"}
      </button>`;
  }
  const share = progressShare(answer);
  return html`<p class="quiet">${progressWords(answer)}</p>
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
