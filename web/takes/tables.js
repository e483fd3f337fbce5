// The takes of a question as tables: all of them, of which two are chosen, and the measures of those two.

import { figureWords, reasonWords, valueWords } from "../format/measures.js";
import { comparable, ratioWords, SIDES, stateWords, takeDay, takeName } from "../format/takes.js";
import { countWords } from "../format/time.js";
import { html, live, nothing } from "../templating.js";

/**
 * @param {{takes: Array<object>, measures: string[]}} list
 * @param {[string, string]|null} pair
 * @param {Map<string, object>} definitions by name; may be empty while they load
 * @param {(side: 0|1, id: string) => void} onChoose
 */
export function takesTable({ takes, measures }, pair, definitions, onChoose) {
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
          ${measures.map((name) => html`<th scope="col" role="columnheader">${label(name, definitions)}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${takes.map((take) => takeRow(take, measures, pair, ready.has(take.answer), choosing, definitions, onChoose))}
      </tbody>
    </table>
    <p class="visually-hidden">${countWords(takes.length, "take")}, oldest first.</p>
  </section>`;
}

function takeRow(take, measures, pair, ready, choosing, definitions, onChoose) {
  const name = takeName(take);
  return html`<tr role="row">
    ${SIDES.map((side, place) => pickCell(take, name, side, place, pair, ready, choosing, onChoose))}
    <th scope="row" role="rowheader">
      <a href="/answers/${encodeURIComponent(take.answer)}" data-page>${name}</a>
      <time datetime=${take.created_at}>${takeDay(take)}</time>
    </th>
    ${ready
      ? measures.map((measure) => {
          const figure = take.measures[measure];
          return html`<td role="cell">
            <span class="takes-label">${label(measure, definitions)}</span>
            <span>${figure?.value == null ? html`<span class="quiet">Not measurable</span>` : valueWords(figure)}</span>
          </td>`;
        })
      : html`<td role="cell" class="quiet" colspan=${measures.length}>${stateWords(take)}</td>`}
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

const label = (name, definitions) => definitions.get(name)?.label ?? name.replaceAll("_", " ");

// The measures of two takes beside each other, and what that says.

/** Reasons that hold for every take alike, so that they say nothing of these two. */
const OF_EVERY_TAKE = new Set(["detector_uncertain", "no_labelled_speech"]);
const CHANGES = new Set(["clear_change", "probably"]);

/** @param {object} comparison of the service @param {[object, object]} takes */
export function comparedMeasures(comparison, takes) {
  const judged = comparison.measures.filter(({ verdict }) => verdict !== null);
  const shown = comparison.measures.filter(({ verdict }) => verdict === null);
  return html`<section aria-labelledby="differs-title">
    <h2 id="differs-title" class="section-title">What differs</h2>
    ${comparison.notice ? html`<div class="notice takes-notice"><p>${comparison.notice}</p></div>` : nothing}
    ${measureTable(judged, takes, { says: true, label: "Length, pace, pauses and fillers in both takes" })}
    ${judged.some(({ verdict }) => CHANGES.has(verdict)) || !comparison.verdicts
      ? nothing
      : html`<p class="quiet takes-few">Two takes alone seldom show a change. <a href="/progress" data-page>Progress</a> looks at all of your takes together.</p>`}
    <details class="takes-more">
      <summary>More figures</summary>
      ${measureTable(shown, takes, { says: false, label: "More figures of both takes" })}
    </details>
    <details class="takes-more">
      <summary>How a change is told from chance</summary>
      <p class="takes-method">${comparison.method}</p>
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
          ${[measure.first, measure.second].map((figure, place) => figureCell(figure, SIDES[place]))}
          ${says ? saysCell(measure, takes[0]) : nothing}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function figureCell(measure, side) {
  const { value, interval } = figureWords(measure);
  const reason = reasonWords(measure);
  return html`<td role="cell">
    <span class="side-letter compared-side" aria-hidden="true">${side}</span>
    <span>
      ${value
        ? html`<strong>${value}</strong>${interval ? html` <span class="quiet compared-interval">${interval}</span>` : nothing}
            ${measure.state !== "measured" && !OF_EVERY_TAKE.has(measure.reason) ? html`<span class="quiet compared-doubt">Less sure: ${reason}</span>` : nothing}`
        : html`<span class="quiet">Not measurable${reason ? `: ${reason}` : ""}</span>`}
    </span>
  </td>`;
}

function saysCell(measure, earlier) {
  // Where nothing can be told, the range is so wide that it would only be noise.
  const ratio = CHANGES.has(measure.verdict) ? ratioWords(measure, takeName(earlier).toLowerCase()) : "";
  return html`<td role="cell" class="compared-says">
    ${measure.verdict !== "not_given" ? html`<span class=${`verdict-mark verdict-${measure.verdict}`} aria-hidden="true"></span>` : nothing}
    <span>
      ${measure.sentence} ${ratio ? html`<span class="quiet compared-ratio">${ratio}, allowing for chance.</span>` : nothing}
    </span>
  </td>`;
}
