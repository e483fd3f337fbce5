// The short parts of a report: its head, notices, observations, the length bar, downloads, printing, the link to other
// takes, and changing its title, question, session and tags.

import { addresses, api } from "../api.js";
import { askForDetails } from "../components/dialog.js";
import { momentButton } from "../components/icons.js";
import { errorWords } from "../format/errors.js";
import { dayWords, lengthWords, readTags, tagsInOneLine, timeOfDay } from "../format/time.js";
import { isUnderWay } from "../format/work.js";
import { html, nothing, ref } from "../templating.js";

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
      ${session ? html`<span><a href="/sessions/${encodeURIComponent(session.id)}" data-page>${session.name}</a></span>` : nothing}
      ${fileName && !(title && fileName.startsWith(title)) ? html`<span>${fileName}</span>` : nothing}
      <span><button class="link-button" type="button" @click=${onChange}>Change</button></span>
    </div>
    <div class="buttons">
      ${question ? html`<a class="button" href="/?again=${encodeURIComponent(answer.id)}" data-page>Practise again</a>` : nothing} ${takesLink(answer)} ${printLink(answer)}
    </div>
  </header>`;
}

/** What to know about the recording before reading on. @param {object[]} notices of the view */
export function noticeList(notices, play) {
  return html`<section class="notices" aria-label="About this recording">
    ${notices.map(
      ({ text, moment }) => html`<div class="notice">
        <p>${text}</p>
        ${moment ? html`<div class="moments">${momentButton(moment, play)}</div>` : nothing}
      </div>`,
    )}
  </section>`;
}

/** From where to where the answer runs, who says so, and the way back. @param {object|null} span of the view */
export function spanLine(span, answer, { onReset }) {
  if (!span) {
    return nothing;
  }
  const measuring = isUnderWay(answer);
  const byPerson = span.source === "person";
  return html`<div class="span-line">
    <p>${measuring ? "Measuring again…" : html`${span.text}${byPerson ? nothing : " Move the two ends if that is not right."}`}</p>
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
    <a class="button button-main" href="/answers" data-page>See all answers</a>
  </div>`;
}

// One thing to keep, one thing to try, and what else is worth knowing.

/** @param {object[]} observations of the view @param {(start: number) => void} play */
export function observationList(observations, play) {
  const main = observations.filter(({ kind }) => kind !== "note");
  const notes = observations.filter(({ kind }) => kind === "note");
  if (observations.length === 0) {
    return nothing;
  }
  return html`<section class="observations" aria-label="One thing to keep, one to try">
    ${main.map(
      ({ title, text, moments }) => html`<div class="observation">
        <h2>${title}</h2>
        <p>${text}</p>
        ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentButton(moment, play))}</div>` : nothing}
      </div>`,
    )}
    ${notes.length > 0
      ? html`<div class="observation-notes">
          ${notes.map(
            ({ text, moments }) => html`<p>${text}</p>
              ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentButton(moment, play))}</div>` : nothing}`,
          )}
        </div>`
      : nothing}
  </section>`;
}

// The length of the answer on a bar, as the view places it.

/** Fraction of the bar beyond which the text stands left of the mark. */
const TEXT_LEFT_FROM = 0.75;

const percent = (fraction) => `${(100 * fraction).toFixed(2)}%`;

/** @param {object|null} bar of the view */
export function lengthBar(bar) {
  if (!bar) {
    return nothing;
  }
  const { at, text, parts, aim, summary } = bar;
  return html`<div class="length-bar" role="img" aria-label=${summary}>
    <div class="length-mark" .style=${`left: ${percent(at)}`}>
      <span class=${at > TEXT_LEFT_FROM ? "length-words length-words-left" : "length-words"}>${text}</span>
    </div>
    <div class="length-track">
      ${aim ? html`<div class="length-aim" .style=${`left: ${percent(aim.start)}; width: ${percent(aim.end - aim.start)}`}></div>` : nothing}
      ${parts.map(({ start, end }) => html`<div class="length-part" .style=${`flex-grow: ${end - start}`}></div>`)}
      <div class="length-needle" .style=${`left: ${percent(at)}`}></div>
    </div>
    <div class="length-labels">
      ${parts.map(({ start, end, label }) => html`<span .style=${`flex-grow: ${end - start}`}>${label}</span>`)}
      ${aim ? html`<span class="length-aim-words" .style=${`left: ${percent((aim.start + aim.end) / 2)}`}>${aim.text}</span>` : nothing}
    </div>
  </div>`;
}

/** @param {object} answer */
export function downloads(answer) {
  const has = (part) => answer.available.includes(part);
  return html`<section class="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title" class="section-title">Take it with you</h2>
    <ul>
      ${has("report") ? reportLinks(answer.id) : nothing} ${has("transcript") ? transcriptLinks(answer.id) : nothing}
      <li><a href=${addresses.original(answer.id)} download>The recording as ${answer.source === "recording" ? "it was made" : "you uploaded it"}</a></li>
      ${answer.corrections > 0
        ? html`<li><a href=${addresses.labelledSpeech} download>All answers you corrected, as labelled speech (ZIP)</a></li>`
        : nothing}
    </ul>
  </section>`;
}

function reportLinks(id) {
  return html`<li><a href=${addresses.reportPage(id)} target="_blank">Print it or save it as a PDF<span class="visually-hidden"> (opens a new tab)</span></a></li>
    <li><a href=${`${addresses.reportPage(id)}?download=true`} download>The report as one page (HTML)</a></li>
    <li><a href=${addresses.measuresTable(id)} download>Measures as a table (CSV)</a></li>
    <li><a href=${addresses.report(id)} download="report.json">Report as data (JSON)</a></li>`;
}

function transcriptLinks(id) {
  return html`<li><a href=${addresses.transcript(id, "text")} download="transcript.txt">Transcript as text</a></li>
    <li><a href=${addresses.transcript(id, "srt")} download="transcript.srt">Transcript as subtitles (SRT)</a></li>
    <li><a href=${addresses.transcript(id, "json")} download="transcript.json">Transcript as data (JSON)</a></li>`;
}

// Printing: the report as a page that stands alone, sent to the printer as soon as it is there.

/** @param {object} answer */
function printLink(answer) {
  if (!answer.available.includes("report")) {
    return nothing;
  }
  return html`<a class="button" href=${addresses.reportPage(answer.id)} target="_blank" @click=${print}>Print</a>`;
}

function print(event) {
  const page = open(event.currentTarget.href, "_blank");
  // Where the browser opens no window by itself, the link does, and printing is the browser's own menu.
  if (page) {
    event.preventDefault();
    page.addEventListener("load", () => page.print(), { once: true });
  }
}

const asked = new WeakSet();

/** Shown where the question has other takes. @param {object} answer */
function takesLink({ id, take }) {
  if (!take) {
    return nothing;
  }
  const path = `/answers/${encodeURIComponent(id)}/takes`;
  return take > 1
    ? html`<a class="button" href=${path} data-page>Compare takes</a>`
    : html`<a class="button takes-link" href=${path} data-page data-answer=${id} ${ref(showWithOthers)} hidden>Compare takes</a>`;
}

/** A first take does not know of later ones: they are asked for once. */
async function showWithOthers(link) {
  if (!link || asked.has(link)) {
    return;
  }
  asked.add(link);
  // Without an answer the link stays hidden: nothing on the report depends on it.
  const { takes } = await api.takes(link.dataset.answer).catch(() => ({ takes: [] }));
  link.hidden = takes.length < 2;
}

/**
 * Ask for title, question, session and tags.
 * @param {object} answer
 * @returns {Promise<object|null>} changes as the service takes them; null when nothing is to change
 */
export async function askForChanges({ title, question, session, tags }) {
  const sessions = await api.sessions().catch(() => ({ items: [] }));
  const present = { title: title ?? "", question: question ?? "", session: session?.name ?? "", tags: tagsInOneLine(tags) };
  const details = await askForDetails(
    present,
    sessions.items.map(({ name }) => name),
  );
  if (!details) {
    return null;
  }
  const { tags: typed, ...words } = details;
  return {
    ...Object.fromEntries(Object.entries(words).map(([name, text]) => [name, text.trim() || null])),
    // A tag may itself hold a comma: what was not touched stays as it is.
    ...(typed === present.tags ? {} : { tags: readTags(typed) }),
  };
}
