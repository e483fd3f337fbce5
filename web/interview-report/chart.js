// Pace and fillers over the time of an interview: one dot an answer. Where everything lies comes with the view, in per cent.

import { html, nothing, svg } from "../templating.js";

/** Pixels. */
const DOT = 4.5;

/** @param {{charts: object[], latency: string[]}} view */
export function overTime({ charts: all, latency }) {
  // One answer has no course over time.
  const charts = all.filter(({ points }) => points.length > 1);
  if (charts.length === 0 && latency.length === 0) {
    return nothing;
  }
  return html`<section class="interview-time" aria-labelledby="interview-time-title">
    <h2 id="interview-time-title" class="section-title">Over the interview</h2>
    ${charts.length > 0 ? html`<div class="interview-charts">${charts.map(chart)}</div>` : nothing}
    ${latency.length > 0 ? html`<div class="interview-latency"><h3>Before your first word</h3><p>${latency.join(" ")}</p></div>` : nothing}
  </section>`;
}

function chart({ figure, title, points, times, values, band, guide, sentence }) {
  const heading = `interview-${figure}`;
  return html`<figure class="interview-chart" aria-labelledby=${heading}>
    <figcaption>
      <h3 id=${heading}>${title}</h3>
      ${sentence ? html`<p>${sentence}</p>` : nothing}
    </figcaption>
    ${points.length > 0
      ? html`<div class="interview-plot">
          ${values.map(({ at, text }) => html`<span class="interview-value" aria-hidden="true" .style=${`top: ${at}%`}>${text}</span>`)}
          <svg class="interview-drawing" aria-hidden="true" focusable="false">
            ${band ? svg`<rect class="trend-guide" x="0" width="100%" y=${`${band[0]}%`} height=${`${band[1] - band[0]}%`}></rect>` : nothing}
            ${values.map(({ at }) => svg`<line class="grid" x1="0" x2="100%" y1=${`${at}%`} y2=${`${at}%`}></line>`)} ${points.map(dot)}
          </svg>
          ${times.map(({ at, text }) => html`<span class="interview-when" aria-hidden="true" .style=${`inset-inline-start: ${at}%`}>${text}</span>`)}
        </div>
        <ul class="visually-hidden">
          ${points.map(({ text }) => html`<li>${text}</li>`)}
        </ul>`
      : html`<p class="quiet">Not measurable in these answers.</p>`}
    ${guide && points.length > 0 ? html`<p class="interview-guide">${guide}</p>` : nothing}
  </figure>`;
}

function dot({ x, y, top, bottom, unsure, text }) {
  const across = `${x}%`;
  return svg`<g>
    <title>${text}</title>
    <line class="interview-interval" x1=${across} x2=${across} y1=${`${top}%`} y2=${`${bottom}%`}></line>
    <circle class=${unsure ? "interview-dot interview-dot-unsure" : "interview-dot"} cx=${across} cy=${`${y}%`} r=${DOT}></circle>
  </g>`;
}
