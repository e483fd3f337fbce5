// The shapes of marks. Meaning is in the shape, never in the colour alone: what it is by its outline, where it
// comes from by a stroke beside it.

import { html, svg, nothing } from "../../templating.js";

/** Pixels. */
const RADIUS = 5;
const BAR_HEIGHT = 14;
/** Pixels that the stroke through a pause within a clause stands out above and below. */
const STROKE_OUT = 5;
/** Pixels from a filler's middle: how high its stem is, how far down the line under it. */
const STEM = 12;
const UNDERLINE = 9;

const diamondPath = (x, y, radius) => `M${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}L${x - radius} ${y}Z`;

function outline(shape, x, y, width) {
  switch (shape) {
    case "dot":
      return svg`<circle class="shape-full" cx=${x} cy=${y} r=${RADIUS}></circle>`;
    case "ringed-dot":
      return svg`<circle class="shape-ring" cx=${x} cy=${y} r=${RADIUS}></circle><circle class="shape-core" cx=${x} cy=${y} r="1.8"></circle>`;
    case "diamond":
      return svg`<path class="shape-full" d=${diamondPath(x, y, RADIUS + 1.2)}></path>`;
    case "ringed-diamond":
      return svg`<path class="shape-ring" d=${diamondPath(x, y, RADIUS + 1)}></path><circle class="shape-core" cx=${x} cy=${y} r="1.6"></circle>`;
    case "flag":
      return svg`<path class="shape-flag" d=${`M${x - 3.5} ${y + 8}V${y - 7}H${x + 7}L${x + 3.5} ${y - 3}L${x + 7} ${y + 1}H${x - 3.5}`}></path>`;
    case "bubble":
      return svg`<path class="shape-bubble" d=${`M${x - 8} ${y - 7}H${x + 8}V${y + 4}H${x + 1}L${x - 4} ${y + 9}V${y + 4}H${x - 8}Z`}></path>`;
    case "point":
      return svg`<circle class="shape-point" cx=${x} cy=${y} r="3"></circle>`;
    default:
      return svg`<rect class="shape-bar" x=${x - width / 2} y=${y - BAR_HEIGHT / 2} width=${width} height=${BAR_HEIGHT} rx="2"></rect>`;
  }
}

/** What a shape carries beside its outline: a stem was heard, a line under it was put there by the person. */
function stroke(shape, source, x, y) {
  if (shape === "crossed-bar") {
    const half = BAR_HEIGHT / 2 + STROKE_OUT;
    return svg`<path class="shape-stroke shape-stroke-quiet" d=${`M${x} ${y - half}V${y + half}`}></path>`;
  }
  if (source === "heard") {
    return svg`<path class="shape-stroke" d=${`M${x + RADIUS - 0.9} ${y}V${y - STEM}`}></path>`;
  }
  return source === "person"
    ? svg`<path class="shape-stroke" d=${`M${x - RADIUS - 1} ${y + UNDERLINE}H${x + RADIUS + 1}`}></path>`
    : nothing;
}

/**
 * A shape with its centre at x, y.
 * @param {{shape: string, source?: string}} mark `source` of a filler: transcribed, heard, person
 * @param {number} x
 * @param {number} y
 * @param {number} width of a bar, in pixels
 */
export function shapeAt({ shape, source }, x, y, width = 16) {
  return svg`${outline(shape, x, y, width)}${stroke(shape, source, x, y)}`;
}

/** The same shape by itself, for the legend. */
export function legendShape(mark) {
  return html`<svg class="legend-shape" viewBox="0 0 22 26" aria-hidden="true" focusable="false">${shapeAt(mark, 11, 13)}</svg>`;
}

/** Small, before a word. */
export function wordShape(mark) {
  return html`<svg class="word-shape" viewBox="2 0 18 24" aria-hidden="true" focusable="false">${shapeAt(mark, 11, 13)}</svg>`;
}
