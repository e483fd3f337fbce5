// The measures of two takes beside each other, and what that says.

import { html, nothing } from "../templating.js";
import { figureWords, reasonWords } from "../format/measures.js";
import { ratioWords, SIDES, takeName } from "../format/takes.js";

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
      : html`<p class="quiet takes-few">Two takes alone seldom show a change. <a href="/progress" data-place>Progress</a> looks at all of your takes together.</p>`}
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
