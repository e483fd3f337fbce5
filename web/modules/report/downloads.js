// What can be taken away from one answer.

import { html, nothing } from "../templating.js";
import { addresses } from "../api.js";

/** @param {object} answer */
export function downloads(answer) {
  const has = (part) => answer.available.includes(part);
  const { id } = answer;
  return html`<section class="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title" class="section-title">Take it with you</h2>
    <ul>
      ${has("transcript")
        ? html`<li><a href=${addresses.transcript(id, "text")} download="transcript.txt">Transcript as text</a></li>
            <li><a href=${addresses.transcript(id, "srt")} download="transcript.srt">Transcript as subtitles (SRT)</a></li>
            <li><a href=${addresses.transcript(id, "json")} download="transcript.json">Transcript as data (JSON)</a></li>`
        : nothing}
      ${has("report") ? html`<li><a href=${addresses.report(id)} download="report.json">Report as data (JSON)</a></li>` : nothing}
      <li><a href=${addresses.original(id)} download>The recording as ${answer.source === "recording" ? "it was made" : "you handed it in"}</a></li>
    </ul>
  </section>`;
}
