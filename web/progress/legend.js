// What the marks of the charts mean; only those that are there.

import { html, svg, nothing } from "../templating.js";
import { KINDS, kindOf, markPath } from "./take-marks.js";

const MEANINGS = {
  sure: "A take",
  unsure: "A take, less sure",
  older: "Measured by an older build",
  "older-unsure": "By an older build, less sure",
  missing: "Not measurable",
};

const symbol = (content) => html`<svg class="legend-shape" viewBox="0 0 22 18" aria-hidden="true" focusable="false">${content}</svg>`;

const markSymbol = (kind) => svg`<path class=${`take-mark take-${kind}`} d=${markPath(kind, 11, 9, 4)}></path>`;
const middleSymbol = () => svg`<path class="trend-middle" d="M1 12L8 7L14 9L21 5"></path>`;
const halfSymbol = () => svg`<path class="trend-half" d="M1 7L8 3L14 4L21 1V11L14 14L8 12L1 17Z"></path>`;
const guideSymbol = () => svg`<rect class="trend-guide" x="1" y="3" width="20" height="12"></rect>`;

export function chartLegend(report) {
  const points = report.trends.flatMap((trend) => trend.points);
  const kinds = new Set(points.map(kindOf));
  const has = (name) => points.some((point) => point[name] !== null);
  return html`<ul class="legend trends-legend" aria-label="What the marks mean">
    ${[...KINDS]
      .reverse()
      .filter((kind) => kinds.has(kind))
      .map((kind) => html`<li>${symbol(markSymbol(kind))}<span>${MEANINGS[kind]}</span></li>`)}
    ${has("middle")
      ? html`<li>${symbol(middleSymbol())}<span>The middle of your latest takes there</span></li>
          <li>${symbol(halfSymbol())}<span>The middle half of them</span></li>`
      : nothing}
    ${report.trends.some(({ guide }) => guide) ? html`<li>${symbol(guideSymbol())}<span>What the guide says</span></li>` : nothing}
  </ul>`;
}
