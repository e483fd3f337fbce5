// The shapes of marks. Meaning is in the shape, never in the colour alone.

import { html, svg } from "../templating.js";

/** Pixels. */
const RADIUS = 5;

const diamondPath = (x, y, radius) => `M${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}L${x - radius} ${y}Z`;

/** A shape with its centre at x, y; `width` only for bars. */
export function shapeAt(shape, x, y, width = 16) {
  switch (shape) {
    case "dot":
      return svg`<circle class="shape-full" cx=${x} cy=${y} r=${RADIUS}></circle>`;
    case "ringed-dot":
      return svg`<circle class="shape-ring" cx=${x} cy=${y} r=${RADIUS}></circle><circle class="shape-core" cx=${x} cy=${y} r="1.8"></circle>`;
    case "diamond":
      return svg`<path class="shape-full" d=${diamondPath(x, y, RADIUS + 1.2)}></path>`;
    case "ringed-diamond":
      return svg`<path class="shape-ring" d=${diamondPath(x, y, RADIUS + 1)}></path><circle class="shape-core" cx=${x} cy=${y} r="1.6"></circle>`;
    case "point":
      return svg`<circle class="shape-point" cx=${x} cy=${y} r="3"></circle>`;
    default:
      return svg`<rect class="shape-bar" x=${x - width / 2} y=${y - 7} width=${width} height="14" rx="2"></rect>`;
  }
}

/** The same shape by itself, for the legend. */
export function legendShape(shape) {
  return html`<svg class="legend-shape" viewBox="0 0 22 18" aria-hidden="true" focusable="false">${shapeAt(shape, 11, 9)}</svg>`;
}
