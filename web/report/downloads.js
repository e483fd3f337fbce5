// Everything that can be taken away from a report, in one menu, and the way out.

import { describeShare, shareLink } from "../advising/mentor-file.js";
import { addresses } from "../api.js";
import { binIcon } from "../components/icons.js";
import { html, nothing } from "../templating.js";

/** @param {any} answer @param {{onDelete: () => void}|null} does null where another place offers to delete @param {unknown} [comesBack] what a mentor's file is added with */
export function reportEnd(answer, does, comesBack = nothing) {
  const has = (part) => answer.available.includes(part);
  return html`<section class="report-end" aria-label="Download or delete">
    <details class="downloads" @toggle=${(event) => event.target.open && describeShare(event.target, answer.id)}>
      <summary class="button">Download or print</summary>
      <ul>
        ${has("report") ? html`${reportLinks(answer.id)}${shareLink(answer.id)}` : nothing} ${has("transcript") ? transcriptLinks(answer.id) : nothing}
        <li><a href=${addresses.original(answer.id)} download>The recording as ${answer.source === "recording" ? "it was made" : "you uploaded it"}</a></li>
        ${answer.corrections > 0
          ? html`<li><a href=${addresses.labelledSpeech} download>All answers you corrected, as labelled speech (ZIP)</a></li>`
          : nothing}
      </ul>
      ${comesBack}
    </details>
    ${does ? html`<button class="button button-plain button-delete" type="button" @click=${does.onDelete}>${binIcon()}Delete this answer</button>` : nothing}
  </section>`;
}

function reportLinks(id) {
  return html`<li><a href=${addresses.reportPage(id)} target="_blank" @click=${print}>Print it or save it as a PDF<span class="visually-hidden"> (opens a new tab)</span></a></li>
    <li><a href=${`${addresses.reportPage(id)}?download=true`} download>The report as one page (HTML)</a></li>
    <li><a href=${addresses.measuresTable(id)} download>Measures as a table (CSV)</a></li>
    <li><a href=${addresses.report(id)} download="report.json">Report as data (JSON)</a></li>`;
}

function transcriptLinks(id) {
  return html`<li><a href=${addresses.transcript(id, "text")} download="transcript.txt">Transcript as text</a></li>
    <li><a href=${addresses.transcript(id, "srt")} download="transcript.srt">Transcript as subtitles (SRT)</a></li>
    <li><a href=${addresses.transcript(id, "json")} download="transcript.json">Transcript as data (JSON)</a></li>`;
}

/** The report as a page that stands alone, sent to the printer as soon as it is there. @param {any} event of its link */
export function print(event) {
  const page = open(event.currentTarget.href, "_blank");
  // Where the browser opens no window by itself, the link does, and printing is the browser's own menu.
  if (page) {
    event.preventDefault();
    page.addEventListener("load", () => page.print(), { once: true });
  }
}
