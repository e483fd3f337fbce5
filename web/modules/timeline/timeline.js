// The timeline of a report: pace, sound with pauses, fillers, one time axis, a playhead.
// Drawn here in SVG, mark by mark as real elements, so that each can be reached by keyboard and read aloud.

import { html, svg, render, repeat, nothing } from "../templating.js";
import { clock } from "../words/time.js";
import { axis, layoutFor, paceLane, paceScale, soundLane } from "./lanes.js";
import { legend } from "./legend.js";
import { marksOf, neighbour } from "./marks.js";
import { TimeScale } from "./scale.js";
import { shapeAt } from "./shapes.js";
import { SpanHandles } from "./span-handles.js";

const ZOOMS = [1, 2, 4, 8, 16];
/** Pixels a second beyond which nothing more is to be seen. */
const CLOSEST = 150;
/** Pixels. A pause is drawn at least this wide, and a mark can be hit this far around its middle. */
const LEAST_BAR = 5;
const HIT = 24;
const LABEL_ABOVE = 24;
/** Pixels that the labels of the guide band need to stand inside it. */
const BAND_LABELS = 36;

export class Timeline {
  #marks = [];
  #activeKey = null;
  #hovered = null;
  #zoom = 1;
  #fitWidth = 0;
  #scale = null;
  #layout = null;
  #observer = null;

  /**
   * @param {object} options
   * @param {import("../report/player.js").Player} options.player
   * @param {(span: {start: number, end: number}) => void} options.onSpan the person moved an end
   */
  constructor({ player, onSpan }) {
    this.player = player;
    this.report = null;
    this.peaks = null;
    this.handles = new SpanHandles({ onChange: () => this.draw(), onSettle: onSpan });
    this.element = document.createElement("div");
    this.element.className = "timeline";
    this.#observer = new ResizeObserver(([entry]) => this.#resized(entry.contentRect.width));
    this.#observer.observe(this.element);
    player.addEventListener("time", () => this.#movePlayhead());
    player.addEventListener("state", () => this.#movePlayhead());
  }

  /** Show a report and its peaks; either may still be missing. */
  show(report, peaks) {
    this.report = report;
    this.peaks = peaks;
    this.#marks = report ? marksOf(report) : [];
    this.handles.show(report?.spoken_span ?? null, this.#duration);
    if (!this.#marks.some(({ key }) => key === this.#activeKey)) {
      this.#activeKey = (this.#marks.find(({ lane }) => lane !== "pace") ?? this.#marks[0])?.key ?? null;
    }
    this.draw();
  }

  close() {
    this.#observer.disconnect();
  }

  get #duration() {
    return this.report?.recording.duration ?? this.peaks?.duration ?? this.player.duration;
  }

  #resized(width) {
    if (width > 0 && Math.abs(width - this.#fitWidth) > 0.5) {
      this.#fitWidth = width;
      this.draw();
    }
  }

  draw() {
    if (!this.#fitWidth) {
      return;
    }
    this.#scale = new TimeScale(this.#duration, this.#fitWidth * this.#zoom);
    this.handles.scale = this.#scale;
    const has = (lane) => this.#marks.some((mark) => mark.lane === lane);
    this.#layout = layoutFor({ pace: has("pace"), fillers: has("fillers") });
    render(this.#template(), this.element);
    this.#showReadout();
    this.#movePlayhead();
  }

  #template() {
    const scale = this.#scale;
    const layout = this.#layout;
    const guide = this.report?.measures.speaking_rate?.guide ?? null;
    return html`
      <div class="timeline-frame">
        <div class="timeline-scroller">
          <svg class="timeline-drawing" width=${scale.width} height=${layout.height} viewBox=${`0 0 ${scale.width} ${layout.height}`} role="group" aria-label=${this.#summary()} @click=${(event) => this.#clicked(event)} @keydown=${(event) => this.#pressed(event)} @pointermove=${(event) => this.#pointed(event)} @pointerleave=${() => this.#setHovered(null)} @focusin=${() => this.#showReadout()} @focusout=${() => this.#showReadout()}>
            <defs>
              <clipPath id="played"><rect class="played-clip" x="0" y="0" width="0" height=${layout.height}></rect></clipPath>
            </defs>
            ${axis(scale, layout.axis)} ${layout.pace ? paceLane(this.report.pace, guide, scale, layout.pace) : nothing}
            ${soundLane(this.peaks, this.handles.span, scale, layout.sound, "played")} ${this.#drawMarks(guide)}
            <g class="playhead" aria-hidden="true"><line y1="12" y2=${layout.axis.top}></line><path d="M-5 8h10l-5 7z"></path></g>
            ${this.handles.template(layout.sound)}
          </svg>
        </div>
        ${layout.pace ? [this.#laneLabel("Pace, words a minute", layout.pace), this.#guideLabels(guide)] : nothing}
        ${this.#laneLabel(this.report?.pauses.length ? "Sound and pauses" : "Sound", layout.sound)}
        ${layout.fillers ? this.#laneLabel("Fillers", layout.fillers) : nothing}
      </div>
      <div class="timeline-foot">
        <p class="timeline-readout"></p>
        <div class="timeline-zoom" role="group" aria-label="Zoom">
          <button class="button button-plain" type="button" ?disabled=${this.#zoom === 1} @click=${() => this.#zoomTo(-1)}>Wider</button>
          <button class="button button-plain" type="button" ?disabled=${!this.#canZoomIn} @click=${() => this.#zoomTo(1)}>Closer</button>
        </div>
      </div>
      ${legend(this.#marks)}
    `;
  }

  #laneLabel(words, { top }) {
    return html`<span class="lane-label" .style=${`top: ${top - LABEL_ABOVE}px`}>${words}</span>`;
  }

  #guideLabels(guide) {
    if (!guide) {
      return nothing;
    }
    const y = paceScale(this.report.pace, guide, this.#layout.pace);
    const label = (rate, kind) =>
      rate === null ? nothing : html`<span class=${`band-label band-label-${kind}`} .style=${`top: ${y(rate)}px`}>${rate}</span>`;
    const narrow = y(guide.low ?? 0) - y(guide.high ?? 0) < BAND_LABELS;
    return [label(guide.high, narrow ? "above" : "high"), label(guide.low, narrow ? "below" : "low")];
  }

  #drawMarks(guide) {
    const scale = this.#scale;
    const { pace, sound, fillers } = this.#layout;
    const y = pace && paceScale(this.report.pace, guide, pace);
    const middleOf = (lane) => lane && lane.top + lane.height / 2;
    const middles = { pauses: middleOf(sound), fillers: middleOf(fillers) };
    return repeat(
      this.#marks,
      ({ key }) => key,
      (mark) => {
        const x = scale.x(mark.middle);
        const middle = mark.lane === "pace" ? y(mark.thing.words_per_minute) : middles[mark.lane];
        const width = mark.shape === "bar" ? Math.max(LEAST_BAR, (mark.end - mark.start) * scale.pixelsPerSecond) : 14;
        const hit = Math.max(mark.lane === "fillers" ? HIT : 10, width);
        return svg`<g class=${`mark mark-${mark.lane}`} role="button" data-mark=${mark.key} tabindex=${mark.key === this.#activeKey ? "0" : "-1"} aria-label=${mark.words}>
          <rect class="mark-hit" x=${x - hit / 2} y=${middle - HIT / 2} width=${hit} height=${HIT} rx="4"></rect>
          ${shapeAt(mark.shape, x, middle, width)}
        </g>`;
      },
    );
  }

  #summary() {
    if (!this.report) {
      return "Timeline of the sound";
    }
    const pauses = this.report.pauses.length;
    const fillers = this.#marks.filter(({ lane }) => lane === "fillers").length;
    return `Timeline of ${clock(this.#duration)}: ${pauses} pauses and ${fillers} fillers. Arrow keys go from mark to mark, up and down to another row; Enter plays from one second before.`;
  }

  /** The mark that is pointed at or has the focus, in words. */
  #readout() {
    const focused = this.element.contains(document.activeElement)
      ? this.#marks.find(({ key }) => key === document.activeElement.dataset.mark)
      : null;
    const mark = this.#hovered ?? focused;
    if (mark) {
      return mark.words;
    }
    const hint = this.#marks.length > 0 ? "Choose a mark to hear it, from one second before." : "Click anywhere to go there.";
    return html`<span class="quiet">${hint}</span>`;
  }

  #showReadout() {
    const readout = this.element.querySelector(".timeline-readout");
    if (readout) {
      render(html`${this.#readout()}`, readout);
    }
  }

  #markAt(event) {
    const key = event.target.closest?.("[data-mark]")?.dataset.mark;
    return key ? this.#marks.find((mark) => mark.key === key) : null;
  }

  #clicked(event) {
    if (event.target.closest("[role=slider]")) {
      return;
    }
    const mark = this.#markAt(event);
    if (mark) {
      this.#activeKey = mark.key;
      this.player.playMoment(mark.start);
      this.draw();
      return;
    }
    const left = event.currentTarget.getBoundingClientRect().left;
    this.player.seek(this.#scale.time(event.clientX - left));
  }

  #pressed(event) {
    const mark = this.#markAt(event);
    if (!mark) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.player.playMoment(mark.start);
      return;
    }
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
      return;
    }
    event.preventDefault();
    const next = neighbour(this.#marks, mark, event.key);
    if (next) {
      this.#activeKey = next.key;
      const element = this.element.querySelector(`[data-mark="${next.key}"]`);
      element.focus({ preventScroll: true });
      this.#scrollTo(next.middle);
      this.draw();
    }
  }

  #pointed(event) {
    this.#setHovered(this.#markAt(event));
  }

  #setHovered(mark) {
    if (this.#hovered !== mark) {
      this.#hovered = mark;
      this.#showReadout();
    }
  }

  get #canZoomIn() {
    const next = ZOOMS[ZOOMS.indexOf(this.#zoom) + 1];
    return next !== undefined && (this.#fitWidth * next) / this.#duration <= CLOSEST;
  }

  #zoomTo(step) {
    this.#zoom = ZOOMS[ZOOMS.indexOf(this.#zoom) + step];
    this.draw();
    this.#scrollTo(this.player.time);
  }

  /** Bring a time into view, where the drawing is wider than its room. */
  #scrollTo(time) {
    const scroller = this.element.querySelector(".timeline-scroller");
    const x = this.#scale.x(time);
    const { scrollLeft, clientWidth } = scroller;
    if (x < scrollLeft + HIT || x > scrollLeft + clientWidth - HIT) {
      scroller.scrollLeft = x - clientWidth / 3;
    }
  }

  #movePlayhead() {
    const playhead = this.element.querySelector(".playhead");
    if (!playhead || !this.#scale) {
      return;
    }
    const x = this.#scale.x(Math.min(this.player.time, this.#duration));
    playhead.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
    this.element.querySelector(".played-clip").setAttribute("width", x.toFixed(1));
    if (this.player.playing && this.#zoom > 1) {
      this.#scrollTo(this.player.time);
    }
  }
}
