// The short parts of a report: its head, what to know about the recording, the line about its two ends.

import { html, nothing } from "../templating.js";
import { errorWords } from "../format/errors.js";
import { isUnderWay } from "../format/work.js";
import { dayWords, lengthWords, preciseClock, timeOfDay } from "../format/time.js";
import { takesLink } from "../takes/link.js";
import { momentButton } from "../components/moment.js";
import { printLink } from "./print.js";

/** Seconds. A notice this near to the end of the sound has nothing to listen to after it. */
const LEAST_TO_HEAR = 0.5;

/** The question at the top, the facts about the take, and the way to another one. */
export function reportHead(answer, { onChange }) {
  const { title, question, session, created_at: created, duration, file_name: fileName, take, format } = answer;
  return html`<header class="report-head">
    <h1>${question || title || "Untitled answer"}</h1>
    <div class="facts">
      ${take ? html`<span>Take ${take}</span>` : nothing}
      ${format ? html`<span>${format.name}</span>` : nothing}
      ${question && title && title !== question ? html`<span>${title}</span>` : nothing}
      <time datetime=${created}>${dayWords(created)}, ${timeOfDay(created)}</time>
      ${duration ? html`<span>${lengthWords(duration)} recorded</span>` : nothing}
      ${session ? html`<span><a href="/sessions/${encodeURIComponent(session.id)}" data-place>${session.name}</a></span>` : nothing}
      ${fileName && !(title && fileName.startsWith(title)) ? html`<span>${fileName}</span>` : nothing}
      <span><button class="link-button" type="button" @click=${onChange}>Change</button></span>
    </div>
    <div class="buttons">
      ${question ? html`<a class="button" href="/?again=${encodeURIComponent(answer.id)}" data-place>Practise again</a>` : nothing} ${takesLink(answer)} ${printLink(answer)}
    </div>
  </header>`;
}

/** What to know about the recording before reading on. */
export function noticeList(notices, duration, play) {
  return html`<section class="notices" aria-label="About this recording">
    ${notices.map(
      ({ text, start }) => html`<div class="notice">
        <p>${text}</p>
        ${start === null || start >= duration - LEAST_TO_HEAR
          ? nothing
          : html`<div class="moments">${momentButton({ start }, play)}</div>`}
      </div>`,
    )}
  </section>`;
}

/** From where to where the answer runs, who says so, and the way back. */
export function spanLine(span, answer, { onReset }) {
  if (!span) {
    return nothing;
  }
  const measuring = isUnderWay(answer);
  const byPerson = span.source === "person";
  const ends = `${preciseClock(span.start)} to ${preciseClock(span.end)}`;
  const words = byPerson
    ? `Your answer runs from ${ends}, as you marked it.`
    : `Your answer runs from ${ends}, as found in the sound. Move the two ends if that is not right.`;
  return html`<div class="span-line">
    <p>${measuring ? "Measuring again…" : words}</p>
    ${byPerson && !measuring
      ? html`<button class="button button-plain" type="button" @click=${onReset}>Use what was found</button>`
      : nothing}
  </div>`;
}

/** The way out, after everything else. */
export function reportEnd({ onDelete }) {
  return html`<section class="report-end">
    <button class="button button-plain" type="button" @click=${onDelete}>Delete this answer</button>
  </section>`;
}

/** In place of a report that there is none of. */
export function notThere(error) {
  const words = errorWords(error);
  return html`<div class="empty">
    <h1>${words.title}</h1>
    <p class="lead">${words.text}</p>
    <a class="button button-main" href="/answers" data-place>See all answers</a>
  </div>`;
}
