// The length of the answer on a bar, as the view places it. The length itself stands over the bar.

import { html, nothing } from "../templating.js";

const percent = (fraction) => `${(100 * fraction).toFixed(2)}%`;

/** @param {object|undefined} bar of the view; none where there is no length */
export function lengthBar(bar) {
  if (!bar) {
    return nothing;
  }
  const { at, parts, aim, summary } = bar;
  return html`<div class="length-bar" role="img" aria-label=${summary}>
    <div class="length-track">
      ${aim ? html`<div class="length-aim" .style=${`left: ${percent(aim.start)}; width: ${percent(aim.end - aim.start)}`}></div>` : nothing}
      ${parts.map(({ start, end }) => html`<div class="length-part" .style=${`flex-grow: ${end - start}`}></div>`)}
      <div class="length-needle" .style=${`left: ${percent(at)}`}></div>
    </div>
    <div class="length-labels">
      ${parts.map(({ start, end, label }) => html`<span .style=${`flex-grow: ${end - start}`}>${label}</span>`)}
    </div>
  </div>`;
}
