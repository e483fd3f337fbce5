// The two ends of the answer in the recording: dragged, or moved by arrow keys.

import { svg, nothing } from "../templating.js";
import { preciseClock, spokenTime } from "../words/time.js";

/** Seconds that an arrow key, or Page Up and Page Down, move an end. */
const STEP = 0.1;
const PAGE = 1;
/** Seconds. The answer cannot be made shorter than this. */
const LEAST_SPAN = 0.5;
/** Milliseconds without another key until a move by keyboard counts as made. */
const SETTLE_MILLISECONDS = 900;
/** Pixels. */
const HIT_WIDTH = 28;
const GRIP = { width: 10, height: 26 };

export class SpanHandles {
  #timer = null;
  #duration = 0;
  #dragging = null;

  /**
   * @param {{onChange: () => void, onSettle: (span: {start: number, end: number}) => void}} options
   *   `onChange` while an end moves, `onSettle` once it rests
   */
  constructor({ onChange, onSettle }) {
    this.onChange = onChange;
    this.onSettle = onSettle;
    this.span = null;
    this.scale = null;
  }

  /** Show what the report says; a move under way is not taken back. */
  show(span, duration) {
    this.#duration = duration;
    if (this.#dragging === null && this.#timer === null) {
      this.span = span ? { start: span.start, end: span.end } : null;
    }
  }

  template({ top, height }) {
    if (!this.span) {
      return nothing;
    }
    return ["start", "end"].map((which) => this.#handle(which, top, height));
  }

  #handle(which, top, height) {
    const time = this.span[which];
    const x = this.scale.x(time);
    return svg`<g class="span-handle" role="slider" tabindex="0"
        aria-label=${which === "start" ? "Start of your answer" : "End of your answer"} aria-orientation="horizontal"
        aria-valuemin=${which === "start" ? 0 : this.span.start} aria-valuemax=${which === "start" ? this.span.end : this.#duration} aria-valuenow=${time.toFixed(1)}
        aria-valuetext=${spokenTime(time)}
        @keydown=${(event) => this.#pressed(event, which)}
        @pointerdown=${(event) => this.#grabbed(event, which)}
        @pointermove=${(event) => this.#dragged(event)}
        @pointerup=${() => this.#dropped()}
        @pointercancel=${() => this.#dropped()}>
      <title>${which === "start" ? "Start" : "End"} of your answer, ${preciseClock(time)}</title>
      <rect class="span-hit" x=${x - HIT_WIDTH / 2} y=${top - 8} width=${HIT_WIDTH} height=${height + 16}></rect>
      <line x1=${x} x2=${x} y1=${top - 6} y2=${top + height + 6}></line>
      <rect class="span-grip" x=${x - GRIP.width / 2} y=${top + height / 2 - GRIP.height / 2} width=${GRIP.width} height=${GRIP.height} rx="3"></rect>
      <path class="span-grip-lines" d=${`M${x - 1.5} ${top + height / 2 - 5}v10M${x + 1.5} ${top + height / 2 - 5}v10`}></path>
    </g>`;
  }

  #move(which, time) {
    const rounded = Math.round(time * 20) / 20;
    this.span =
      which === "start"
        ? { ...this.span, start: Math.min(Math.max(0, rounded), this.span.end - LEAST_SPAN) }
        : { ...this.span, end: Math.max(Math.min(this.#duration, rounded), this.span.start + LEAST_SPAN) };
    this.onChange();
  }

  #pressed(event, which) {
    const steps = { ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -PAGE, PageUp: PAGE };
    const ends = { Home: 0, End: this.#duration };
    if (!(event.key in steps) && !(event.key in ends)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#move(which, event.key in ends ? ends[event.key] : this.span[which] + steps[event.key]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.onSettle(this.span);
    }, SETTLE_MILLISECONDS);
  }

  #grabbed(event, which) {
    if (event.button !== 0) {
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    event.preventDefault();
    this.#dragging = { which, from: this.span, offset: event.clientX - this.scale.x(this.span[which]) };
  }

  #dragged(event) {
    if (this.#dragging) {
      this.#move(this.#dragging.which, this.scale.time(event.clientX - this.#dragging.offset));
    }
  }

  #dropped() {
    if (this.#dragging) {
      const { from, which } = this.#dragging;
      this.#dragging = null;
      if (from[which] !== this.span[which]) {
        this.onSettle(this.span);
      }
    }
  }
}
