// Measures over several answers together, as rows: on the report of a session and on that of an interview.

import { html, nothing } from "../templating.js";
import { figure, stateMark } from "./measures.js";

/** @param {{together: object[], together_note: string}} view */
export function pooledRows({ together, together_note: note }) {
  return html`<dl class="pooled">
      <div class="pooled-row pooled-columns" aria-hidden="true"><dt></dt><dd></dd><dd>Guide</dd><dd>How sure</dd></div>
      ${together.map(({ row, sureness }) => pooledRow(row, sureness))}
    </dl>
    <p class="quiet small pooled-note">${note}</p>`;
}

function pooledRow(row, sureness) {
  return html`<div class="pooled-row">
    <dt>${row.label}</dt>
    <dd>${figure(row)}</dd>
    <dd class="quiet">${row.guide ? html`<span class="measure-tag">Guide </span>${row.guide}` : nothing}</dd>
    <dd class="quiet">${row.value ? stateMark({ ...row, state_text: sureness }) : nothing}</dd>
  </div>`;
}
