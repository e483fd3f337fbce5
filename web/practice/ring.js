// The length ring: a circle that fills with time. Its aim is a second line outside it, with a notch and words
// at either end; the words inside say where in the aim one is.

import { html, svg, nothing } from "../templating.js";
import { clock, lengthWords, spokenTime } from "../format/time.js";

const SIZE = 320;
const MIDDLE = SIZE / 2;
const RADIUS = 104;
const AIM_RADIUS = RADIUS + 13;
const NOTCH = { from: RADIUS - 9, to: AIM_RADIUS + 5 };
const WORDS_RADIUS = AIM_RADIUS + 22;
/** What the whole circle stands for where nothing stops the take, as a multiple of the aim's end. */
const BEYOND_AIM = 1.5;
/** Seconds for a whole circle where there is neither an aim nor an end. */
const PLAIN_CIRCLE = 180;

/** Seconds for the whole circle. */
export function circleSeconds(maximum, aim) {
  return maximum ?? (aim ? aim.high * BEYOND_AIM : PLAIN_CIRCLE);
}

/** A point at this share of the circle, from the top and clockwise. */
function point(share, radius) {
  const angle = 2 * Math.PI * share - Math.PI / 2;
  return { x: MIDDLE + radius * Math.cos(angle), y: MIDDLE + radius * Math.sin(angle) };
}

function arc(from, to, radius) {
  const [start, end] = [point(from, radius), point(to, radius)];
  const large = to - from > 0.5 ? 1 : 0;
  return `M${start.x} ${start.y}A${radius} ${radius} 0 ${large} 1 ${end.x} ${end.y}`;
}

/** Where in the aim this time is, in words; empty without an aim. */
export function zoneWords(seconds, aim) {
  if (!aim) {
    return "";
  }
  if (seconds < aim.low) {
    return `aim from ${lengthWords(aim.low)}`;
  }
  return seconds <= aim.high ? "in the aim" : `past the aim of ${lengthWords(aim.high)}`;
}

/**
 * @param {number} seconds recorded
 * @param {number|null} maximum seconds at which the take stops
 * @param {{low: number, high: number}|null} aim
 * @param {string} cue words that stand inside instead of those about the aim; empty for none
 */
export function lengthRing(seconds, maximum, aim, cue) {
  const whole = circleSeconds(maximum, aim);
  // A whole circle has no arc: its two ends would be one point.
  const share = Math.min(seconds / whole, 0.9999);
  const [low, high] = aim ? [aim.low / whole, Math.min(aim.high / whole, 0.9999)] : [0, 0];
  return html`<div class="ring">
    <svg viewBox="0 0 ${SIZE} ${SIZE}" aria-hidden="true" focusable="false">
      <circle class="ring-track" cx=${MIDDLE} cy=${MIDDLE} r=${RADIUS}></circle>
      ${aim && low < high
        ? svg`<path class="ring-aim" d=${arc(low, high, AIM_RADIUS)}></path>`
        : nothing}
      ${seconds > 0 ? svg`<path class="ring-done" d=${arc(0, share, RADIUS)}></path>` : nothing}
      ${aim && low < high ? svg`${notch(low, aim.low)}${notch(high, aim.high)}` : nothing}
    </svg>
    <div class="ring-words">
      <p class="ring-time" role="timer" aria-label="Time recorded: ${spokenTime(seconds)}">${clock(seconds)}</p>
      <p class="ring-zone">${cue || zoneWords(seconds, aim)}</p>
    </div>
  </div>`;
}

/** '1 min', '45 s', '1:15': short, beside a notch. */
const notchWords = (seconds) => (seconds < 60 || seconds % 60 === 0 ? lengthWords(seconds) : clock(seconds));

function notch(share, seconds) {
  const [inner, outer, label] = [point(share, NOTCH.from), point(share, NOTCH.to), point(share, WORDS_RADIUS)];
  const side = label.x - MIDDLE;
  const anchor = Math.abs(side) < 20 ? "middle" : side > 0 ? "start" : "end";
  return svg`<line class="ring-notch" x1=${inner.x} y1=${inner.y} x2=${outer.x} y2=${outer.y}></line>
    <text class="ring-label" x=${label.x} y=${label.y} text-anchor=${anchor} dominant-baseline="middle">${notchWords(seconds)}</text>`;
}
