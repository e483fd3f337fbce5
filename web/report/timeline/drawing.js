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
 * @param {object} drawn scale, layout, view, peaks, marks, activeKey, handles, loop
 */
export function drawing(drawn) {
  const { scale, layout, view, peaks, handles, loop } = drawn;
  return svg`
    <defs>
      <clipPath id="played"><rect class="played-clip" x="0" y="0" width="0" height=${layout.height}></rect></clipPath>
    </defs>
    ${axis(scale, layout.axis)} ${layout.pace ? paceLane(view, scale, layout.pace) : nothing}
    ${soundLane(peaks, handles.range, scale, layout.sound, "played")}
    ${layout.loop ? loop.drawing(layout.loop, LABEL, layout.axis.top) : nothing} ${drawMarks(drawn)}
    <g class="playhead" aria-hidden="true"><line y1="12" y2=${layout.axis.top}></line><path d="M-5 8h10l-5 7z"></path></g>
    ${handles.template(layout.sound)}
  `;
}

function drawMarks({ marks, activeKey, scale, layout }) {
  const { pace, sound, fillers, remarks, comments } = layout;
  const middleOf = (lane) => lane && lane.top + lane.height / 2;
  const middles = { pauses: middleOf(sound), fillers: middleOf(fillers), remarks: middleOf(remarks), comments: middleOf(comments) };
  return repeat(
    marks,
    ({ key }) => key,
    (mark) => {
      const x = scale.x(mark.middle);
      const middle = mark.lane === "pace" ? heightIn(pace, mark.height) : middles[mark.lane];
      const width = mark.lane === "pauses" ? Math.max(LEAST_BAR, (mark.end - mark.start) * scale.pixelsPerSecond) : 14;
      const hit = Math.max(["fillers", "remarks", "comments"].includes(mark.lane) ? HIT : 10, width);
      return svg`<g class=${`mark mark-${mark.lane}`} role="button" data-mark=${mark.key} tabindex=${mark.key === activeKey ? "0" : "-1"} aria-label=${mark.text}>
        <rect class="mark-hit" x=${x - hit / 2} y=${middle - HIT / 2} width=${hit} height=${HIT} rx="4"></rect>
        ${shapeAt(mark, x, middle, width)}
      </g>`;
    },
  );
}

/** The lanes' names and the guide's two figures: they stay where they are while the drawing scrolls. */
export function laneLabels({ layout, view, remarks, comments }) {
  const label = (words, { top }) => html`<span class="lane-label" .style=${`top: ${top - LABEL}px`}>${words}</span>`;
  return html`
    ${layout.pace ? [label(view.pace_label, layout.pace), guideLabels(view.pace_guide, layout.pace)] : nothing}
    ${label(view?.sound_label ?? "Sound", layout.sound)} ${layout.fillers ? label(view.fillers_label, layout.fillers) : nothing}
    ${layout.remarks ? label(remarks.label, layout.remarks) : nothing} ${layout.comments ? label(comments.label, layout.comments) : nothing}
  `;
}

/** @param {object|null} guide of the view: a band in fractions of the lane from its foot */
function guideLabels(guide, lane) {
  if (!guide) {
    return nothing;
  }
  const [top, bottom] = [heightIn(lane, guide.top), heightIn(lane, guide.bottom)];
  const label = (text, kind, y) =>
    text ? html`<span class=${`band-label band-label-${kind}`} .style=${`top: ${y}px`}>${text}</span>` : nothing;
  const narrow = bottom - top < BAND_LABELS;
  return [label(guide.high_text, narrow ? "above" : "high", top), label(guide.low_text, narrow ? "below" : "low", bottom)];
}

// What each lane of the timeline looks like. Drawing only: positions come from the scale.

/** Pixels. Labels of a lane stand in the room above it. */
const HEIGHTS = { pace: 72, sound: 88, fillers: 32, remarks: 32, comments: 32, loop: 22, axis: 22 };
const LABEL = 24;
const GAP = 8;

/** @typedef {{top: number, height: number}} Lane pixels */

/**
 * Where each lane is; a lane that has nothing to show takes no space.
 * @typedef {{pace?: Lane, sound: Lane, fillers?: Lane, remarks?: Lane, comments?: Lane, loop?: Lane, axis: Lane, height: number}} Layout
 * @param {{pace: boolean, fillers: boolean, remarks: boolean, comments: boolean, loop: boolean}} shown
 * @returns {Layout}
 */
export function layoutFor(shown) {
  const layout = /** @type {Layout} */ ({});
  let top = 0;
  for (const lane of ["pace", "sound", "fillers", "remarks", "comments"]) {
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

/** Pixels from the top of the drawing, of a fraction of a lane from its foot. */
const heightIn = ({ top, height }, fraction) => top + height * (1 - fraction);

function paceLane({ marks, pace_guide: guide }, scale, lane) {
  const windows = marks.filter((mark) => mark.lane === "pace");
  const points = windows.map(({ start, end, height }) => `${scale.x((start + end) / 2).toFixed(1)} ${heightIn(lane, height).toFixed(1)}`);
  const top = guide ? heightIn(lane, guide.top) : 0;
  return svg`
    ${guide ? svg`<rect class="pace-band" x="0" y=${top} width=${scale.width} height=${Math.max(0, heightIn(lane, guide.bottom) - top)}></rect>` : nothing}
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
