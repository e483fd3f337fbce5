// The takes of a question as tables: all of them, of which two are chosen, and the measures of those two.

import { comparable, SIDES, stateWords, takeDay, takeName } from "../format/takes.js";
import { countWords } from "../format/time.js";
import { figure } from "../report/measures.js";
import { markShape } from "../components/figure-marks.js";
import { html, live, nothing } from "../templating.js";

/**
 * @param {{takes: Array<object>, labels: string[]}} list
 * @param {[string, string]|null} pair
 * @param {(side: 0|1, id: string) => void} onChoose
 */
export function takesTable({ takes, labels }, pair, onChoose) {
  const ready = new Set(comparable(takes).map(({ answer }) => answer));
  const choosing = ready.size > 2;
  // Cells are laid out differently on a phone, where a browser may forget that this is a table: the roles stay.
  return html`<section aria-labelledby="takes-title">
    <h2 id="takes-title" class="section-title">All takes</h2>
    ${choosing ? html`<p class="quiet takes-how">Choose any two. The earlier one is A.</p>` : nothing}
    <table class="takes-table" role="table" aria-labelledby="takes-title">
      <thead role="rowgroup">
        <tr role="row">
          ${SIDES.map((side) => html`<th scope="col" role="columnheader" class="takes-pick">${side}</th>`)}
          <th scope="col" role="columnheader">Take</th>
          ${labels.map((label) => html`<th scope="col" role="columnheader">${label}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${takes.map((take) => takeRow(take, labels.length, pair, ready.has(take.answer), choosing, onChoose))}
      </tbody>
    </table>
    <p class="visually-hidden">${countWords(takes.length, "take")}, oldest first.</p>
  </section>`;
}

function takeRow(take, columns, pair, ready, choosing, onChoose) {
  const name = takeName(take);
  return html`<tr role="row">
    ${SIDES.map((side, place) => pickCell(take, name, side, place, pair, ready, choosing, onChoose))}
    <th scope="row" role="rowheader">
      <a href="/answers/${encodeURIComponent(take.answer)}" data-page>${name}</a>
      <time datetime=${take.created_at}>${takeDay(take)}</time>
    </th>
    ${ready
      ? take.view.figures.map(
          ({ figure: name, label, value, unit, mark, standing_text: standing }) => html`<td role="cell" data-figure=${name}>
            <span class="takes-label">${label}</span>
            <span class="takes-figure">${markShape(mark)}${value ? html`<span><strong>${value}</strong> ${unit}</span>` : html`<span class="quiet">not measured</span>`}</span>
            ${value && standing ? html`<span class="visually-hidden">, ${standing}</span>` : nothing}
          </td>`,
        )
      : html`<td role="cell" class="quiet" colspan=${columns}>${stateWords(take)}</td>`}
  </tr>`;
}

/** With two takes there is nothing to choose, so that the letters are only said. */
function pickCell(take, name, side, place, pair, ready, choosing, onChoose) {
  const chosen = pair?.[place] === take.answer;
  if (!choosing) {
    return html`<td role="cell" class="takes-pick">${chosen ? html`<span class="side-letter">${side}</span>` : nothing}</td>`;
  }
  return html`<td role="cell" class="takes-pick">
    <label class="pick">
      <input type="radio" name=${`take-${side}`} .checked=${live(chosen)} ?disabled=${!ready} @change=${() => onChoose(place, take.answer)} />
      <span aria-hidden="true">${side}</span><span class="visually-hidden">${name} as ${side}</span>
    </label>
  </td>`;
}

// What differs between two takes: the plain difference, and their measures beside each other behind it.

/** @param {object} comparison of the service @param {[object, object]} takes */
export function comparedMeasures(comparison, takes) {
  const { difference, chance, judged, shown, few } = comparison.view;
  return html`<section class="takes-differs" aria-labelledby="differs-title">
    <h2 id="differs-title" class="visually-hidden">What differs</h2>
    ${comparison.notice ? html`<div class="notice takes-notice"><p>${comparison.notice}</p></div>` : nothing}
    ${difference
      ? html`<p class="quiet">${takeName(takes[1])} compared with ${takeName(takes[0]).toLowerCase()}</p>
          <p class="takes-difference">${difference}</p>`
      : nothing}
    ${chance ? html`<p class="takes-chance">${chance}</p>` : nothing}
    <details class="takes-more">
      <summary>How sure this is, and more figures</summary>
      ${measureTable(judged, takes, { says: true, label: "Length, pace, pauses and fillers in both takes" })}
      ${few === ""
        ? nothing
        : html`<p class="quiet takes-few">${few} <a href="/progress" data-page>Progress</a> looks at all of your takes together.</p>`}
      <h3>How we tell a change from chance</h3>
      <p class="takes-method">${comparison.method}</p>
      <h3>More figures</h3>
      ${measureTable(shown, takes, { says: false, label: "More figures of both takes" })}
    </details>
  </section>`;
}

function measureTable(measures, takes, { says, label }) {
  return html`<table class="compared" role="table" aria-label=${label}>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">Measure</th>
        ${takes.map((take, place) => html`<th scope="col" role="columnheader"><span class="side-letter">${SIDES[place]}</span> ${takeName(take)}</th>`)}
        ${says ? html`<th scope="col" role="columnheader">What that says</th>` : nothing}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${measures.map(
        (measure) => html`<tr role="row" data-measure=${measure.name}>
          <th scope="row" role="rowheader">${measure.label}</th>
          ${figureCell(measure.first, measure.first_note, SIDES[0])} ${figureCell(measure.second, measure.second_note, SIDES[1])}
          ${says ? saysCell(measure) : nothing}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function figureCell(row, note, side) {
  return html`<td role="cell">
    <span class="side-letter compared-side" aria-hidden="true">${side}</span>
    <span>${comparedFigure(row)}${note ? html`<span class="quiet compared-doubt">${note}</span>` : nothing}</span>
  </td>`;
}

/** As in a report, but with its interval on a line of its own. */
function comparedFigure(row) {
  return row.value && row.interval ? html`<strong>${row.value}</strong> <span class="quiet compared-interval">${row.interval}</span>` : figure(row);
}

function saysCell({ verdict, sentence, ratio }) {
  return html`<td role="cell" class="compared-says">
    ${verdict !== "not_given" ? html`<span class=${`verdict-mark verdict-${verdict}`} aria-hidden="true"></span>` : nothing}
    <span>${sentence} ${ratio ? html`<span class="quiet compared-ratio">${ratio}</span>` : nothing}</span>
  </td>`;
}
