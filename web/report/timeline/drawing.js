// The drawing of a timeline: its lanes, its marks as elements that can be reached, and the labels over it.

import { html, svg, repeat, nothing } from "../../templating.js";
import { axis, LABEL, paceLane, paceScale, soundLane } from "./lanes.js";
import { shapeAt } from "./shapes.js";

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
