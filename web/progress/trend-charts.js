// The charts of a progress report: one time axis, every take a mark, what one points at shown in all of them.
// Marks are drawn as a few paths; links to the takes exist around the present one, so that keyboard, pointer and
// screen reader meet real elements and a thousand takes stay light.

import { html, svg, render, repeat, nothing } from "../templating.js";
import { chartText, pointText, takeDay } from "../format/trends.js";
import { DayAxis } from "./axes.js";
import { chartLegend, frameFor, geometry, plot } from "./trend-drawing.js";

/** Takes whose links exist at once, and how many come and go together: most steps change none of them. */
const LINKS = 60;
const LINKS_MOVED = 20;
/** Pixels. A pointer this near to a take points at it. */
const REACH = 28;
/** Pixels around a take that belong to its link, and the ring around the present one. */
const HIT = 12;
const RING = 4;
/** Takes that one press of Page Up or Page Down passes. */
const PAGE = 10;
/** Pixels at the usual size of text from which two charts stand side by side, and pixels between them. */
const TWO_COLUMNS = 860;
const GAP = 48;
/** Pixels of the browser's usual size of text. */
const USUAL_TEXT = 16;

export class TrendCharts {
  /** @type {any} */
  #report = null;
  #width = 0;
  /** @type {any} */
  #frame = null;
  /** @type {any} */
  #days = null;
  /** Takes before which the way of measuring changed. */
  #breaks = [];
  /** By the name of the measure. */
  #drawn = new Map();
  /** @type {number|null} */
  #present = null;
  #observer;

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "trends";
    this.#observer = new ResizeObserver(([entry]) => this.#resized(entry.contentRect.width));
    this.#observer.observe(this.element);
  }

  /** Show a report; the take that was pointed at stays so while it is in it. */
  show(report) {
    const answer = this.#present === null ? undefined : this.#takes[this.#present]?.answer;
    this.#report = report;
    const found = this.#takes.findIndex((point) => point.answer === answer);
    this.#present = found >= 0 ? found : null;
    this.#measure();
  }

  close() {
    this.#observer.disconnect();
  }

  /** The takes: all trends hold the same ones in the same order. */
  get #takes() {
    return this.#report?.trends[0]?.points ?? [];
  }

  #resized(width) {
    if (width > 0 && Math.abs(width - this.#width) > 0.5) {
      this.#width = width;
      this.#measure();
    }
  }

  #measure() {
    if (!this.#report || !this.#width) {
      return;
    }
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_TEXT;
    const times = this.#takes.map(({ at }) => new Date(at));
    const columns = this.#width >= TWO_COLUMNS * size ? 2 : 1;
    this.element.classList.toggle("trends-two", columns === 2);
    this.#frame = frameFor((this.#width - (columns - 1) * GAP) / columns, size);
    this.#days = new DayAxis(times, this.#frame.left, this.#frame.right);
    this.#breaks = this.#report.breaks
      .map(({ at }) => times.findIndex((time) => time >= new Date(at)))
      .filter((index) => index > 0);
    this.#drawn = new Map(
      this.#report.trends.map((trend) => [trend.name, geometry(trend, this.#days, this.#frame, this.#breaks)]),
    );
    this.#draw();
  }

  #draw() {
    render(
      html`${this.#report.trends.map((trend) => this.#section(trend))} ${chartLegend(this.#report)}`,
      this.element,
    );
    this.#drawPresent();
  }

  /** What follows the pointer and the keys; the rest of the charts stays as it is. */
  #drawPresent() {
    for (const trend of this.#report.trends) {
      const section = /** @type {HTMLElement} */ (this.element.querySelector(`[data-trend="${trend.name}"]`));
      const drawn = this.#drawn.get(trend.name);
      render(html`${this.#presentMark(drawn)} ${this.#links(trend, drawn)}`, /** @type {SVGElement} */ (section.querySelector(".trend-live")));
      render(this.#readout(trend), /** @type {HTMLElement} */ (section.querySelector(".trend-readout")));
    }
  }

  #section(trend) {
    const { axis_title: unit, guide } = trend.view;
    return html`<section class="trend" data-trend=${trend.name} aria-labelledby=${`trend-${trend.name}`}>
      <h3 id=${`trend-${trend.name}`}>${trend.label}${unit ? html`, ${unit}` : nothing}</h3>
      ${guide && this.#frame.narrow ? html`<p class="trend-guide-words">Guide: ${guide}</p>` : nothing}
      ${this.#chart(trend)}
      <p class="trend-readout"></p>
    </section>`;
  }

  #chart(trend) {
    const { width, height } = this.#frame;
    const drawn = this.#drawn.get(trend.name);
    return html`<svg class="trend-drawing" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${chartText(trend)} @pointermove=${(event) => this.#pointed(event, drawn)} @pointerdown=${(event) => this.#pointed(event, drawn)} @keydown=${(event) => this.#pressed(event)} @focusin=${(event) => this.#focused(event)}>
      ${plot(trend, this.#days, this.#frame, drawn, this.#breaks)}
      <g class="trend-live"></g>
    </svg>`;
  }

  #presentMark({ places, radius }) {
    if (this.#present === null) {
      return nothing;
    }
    const { x, y } = places[this.#present];
    const { top, bottom } = this.#frame;
    return svg`<g class="trend-present" aria-hidden="true">
      <line x1=${x} x2=${x} y1=${top} y2=${bottom}></line>
      <circle cx=${x} cy=${y} r=${radius + RING}></circle>
    </g>`;
  }

  /** Only the present take's link answers the pointer: the nearest take is meant, not the one drawn last. */
  #links(trend, { places }) {
    const { points } = trend;
    const present = this.#present ?? points.length - 1;
    const wanted = Math.round((present - LINKS / 2) / LINKS_MOVED) * LINKS_MOVED;
    const first = Math.max(0, Math.min(wanted, points.length - LINKS));
    return repeat(
      points.slice(first, first + LINKS),
      ({ answer }) => answer,
      (point, offset) => {
        const index = first + offset;
        return svg`<a class=${index === this.#present ? "take-link take-link-present" : "take-link"} href=${`/answers/${encodeURIComponent(point.answer)}`} data-page data-take=${index} tabindex=${index === present ? "0" : "-1"} aria-label=${pointText(point, trend.view.points[index])}>
          <circle cx=${places[index].x} cy=${places[index].y} r=${HIT}></circle>
        </a>`;
      },
    );
  }

  #readout(trend) {
    if (this.#present === null) {
      return html`<span class="quiet">${trend === this.#report.trends[0] ? "Point at a take to read it here. Choose it to open its report." : ""}</span>`;
    }
    const point = trend.points[this.#present];
    const { value, state, reason } = trend.view.points[this.#present];
    const more = [takeDay(point.at), point.title, state].filter(Boolean).join(", ");
    return html`<strong>${value}</strong><span class="quiet"> · ${more}${reason ? `: ${reason}` : ""}</span>`;
  }

  #setPresent(index) {
    if (index !== this.#present) {
      this.#present = index;
      this.#drawPresent();
    }
  }

  #pointed(event, { places }) {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    let nearest = null;
    let least = REACH ** 2;
    places.forEach((place, index) => {
      const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
      if (distance < least) {
        [nearest, least] = [index, distance];
      }
    });
    if (nearest !== null) {
      this.#setPresent(nearest);
    }
  }

  #focused(event) {
    const take = event.target.closest("[data-take]");
    if (take) {
      this.#setPresent(Number(take.dataset.take));
    }
  }

  #pressed(event) {
    const take = event.target.closest("[data-take]");
    const last = this.#takes.length - 1;
    if (!take || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const at = Number(take.dataset.take);
    const ways = { ArrowLeft: at - 1, ArrowRight: at + 1, PageUp: at - PAGE, PageDown: at + PAGE, Home: 0, End: last };
    const other = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key in ways) {
      event.preventDefault();
      this.#focus(event.currentTarget, Math.min(last, Math.max(0, ways[event.key])));
    } else if (other) {
      const charts = [...this.element.querySelectorAll(".trend-drawing")];
      const chart = charts[charts.indexOf(event.currentTarget) + other];
      event.preventDefault();
      if (chart) {
        this.#focus(chart, at);
      }
    }
  }

  #focus(chart, index) {
    this.#setPresent(index);
    chart.querySelector(`[data-take="${index}"]`).focus();
  }
}
