// What a person who listened noted down about an answer, each remark with its moment.

import { momentButton } from "../components/icons.js";
import { html, nothing } from "../templating.js";

/**
 * @param {object|null} remarks their view; null while they are not known
 * @param {(at: number) => void} play
 */
export function remarkList(remarks, play) {
  if (!remarks || remarks.marks.length === 0) {
    return nothing;
  }
  return html`<section class="report-remarks" aria-labelledby="remarks-title">
    <h2 id="remarks-title" class="section-title">What your interviewer noted</h2>
    <ul class="remark-list">
      ${remarks.marks.map((mark) => html`<li>${momentButton(mark, play, mark.what)}<span>${mark.what}</span></li>`)}
    </ul>
  </section>`;
}
