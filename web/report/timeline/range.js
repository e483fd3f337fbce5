// A stretch of the recording: chosen by dragging or at the playhead, moved at its ends, played round and round.

import { announce } from "../../components/notices.js";
import { preciseClock, spokenTime } from "../../format/time.js";
import { html, nothing, svg } from "../../templating.js";

// The two ends of a stretch of the recording: dragged, or moved by arrow keys.

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
  /** @type {any} */
  #timer = null;
  #duration = 0;
  /** @type {any} */
  #dragging = null;

  /**
   * @param {{names: {start: string, end: string}, onChange: () => void, onSettle: (range: {start: number, end: number}) => void, fixed?: boolean}} options
   *   `names` of the two ends; `onChange` while an end moves, `onSettle` once it rests; `fixed`: they cannot be moved
   */
  constructor({ names, onChange, onSettle, fixed = false }) {
    this.fixed = fixed;
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
    if (!this.range || this.fixed) {
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

// A stretch chosen by dragging across the drawing. With a mouse or a pen: a finger that drags scrolls.

/** Pixels that the pointer goes before it is a drag and no longer a click. */
const THRESHOLD = 6;

export class StretchDrag {
  /** @type {any} */
  #from = null;
  #moving = false;
  /** A drag ends with a click, which means nothing then. */
  #clickToCome = false;

  /**
   * @param {{timeAt: (event: PointerEvent) => number, onDrag: (stretch: {start: number, end: number}) => void, onDone: () => void}} options
   */
  constructor({ timeAt, onDrag, onDone }) {
    this.timeAt = timeAt;
    this.onDrag = onDrag;
    this.onDone = onDone;
  }

  pressed(event) {
    this.#clickToCome = false;
    if (event.button === 0 && event.pointerType !== "touch") {
      this.#from = { x: event.clientX, time: this.timeAt(event) };
    }
  }

  moved(event) {
    if (!this.#from || (!this.#moving && Math.abs(event.clientX - this.#from.x) < THRESHOLD)) {
      return;
    }
    if (!this.#moving) {
      this.#moving = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    const times = [this.#from.time, this.timeAt(event)];
    this.onDrag({ start: Math.min(...times), end: Math.max(...times) });
  }

  released() {
    const moved = this.#moving;
    this.#from = null;
    this.#moving = false;
    if (moved) {
      this.#clickToCome = true;
      this.onDone();
    }
  }

  /** Whether a click is only the end of a drag; asked once for each. */
  swallowsClick() {
    const swallowed = this.#clickToCome;
    this.#clickToCome = false;
    return swallowed;
  }
}

// A stretch that is played round and round: chosen at the playhead, by dragging, or by moving its two ends.

/** Seconds of a stretch that is begun at the playhead, before its ends are moved. */
const FIRST_LENGTH = 5;

export class LoopStretch {
  #duration = 0;

  /**
   * @param {import("../../components/player.js").Player} player which keeps the stretch
   * @param {() => void} onChange one of its ends is being moved
   */
  constructor(player, onChange) {
    this.player = player;
    this.handles = new RangeHandles({
      names: { start: "Start of the loop", end: "End of the loop" },
      onChange,
      onSettle: (stretch) => this.choose(stretch),
    });
  }

  /** Ready for drawing on a scale. */
  show(scale, duration) {
    this.#duration = duration;
    this.handles.scale = scale;
    this.handles.show(this.player.loop, duration);
  }

  get stretch() {
    return this.handles.range;
  }

  /** Show a stretch while it is still being dragged. */
  preview({ start, end }) {
    this.player.loop = this.#long({ start, end });
  }

  /** Play a stretch round and round, from its start. */
  choose(stretch) {
    this.player.loop = this.#long(stretch);
    const { start, end } = this.player.loop;
    this.player.playFrom(start);
    announce(`Looping ${preciseClock(start)} to ${preciseClock(end)}.`);
  }

  /** Begin one at the playhead. */
  begin() {
    const start = Math.max(0, Math.min(this.player.time, this.#duration - FIRST_LENGTH));
    this.choose({ start, end: Math.min(this.#duration, start + FIRST_LENGTH) });
  }

  end() {
    this.player.loop = null;
    announce("The loop has ended.");
  }

  /** Put one end to the playhead; the other goes along where it would be in the way. */
  #moveHere(which) {
    const { time, loop } = this.player;
    if (!loop) {
      return;
    }
    this.choose(
      which === "start"
        ? { start: time, end: loop.end > time + LEAST_STRETCH ? loop.end : time + FIRST_LENGTH }
        : { start: loop.start < time - LEAST_STRETCH ? loop.start : time - FIRST_LENGTH, end: time },
    );
  }

  /** Within the recording, and long enough to be heard. */
  #long({ start, end }) {
    const from = Math.max(0, Math.min(start, this.#duration - LEAST_STRETCH));
    return { start: from, end: Math.min(this.#duration, Math.max(end, from + LEAST_STRETCH)) };
  }

  /** The stretch over all lanes, its bar and its two ends. */
  drawing(lane, top, bottom) {
    if (!this.stretch) {
      return nothing;
    }
    const from = this.handles.scale.x(this.stretch.start);
    const width = this.handles.scale.x(this.stretch.end) - from;
    return svg`<g class="loop">
      <rect class="loop-band" x=${from} y=${top} width=${width} height=${bottom - top}></rect>
      <rect class="loop-bar" x=${from} y=${lane.top + lane.height / 2 - 2} width=${width} height="4"></rect>
      ${this.handles.template(lane)}
    </g>`;
  }

  controls() {
    const stretch = this.stretch;
    return html`<div class="loop-controls" role="group" aria-label="Loop">
      ${stretch
        ? html`<span class="loop-words">Looping ${preciseClock(stretch.start)} to ${preciseClock(stretch.end)}</span>
            <button class="button button-plain" type="button" @click=${() => this.#moveHere("start")}>From here</button>
            <button class="button button-plain" type="button" @click=${() => this.#moveHere("end")}>To here</button>`
        : nothing}
      <button class="button button-plain" type="button" @click=${() => (stretch ? this.end() : this.begin())}>${stretch ? "End the loop" : "Loop from here"}</button>
    </div>`;
  }
}
