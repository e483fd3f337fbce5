// The marks of a timeline as a table, for those who would rather read it, and the legend of their shapes.

import { momentButton } from "../../components/icons.js";
import { html, nothing } from "../../templating.js";
import { legendShape } from "./shapes.js";

/** Each kind of mark and its title. */
const KINDS = [
  { lane: "pauses", title: "Pauses" },
  { lane: "fillers", title: "Fillers" },
  { lane: "remarks", title: "Remarks" },
  { lane: "comments", title: "Comments" },
  { lane: "pace", title: "Pace" },
];

/**
 * @param {object[]} marks of the view
 * @param {string} guide the pace that is usual; empty without one
 * @param {boolean} open rows are made only when they are to be seen
 * @param {{onToggle: (open: boolean) => void, play: (start: number, lane: string) => void}} does
 */
export function marksTable(marks, guide, open, { onToggle, play }) {
  if (marks.length === 0) {
    return nothing;
  }
  return html`<details class="marks-as-table" ?open=${open} @toggle=${(event) => onToggle(event.target.open)}>
    <summary>Show as a table</summary>
    ${open ? html`<div class="marks-table-scroll" role="region" tabindex="0" aria-label="The timeline as a table">${table(marks, guide, play)}</div>` : nothing}
  </details>`;
}

function table(marks, guide, play) {
  return html`<table class="marks-table">
    <thead>
      <tr><th scope="col">Play</th><th scope="col">What</th><th scope="col">Length</th></tr>
    </thead>
    ${KINDS.map(({ lane, title }) => {
      const rows = marks.filter((mark) => mark.lane === lane);
      return rows.length === 0
        ? nothing
        : html`<tbody data-lane=${lane}>
            <tr><th colspan="3" scope="rowgroup">${title} <span class="quiet">${rows.length}${lane === "pace" && guide ? `, ${guide}` : ""}</span></th></tr>
            ${rows.map(
              (mark) => html`<tr>
                <td>${momentButton(mark, (start) => play(start, lane), mark.text)}</td>
                <td>${mark.what} <span class="quiet">${mark.detail}</span></td>
                <td>${mark.length}</td>
              </tr>`,
            )}
          </tbody>`;
    })}
  </table>`;
}

// What the shapes mean, and how many there are of each.

/** Only the shapes that are there. @param {object[]} entries of the view */
export function legend(entries) {
  if (entries.length === 0) {
    return nothing;
  }
  return html`<ul class="legend" aria-label="What the shapes mean">
    ${entries.map(({ shape, source, text, count }) => html`<li>${legendShape({ shape, source })}<span>${text}</span><span class="quiet">${count}</span></li>`)}
  </ul>`;
}
