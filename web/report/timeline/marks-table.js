// Everything on the timeline as a table: what a drawing shows, for those who would rather read it.

import { html, nothing } from "../../templating.js";
import { momentButton } from "../../components/moment.js";
import { fillerKindWords, fillerSourceWords, pausePlaceWords, rateWords } from "../../format/marks.js";
import { shortLengthWords } from "../../format/time.js";
import { guideWords } from "../../format/measures.js";

/** Each kind of mark: its title, and what its row says. */
const KINDS = [
  { lane: "pauses", title: "Pauses", what: () => "Pause", where: pausePlaceWords },
  { lane: "fillers", title: "Fillers", what: fillerKindWords, where: fillerSourceWords },
  { lane: "pace", title: "Pace", what: rateWords, where: () => "" },
];

/**
 * @param {object[]} marks
 * @param {object|null} pace the measure speaking_rate, whose guide stands behind the pace
 * @param {boolean} open rows are made only when they are to be seen
 * @param {{onToggle: (open: boolean) => void, play: (start: number) => void}} does
 */
export function marksTable(marks, pace, open, { onToggle, play }) {
  if (marks.length === 0) {
    return nothing;
  }
  return html`<details class="marks-as-table" ?open=${open} @toggle=${(event) => onToggle(event.target.open)}>
    <summary>Show as a table</summary>
    ${open ? html`<div class="marks-table-room" role="region" tabindex="0" aria-label="The timeline as a table">${table(marks, pace, play)}</div>` : nothing}
  </details>`;
}

function table(marks, pace, play) {
  const guide = pace ? guideWords(pace) : "";
  return html`<table class="marks-table">
    <thead>
      <tr><th scope="col">Play</th><th scope="col">What</th><th scope="col">Length</th></tr>
    </thead>
    ${KINDS.map(({ lane, title, what, where }) => {
      const rows = marks.filter((mark) => mark.lane === lane);
      return rows.length === 0
        ? nothing
        : html`<tbody data-lane=${lane}>
            <tr><th colspan="3" scope="rowgroup">${title} <span class="quiet">${rows.length}${lane === "pace" && guide ? `, guide ${guide} words a minute` : ""}</span></th></tr>
            ${rows.map(
              ({ start, end, words, thing }) => html`<tr>
                <td>${momentButton({ start }, play, words)}</td>
                <td>${what(thing)} <span class="quiet">${where(thing)}</span></td>
                <td>${shortLengthWords(end - start)}</td>
              </tr>`,
            )}
          </tbody>`;
    })}
  </table>`;
}
