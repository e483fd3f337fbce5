// The drawing of a timeline: its lanes, its marks as elements that can be reached, and the labels over it.

import { clock } from "../../format/time.js";
import { html, nothing, repeat, svg } from "../../templating.js";
import { shapeAt } from "./shapes.js";
import { waveformPath } from "./scale.js";

/** Pixels. A pause is drawn at least this wide, and a mark can be hit this far around its middle. */
const LEAST_BAR = 5;
export const HIT = 24;
/** Pixels that the labels of the guide band need to stand inside it. */
const BAND_LABELS = 36;

/**
 * What lies in the lanes, from the back to the front.
 * @param {object} view scale, layout, report, peaks, guide, marks, activeKey, handles, loop
 */
export function drawing(view) {
  const { scale, layout, report, peaks, guide, handles, loop } = view;
  return svg`
    <defs>
      <clipPath id="played"><rect class="played-clip" x="0" y="0" width="0" height=${layout.height}></rect></clipPath>
    </defs>
    ${axis(scale, layout.axis)} ${layout.pace ? paceLane(report.pace, guide, scale, layout.pace) : nothing}
    ${soundLane(peaks, handles.range, scale, layout.sound, "played")}
    ${layout.loop ? loop.drawing(layout.loop, LABEL, layout.axis.top) : nothing} ${drawMarks(view)}
    <g class="playhead" aria-hidden="true"><line y1="12" y2=${layout.axis.top}></line><path d="M-5 8h10l-5 7z"></path></g>
    ${handles.template(layout.sound)}
  `;
}

function drawMarks({ marks, activeKey, scale, layout, report, guide }) {
  const { pace, sound, fillers } = layout;
  const paceY = pace && paceScale(report.pace, guide, pace);
  const middleOf = (lane) => lane && lane.top + lane.height / 2;
  const middles = { pauses: middleOf(sound), fillers: middleOf(fillers) };
  return repeat(
    marks,
    ({ key }) => key,
    (mark) => {
      const x = scale.x(mark.middle);
      const middle = mark.lane === "pace" ? paceY(mark.thing.words_per_minute) : middles[mark.lane];
      const width = mark.lane === "pauses" ? Math.max(LEAST_BAR, (mark.end - mark.start) * scale.pixelsPerSecond) : 14;
      const hit = Math.max(mark.lane === "fillers" ? HIT : 10, width);
      return svg`<g class=${`mark mark-${mark.lane}`} role="button" data-mark=${mark.key} tabindex=${mark.key === activeKey ? "0" : "-1"} aria-label=${mark.words}>
        <rect class="mark-hit" x=${x - hit / 2} y=${middle - HIT / 2} width=${hit} height=${HIT} rx="4"></rect>
        ${shapeAt(mark, x, middle, width)}
      </g>`;
    },
  );
}

/** The lanes' names and the guide's two figures: they stay where they are while the drawing scrolls. */
export function laneLabels({ layout, report, guide }) {
  const label = (words, { top }) => html`<span class="lane-label" .style=${`top: ${top - LABEL}px`}>${words}</span>`;
  return html`
    ${layout.pace ? [label("Pace, words a minute", layout.pace), guideLabels(report, guide, layout.pace)] : nothing}
    ${label(report?.pauses.length ? "Sound and pauses" : "Sound", layout.sound)} ${layout.fillers ? label("Fillers", layout.fillers) : nothing}
  `;
}

function guideLabels(report, guide, lane) {
  if (!guide) {
    return nothing;
  }
  const y = paceScale(report.pace, guide, lane);
  const label = (rate, kind) =>
    rate === null ? nothing : html`<span class=${`band-label band-label-${kind}`} .style=${`top: ${y(rate)}px`}>${rate}</span>`;
  const narrow = y(guide.low ?? 0) - y(guide.high ?? 0) < BAND_LABELS;
  return [label(guide.high, narrow ? "above" : "high"), label(guide.low, narrow ? "below" : "low")];
}

// What each lane of the timeline looks like. Drawing only: positions come from the scale.

/** Pixels. Labels of a lane stand in the room above it. */
const HEIGHTS = { pace: 72, sound: 88, fillers: 32, loop: 22, axis: 22 };
const LABEL = 24;
const GAP = 8;

/** @typedef {{top: number, height: number}} Lane pixels */

/**
 * Where each lane is; a lane that has nothing to show takes no space.
 * @typedef {{pace?: Lane, sound: Lane, fillers?: Lane, loop?: Lane, axis: Lane, height: number}} Layout
 * @param {{pace: boolean, fillers: boolean, loop: boolean}} shown
 * @returns {Layout}
 */
export function layoutFor(shown) {
  const layout = /** @type {Layout} */ ({});
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
function paceScale(pace, guide, lane) {
  const rates = [...pace.map((window) => window.words_per_minute), guide?.low, guide?.high].filter(Number.isFinite);
  const low = Math.max(0, Math.min(...rates) - PACE_MARGIN);
  const high = Math.max(...rates) + PACE_MARGIN;
  const { top, height } = lane;
  return (rate) => top + height * (1 - (rate - low) / (high - low || 1));
}

function paceLane(pace, guide, scale, lane) {
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

function soundLane(peaks, span, scale, lane, playedClip) {
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
