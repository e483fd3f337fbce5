// The two ends of a stretch of the recording: dragged, or moved by arrow keys.

import { svg, nothing } from "../../templating.js";
import { preciseClock, spokenTime } from "../../format/time.js";

/** Seconds that an arrow key, or Page Up and Page Down, move an end. */
const STEP = 0.1;
const PAGE = 1;
/** Seconds. No stretch can be made shorter than this. */
export const LEAST_STRETCH = 0.5;
/** Milliseconds without another key until a move by keyboard counts as made. */
const SETTLE_MILLISECONDS = 900;
/** Pixels. */
const HIT_WIDTH = 28;
const GRIP = { width: 10, height: 26 };

export class RangeHandles {
  #timer = null;
  #duration = 0;
  #dragging = null;

  /**
   * @param {{names: {start: string, end: string}, onChange: () => void, onSettle: (range: {start: number, end: number}) => void}} options
   *   `names` of the two ends; `onChange` while an end moves, `onSettle` once it rests
   */
  constructor({ names, onChange, onSettle }) {
    this.names = names;
    this.onChange = onChange;
    this.onSettle = onSettle;
    this.range = null;
    this.scale = null;
  }

  /** Show a stretch; a move under way is not taken back. */
  show(range, duration) {
    this.#duration = duration;
    if (this.#dragging === null && this.#timer === null) {
      this.range = range ? { start: range.start, end: range.end } : null;
    }
  }

  /** @param {{top: number, height: number}} lane that the two stand in */
  template({ top, height }) {
    if (!this.range) {
      return nothing;
    }
    return ["start", "end"].map((which) => this.#handle(which, top, height));
  }

  #handle(which, top, height) {
    const time = this.range[which];
    const x = this.scale.x(time);
    const grip = Math.min(GRIP.height, height);
    const middle = top + height / 2;
    return svg`<g class="range-handle" role="slider" tabindex="0"
        aria-label=${this.names[which]} aria-orientation="horizontal"
        aria-valuemin=${which === "start" ? 0 : this.range.start} aria-valuemax=${which === "start" ? this.range.end : this.#duration} aria-valuenow=${time.toFixed(1)}
        aria-valuetext=${spokenTime(time)}
        @keydown=${(event) => this.#pressed(event, which)}
        @pointerdown=${(event) => this.#grabbed(event, which)}
        @pointermove=${(event) => this.#dragged(event)}
        @pointerup=${() => this.#dropped()}
        @pointercancel=${() => this.#dropped()}>
      <title>${this.names[which]}, ${preciseClock(time)}</title>
      <rect class="range-hit" x=${x - HIT_WIDTH / 2} y=${top - 8} width=${HIT_WIDTH} height=${height + 16}></rect>
      <line x1=${x} x2=${x} y1=${top - 6} y2=${top + height + 6}></line>
      <rect class="range-grip" x=${x - GRIP.width / 2} y=${middle - grip / 2} width=${GRIP.width} height=${grip} rx="3"></rect>
      <path class="range-grip-lines" d=${`M${x - 1.5} ${middle - 5}v10M${x + 1.5} ${middle - 5}v10`}></path>
    </g>`;
  }

  #move(which, time) {
    const rounded = Math.round(time * 20) / 20;
    this.range =
      which === "start"
        ? { ...this.range, start: Math.min(Math.max(0, rounded), this.range.end - LEAST_STRETCH) }
        : { ...this.range, end: Math.max(Math.min(this.#duration, rounded), this.range.start + LEAST_STRETCH) };
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
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.onSettle(this.range);
    }, SETTLE_MILLISECONDS);
    this.#move(which, event.key in ends ? ends[event.key] : this.range[which] + steps[event.key]);
  }

  #grabbed(event, which) {
    if (event.button !== 0) {
      return;
    }
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
    this.#dragging = { which, from: this.range, offset: event.clientX - this.scale.x(this.range[which]) };
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
      if (from[which] !== this.range[which]) {
        this.onSettle(this.range);
      }
    }
  }
}
