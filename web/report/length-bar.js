// The length of the answer against 0–1, 1–2, 2–3, 3–5 and 5+ minutes.

import { html, nothing } from "../templating.js";
import { lengthWords } from "../format/time.js";

const MINUTE = 60;
const PARTS = [
  { from: 0, to: 1, label: "0–1" },
  { from: 1, to: 2, label: "1–2" },
  { from: 2, to: 3, label: "2–3" },
  { from: 3, to: 5, label: "3–5" },
  { from: 5, to: 6, label: "5+" },
];
/** Minutes that the bar shows; longer answers stand at its end. */
const BAR_MINUTES = 6;
const BAR_END = 5.85;

const share = (seconds) => (100 * Math.min(seconds / MINUTE, BAR_MINUTES)) / BAR_MINUTES;

function aimWords({ low, high }) {
  const minutes = (seconds) => String(Math.round((seconds / MINUTE) * 10) / 10);
  if (low !== null && high !== null) {
    return `aim, ${minutes(low)}–${minutes(high)} min`;
  }
  return high !== null ? `aim, up to ${minutes(high)} min` : `aim, from ${minutes(low)} min`;
}

/** @param {object} length the measure answer_length */
export function lengthBar(length) {
  if (!length || length.value === null) {
    return nothing;
  }
  const at = share(Math.min(length.value, BAR_END * MINUTE));
  const guide = length.guide;
  const low = guide ? share(guide.low ?? 0) : 0;
  const high = guide ? share(guide.high ?? BAR_MINUTES * MINUTE) : 0;
  const flipped = at > 75;
  return html`<div class="length-bar" role="img" aria-label=${`Length: ${lengthWords(length.value)}, on a bar from 0 to more than 5 minutes${guide ? `; the ${aimWords(guide)}` : ""}.`}>
    <div class="length-mark" .style=${`left: ${at}%`}>
      <span class=${flipped ? "length-words length-words-left" : "length-words"}>${lengthWords(length.value)}</span>
    </div>
    <div class="length-track">
      ${guide ? html`<div class="length-aim" .style=${`left: ${low}%; width: ${high - low}%`}></div>` : nothing}
      ${PARTS.map(({ from, to }) => html`<div class="length-part" .style=${`flex-grow: ${to - from}`}></div>`)}
      <div class="length-needle" .style=${`left: ${at}%`}></div>
    </div>
    <div class="length-labels">
      ${PARTS.map(({ from, to, label }) => html`<span .style=${`flex-grow: ${to - from}`}>${label}${from === 5 ? " min" : ""}</span>`)}
      ${guide ? html`<span class="length-aim-words" .style=${`left: ${(low + high) / 2}%`}>${aimWords(guide)}</span>` : nothing}
    </div>
  </div>`;
}
