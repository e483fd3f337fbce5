// What one chart looks like: guide band, grid, band and line of the running middle, takes. Drawing only.

import { tickDay, tickValue } from "../format/trends.js";
import { html, nothing, svg } from "../templating.js";
import { ValueAxis } from "./axes.js";

/** Pixels at the usual size of text; they grow with it. */
const PLOT = 148;
const ABOVE = 20;
const BELOW = 28;
const LEFT = 44;
/** Room for the words of the guide beside its band; where there is none they stand over the chart. */
const RIGHT = 116;
const NARROW_RIGHT = 8;
const NARROW = 640;
const LABEL_SPACING = 68;
const BREAK_LABEL = 160;
const BREAK_WORDS = "measured differently from here";

/**
 * Where things are, for all charts alike.
 * @param {number} width pixels @param {number} size of text, 1 for the usual one
 */
export function frameFor(width, size) {
  const narrow = width < NARROW * size;
  const top = ABOVE * size;
  const bottom = top + PLOT * size;
  return {
    width,
    size,
    narrow,
    left: LEFT * size,
    right: width - (narrow ? NARROW_RIGHT : RIGHT * size),
    top,
    bottom,
    height: bottom + BELOW * size,
  };
}

const round = (pixels) => pixels.toFixed(1);

/**
 * Where the takes of one trend are, and the paths that draw them; made once for a report and a width.
 * @param {object} trend @param {import("./axes.js").DayAxis} days @param {object} frame
 * @param {number[]} breaks takes before which the way of measuring changed
 */
export function geometry(trend, days, frame, breaks) {
  const { points, guide, unit } = trend;
  const seen = points.flatMap(({ value, low, high }) => [value, low, high]);
  const values = new ValueAxis(
    [...seen, ...(guide ? [guide.low ?? 0, guide.high] : [])].filter(Number.isFinite),
    unit,
    frame.top,
    frame.bottom,
  );
  const missingAt = frame.bottom - 7 * frame.size;
  const places = points.map(({ value }, index) => ({ x: days.x(index), y: value === null ? missingAt : values.y(value) }));
  return { values, places, ...takePaths(points, places), ...middlePaths(points, places, values, breaks) };
}

function takePaths(points, places) {
  const radius = radiusFor(points.length);
  /** @type {Record<string, string[]>} */
  const paths = Object.fromEntries(KINDS.map((kind) => [kind, []]));
  points.forEach((point, index) => {
    const kind = kindOf(point);
    paths[kind].push(markPath(kind, places[index].x, places[index].y, radius));
  });
  return { radius, takes: KINDS.filter((kind) => paths[kind].length > 0).map((kind) => ({ kind, d: paths[kind].join("") })) };
}

/** The running middle and the middle half around it, each broken off at every break. */
function middlePaths(points, places, values, breaks) {
  const line = [];
  const band = [];
  let run = [];
  const end = () => {
    if (run.length > 1) {
      const at = (name) => run.map((index) => `${round(places[index].x)} ${round(values.y(points[index][name]))}`);
      line.push(`M${at("middle").join("L")}`);
      band.push(`M${at("high").join("L")}L${at("low").reverse().join("L")}Z`);
    }
    run = [];
  };
  points.forEach((point, index) => {
    if (breaks.includes(index)) {
      end();
    }
    if (point.middle !== null) {
      run.push(index);
    }
  });
  end();
  return { line: line.join(""), band: band.join("") };
}

/** Everything of a chart that takes no part in what a person does with it. */
export function plot(trend, days, frame, drawn, breaks) {
  return svg`<g aria-hidden="true">
    ${guideBand(trend, frame, drawn.values)} ${valueTicks(trend, frame, drawn.values)} ${dayTicks(days, frame)}
    <path class="trend-half" d=${drawn.band}></path>
    ${breakLines(breaks, drawn.places, frame)}
    ${drawn.takes.map(({ kind, d }) => svg`<path class=${`take-mark take-${kind}`} d=${d}></path>`)}
    <path class="trend-middle" d=${drawn.line}></path>
    ${guideLabel(trend, frame, drawn.values)}
  </g>`;
}

function guideEdges(guide, values) {
  const high = Math.min(guide.high ?? values.high, values.high);
  const low = Math.max(guide.low ?? values.low, values.low);
  return { top: values.y(high), bottom: values.y(low) };
}

function guideBand({ guide }, frame, values) {
  if (!guide) {
    return nothing;
  }
  const { top, bottom } = guideEdges(guide, values);
  return svg`<rect class="trend-guide" x=${frame.left} y=${round(top)} width=${Math.max(0, frame.right - frame.left)} height=${round(Math.max(0, bottom - top))}></rect>`;
}

function guideLabel({ guide, view }, frame, values) {
  if (!guide || frame.narrow) {
    return nothing;
  }
  const { top, bottom } = guideEdges(guide, values);
  const middle = (top + bottom) / 2;
  return svg`<text class="trend-label trend-guide-label" x=${frame.right + 10} y=${round(middle - 4 * frame.size)}>Guide
    <tspan x=${frame.right + 10} dy="1.25em">${view.guide}</tspan></text>`;
}

function valueTicks({ unit }, frame, values) {
  return values.ticks().map((value) => {
    const y = round(values.y(value));
    return svg`<line class="grid" x1=${frame.left} x2=${frame.right} y1=${y} y2=${y}></line>
      <text class="tick" x=${frame.left - 8} y=${y} dy="0.32em" text-anchor="end">${tickValue(value, unit)}</text>`;
  });
}

function dayTicks(days, frame) {
  return days.ticks(LABEL_SPACING * frame.size).map((tick) => {
    const nearEnd = frame.width - tick.x < LABEL_SPACING * frame.size * 0.7;
    const x = tick.x === days.left || tick.months ? tick.x : tick.x + Math.min(days.pixelsPerDay / 2, 24);
    return svg`<line class="grid" x1=${tick.x} x2=${tick.x} y1=${frame.bottom} y2=${frame.bottom + 5}></line>
      <text class="tick" x=${nearEnd ? frame.width : x} y=${frame.bottom + 20 * frame.size} text-anchor=${nearEnd ? "end" : "start"}>${tickDay(tick)}</text>`;
  });
}

function breakLines(breaks, places, frame) {
  let free = -Infinity;
  return breaks.map((index) => {
    const x = (places[index - 1].x + places[index].x) / 2;
    const atRight = x + BREAK_LABEL * frame.size > frame.right;
    const start = atRight ? x - BREAK_LABEL * frame.size : x;
    const labelled = start >= free;
    if (labelled) {
      free = start + BREAK_LABEL * frame.size;
    }
    return svg`<line class="trend-break" x1=${round(x)} x2=${round(x)} y1=${frame.top - 14 * frame.size} y2=${frame.bottom}></line>
      ${labelled
        ? svg`<text class="trend-label" x=${round(x + (atRight ? -6 : 6))} y=${frame.top - 5 * frame.size} text-anchor=${atRight ? "end" : "start"}>${BREAK_WORDS}</text>`
        : nothing}`;
  });
}

// The shape of a take in a chart: what is known of it is in the shape, never in the colour alone. Pure.
// Takes of one kind are drawn together as one path, so that a thousand cost what a dozen do.

/** In the order in which they are drawn, those that say most last. */
export const KINDS = ["missing", "older-unsure", "older", "unsure", "sure"];

/** @param {object} point of a trend */
function kindOf(point) {
  if (point.value === null) {
    return "missing";
  }
  const sure = point.doubt ? "unsure" : "sure";
  if (point.current) {
    return sure;
  }
  return point.doubt ? "older-unsure" : "older";
}



/** Path of one mark with its middle at x, y; `radius` in pixels. */
function markPath(kind, x, y, radius) {
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
function radiusFor(takes) {
  if (takes > 400) {
    return 2.2;
  }
  return takes > 120 ? 3 : 4;
}

// What the marks of the charts mean; only those that are there.

const MEANINGS = {
  sure: "A take",
  unsure: "A take, less sure",
  older: "Measured by an older version",
  "older-unsure": "By an older version, less sure",
  missing: "Not measurable",
};

const symbol = (content) => html`<svg class="legend-shape" viewBox="0 0 22 18" aria-hidden="true" focusable="false">${content}</svg>`;

const markSymbol = (kind) => svg`<path class=${`take-mark take-${kind}`} d=${markPath(kind, 11, 9, 4)}></path>`;
const middleSymbol = () => svg`<path class="trend-middle" d="M1 12L8 7L14 9L21 5"></path>`;
const halfSymbol = () => svg`<path class="trend-half" d="M1 7L8 3L14 4L21 1V11L14 14L8 12L1 17Z"></path>`;
const guideSymbol = () => svg`<rect class="trend-guide" x="1" y="3" width="20" height="12"></rect>`;

export function chartLegend(report) {
  const points = report.trends.flatMap((trend) => trend.points);
  const kinds = new Set(points.map(kindOf));
  const has = (name) => points.some((point) => point[name] !== null);
  return html`<ul class="legend trends-legend" aria-label="What the marks mean">
    ${[...KINDS]
      .reverse()
      .filter((kind) => kinds.has(kind))
      .map((kind) => html`<li>${symbol(markSymbol(kind))}<span>${MEANINGS[kind]}</span></li>`)}
    ${has("middle")
      ? html`<li>${symbol(middleSymbol())}<span>The middle of your latest takes there</span></li>
          <li>${symbol(halfSymbol())}<span>The middle half of them</span></li>`
      : nothing}
    ${report.trends.some(({ guide }) => guide) ? html`<li>${symbol(guideSymbol())}<span>What the guide says</span></li>` : nothing}
  </ul>`;
}
