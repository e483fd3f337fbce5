// What each lane of the timeline looks like. Drawing only: positions come from the scale.

import { svg, nothing } from "../templating.js";
import { clock } from "../words/time.js";
import { waveformPath } from "./waveform.js";

/** Pixels from the top. Labels of a lane stand in the room above it. */
export const LAYOUT = {
  pace: { top: 24, height: 72 },
  sound: { top: 128, height: 88 },
  fillers: { top: 248, height: 28 },
  axis: { top: 284, height: 22 },
};
export const HEIGHT = LAYOUT.axis.top + LAYOUT.axis.height;

/** Words a minute above and below what is drawn, so that the line does not touch the lane's edge. */
const PACE_MARGIN = 15;

/** From words a minute to pixels. */
export function paceScale(pace, guide) {
  const rates = [...pace.map((window) => window.words_per_minute), guide?.low, guide?.high].filter(Number.isFinite);
  const low = Math.max(0, Math.min(...rates) - PACE_MARGIN);
  const high = Math.max(...rates) + PACE_MARGIN;
  const { top, height } = LAYOUT.pace;
  return (rate) => top + height * (1 - (rate - low) / (high - low || 1));
}

export function paceLane(pace, guide, scale) {
  if (pace.length === 0) {
    return nothing;
  }
  const y = paceScale(pace, guide);
  const { top, height } = LAYOUT.pace;
  const points = pace.map((window) => `${scale.x((window.start + window.end) / 2).toFixed(1)} ${y(window.words_per_minute).toFixed(1)}`);
  const bandTop = guide && guide.high !== null ? y(guide.high) : top;
  const bandBottom = guide && guide.low !== null ? y(guide.low) : top + height;
  return svg`
    ${guide ? svg`<rect class="pace-band" x="0" y=${bandTop} width=${scale.width} height=${Math.max(0, bandBottom - bandTop)}></rect>` : nothing}
    <path class="pace-line" d=${`M${points.join("L")}`}></path>
  `;
}

export function soundLane(peaks, span, scale, playedClip) {
  const path = peaks ? waveformPath(peaks, scale, LAYOUT.sound) : "";
  const { top, height } = LAYOUT.sound;
  const start = span ? scale.x(span.start) : 0;
  const end = span ? scale.x(span.end) : scale.width;
  return svg`
    <path class="wave" d=${path}></path>
    <path class="wave wave-played" d=${path} clip-path=${`url(#${playedClip})`}></path>
    <rect class="outside" x="0" y=${top - 2} width=${Math.max(0, start)} height=${height + 4}></rect>
    <rect class="outside" x=${end} y=${top - 2} width=${Math.max(0, scale.width - end)} height=${height + 4}></rect>
  `;
}

export function axis(scale) {
  const { top } = LAYOUT.axis;
  return scale.ticks().map((time) => {
    const x = scale.x(time);
    const nearEnd = scale.width - x < 18;
    return svg`
      <line class="grid" x1=${x} x2=${x} y1=${LAYOUT.pace.top} y2=${top}></line>
      <text class="tick" x=${time === 0 ? x - 2 : x} y=${top + 16} text-anchor=${time === 0 ? "start" : nearEnd ? "end" : "middle"}>${clock(time)}</text>`;
  });
}
