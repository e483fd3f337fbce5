// What can be taken away from one answer: to paper, to a spreadsheet, to another program.

import { html, nothing } from "../templating.js";
import { addresses } from "../api.js";

/** @param {object} answer */
export function downloads(answer) {
  const has = (part) => answer.available.includes(part);
  return html`<section class="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title" class="section-title">Take it with you</h2>
    <ul>
      ${has("report") ? reportLinks(answer.id) : nothing} ${has("transcript") ? transcriptLinks(answer.id) : nothing}
      <li><a href=${addresses.original(answer.id)} download>The recording as ${answer.source === "recording" ? "it was made" : "you handed it in"}</a></li>
      ${answer.corrections > 0
        ? html`<li><a href=${addresses.labelledSpeech} download>All answers that you put right, as labelled speech (ZIP)</a></li>`
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
