// What each lane of the timeline looks like. Drawing only: positions come from the scale.

import { svg, nothing } from "../../templating.js";
import { clock } from "../../format/time.js";
import { waveformPath } from "./waveform.js";

/** Pixels. Labels of a lane stand in the room above it. */
const HEIGHTS = { pace: 72, sound: 88, fillers: 32, loop: 22, axis: 22 };
export const LABEL = 24;
const GAP = 8;

/**
 * Where each lane is; a lane that has nothing to show takes no room.
 * @param {{pace: boolean, fillers: boolean, loop: boolean}} shown
 * @returns {{pace?: object, sound: object, fillers?: object, loop?: object, axis: object, height: number}} {top, height} each
 */
export function layoutFor(shown) {
  const layout = {};
  let top = 0;
  for (const lane of ["pace", "sound", "fillers"]) {
    if (lane === "sound" || shown[lane]) {
      layout[lane] = { top: top + LABEL, height: HEIGHTS[lane] };
      top += LABEL + HEIGHTS[lane] + GAP;
    }
  }
  if (shown.loop) {
    // At the foot, and without a label: nothing above it moves when a loop comes or goes.
    layout.loop = { top, height: HEIGHTS.loop };
    top += HEIGHTS.loop + GAP;
  }
  layout.axis = { top, height: HEIGHTS.axis };
  layout.height = top + HEIGHTS.axis;
  return layout;
}

/** Words a minute above and below what is drawn, so that the line does not touch the lane's edge. */
const PACE_MARGIN = 15;

/** From words a minute to pixels. */
export function paceScale(pace, guide, lane) {
  const rates = [...pace.map((window) => window.words_per_minute), guide?.low, guide?.high].filter(Number.isFinite);
  const low = Math.max(0, Math.min(...rates) - PACE_MARGIN);
  const high = Math.max(...rates) + PACE_MARGIN;
  const { top, height } = lane;
  return (rate) => top + height * (1 - (rate - low) / (high - low || 1));
}

export function paceLane(pace, guide, scale, lane) {
  const y = paceScale(pace, guide, lane);
  const { top, height } = lane;
  const points = pace.map((window) => `${scale.x((window.start + window.end) / 2).toFixed(1)} ${y(window.words_per_minute).toFixed(1)}`);
  const bandTop = guide && guide.high !== null ? y(guide.high) : top;
  const bandBottom = guide && guide.low !== null ? y(guide.low) : top + height;
  return svg`
    ${guide ? svg`<rect class="pace-band" x="0" y=${bandTop} width=${scale.width} height=${Math.max(0, bandBottom - bandTop)}></rect>` : nothing}
    <path class="pace-line" d=${`M${points.join("L")}`}></path>
  `;
}

export function soundLane(peaks, span, scale, lane, playedClip) {
  const path = peaks ? waveformPath(peaks, scale, lane) : "";
  const { top, height } = lane;
  const start = span ? scale.x(span.start) : 0;
  const end = span ? scale.x(span.end) : scale.width;
  return svg`
    <path class="wave" d=${path}></path>
    <path class="wave wave-played" d=${path} clip-path=${`url(#${playedClip})`}></path>
    <rect class="outside" x="0" y=${top - 2} width=${Math.max(0, start)} height=${height + 4}></rect>
    <rect class="outside" x=${end} y=${top - 2} width=${Math.max(0, scale.width - end)} height=${height + 4}></rect>
  `;
}

export function axis(scale, { top }) {
  return scale.ticks().map((time) => {
    const x = scale.x(time);
    const nearEnd = scale.width - x < 18;
    return svg`
      <line class="grid" x1=${x} x2=${x} y1=${LABEL} y2=${top}></line>
      <text class="tick" x=${time === 0 ? x - 2 : x} y=${top + 16} text-anchor=${time === 0 ? "start" : nearEnd ? "end" : "middle"}>${clock(time)}</text>`;
  });
}
