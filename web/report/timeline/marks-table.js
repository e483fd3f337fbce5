// The marks of a timeline as a table, for those who would rather read it, and the legend of their shapes.

import { momentButton } from "../../components/icons.js";
import { fillerKindWords, fillerSourceWords, pausePlaceWords, rateWords } from "../../format/marks.js";
import { guideWords } from "../../format/measures.js";
import { shortLengthWords } from "../../format/time.js";
import { html, nothing } from "../../templating.js";
import { legendShape } from "./shapes.js";

/**
 * Each kind of mark: its title, and what its row says.
 * @type {{lane: string, title: string, what: (thing: any) => string, where: (thing: any) => string}[]}
 */
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
    ${open ? html`<div class="marks-table-scroll" role="region" tabindex="0" aria-label="The timeline as a table">${table(marks, pace, play)}</div>` : nothing}
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

// What the shapes mean, and how many there are of each.

const byShape = (shape) => (mark) => mark.shape === shape;
const bySource = (source) => (mark) => mark.source === source;

const MEANINGS = [
  { example: { shape: "bar" }, label: "Pause at the end of a sentence or clause", holds: byShape("bar") },
  { example: { shape: "crossed-bar" }, label: "Pause within a clause", holds: byShape("crossed-bar") },
  { example: { shape: "dot" }, label: "Filled pause (um, uh)", holds: byShape("dot") },
  { example: { shape: "ringed-dot" }, label: "Filled pause, unsure", holds: byShape("ringed-dot") },
  { example: { shape: "diamond" }, label: "Discourse marker (like, you know)", holds: byShape("diamond") },
  { example: { shape: "ringed-diamond" }, label: "Discourse marker, unsure", holds: byShape("ringed-diamond") },
  { example: { shape: "dot", source: "heard" }, label: "With a stem: heard in the sound, not in the text", holds: bySource("heard") },
  { example: { shape: "dot", source: "person" }, label: "Underlined: put there by you", holds: bySource("person") },
];

/** Only the shapes that are there. */
export function legend(marks) {
  const counted = MEANINGS.map((meaning) => ({ ...meaning, count: marks.filter(meaning.holds).length })).filter(({ count }) => count > 0);
  if (counted.length === 0) {
    return nothing;
  }
  return html`<ul class="legend" aria-label="What the shapes mean">
    ${counted.map(({ example, label, count }) => html`<li>${legendShape(example)}<span>${label}</span><span class="quiet">${count}</span></li>`)}
  </ul>`;
}
