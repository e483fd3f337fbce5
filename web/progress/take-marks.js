// The shape of a take in a chart: what is known of it is in the shape, never in the colour alone. Pure.
// Takes of one kind are drawn together as one path, so that a thousand cost what a dozen do.

/** In the order in which they are drawn, those that say most last. */
export const KINDS = ["missing", "older-unsure", "older", "unsure", "sure"];

/** @param {object} point of a trend */
export function kindOf(point) {
  if (point.value === null) {
    return "missing";
  }
  const sure = point.doubt ? "unsure" : "sure";
  if (point.current) {
    return sure;
  }
  return point.doubt ? "older-unsure" : "older";
}

const round = (pixels) => pixels.toFixed(1);

/** Path of one mark with its middle at x, y; `radius` in pixels. */
export function markPath(kind, x, y, radius) {
  const left = round(x - radius);
  const width = round(2 * radius);
  if (kind === "missing") {
    return `M${left} ${round(y - radius)}l${width} ${width}m0 -${width}l-${width} ${width}`;
  }
  if (kind.startsWith("older")) {
    return `M${left} ${round(y - radius)}h${width}v${width}h-${width}z`;
  }
  return `M${left} ${round(y)}a${radius} ${radius} 0 1 0 ${width} 0a${radius} ${radius} 0 1 0 -${width} 0z`;
}

/** Pixels: many takes are smaller dots. */
export function radiusFor(takes) {
  if (takes > 400) {
    return 2.2;
  }
  return takes > 120 ? 3 : 4;
}
