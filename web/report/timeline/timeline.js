// The timeline of a report: pace, sound with pauses, fillers, remarks, one time axis, a playhead.
// Drawn here in SVG, mark by mark as real elements, so that each can be reached by keyboard and read aloud.

import { html, render } from "../../templating.js";
import { drawing, HIT, laneLabels, layoutFor } from "./drawing.js";
import { legend, marksTable } from "./marks-table.js";
import { LoopStretch, RangeHandles, StretchDrag } from "./range.js";
import { neighbour } from "./marks.js";
import { TimeScale } from "./scale.js";

const ZOOMS = [1, 2, 4, 8, 16];
/** Pixels a second beyond which nothing more is to be seen. */
const CLOSEST = 150;
/** Seconds on both sides of a mark when it is looped. */
const AROUND = 1;
/** Lanes of what somebody said of the answer: each is played from before the moment that it is about. */
const SAID = ["remarks", "comments"];
/** Seconds before a remark or a comment when it is looped: it comes after what it is about. */
const BEFORE_REMARK = 4;

export class Timeline {
  #marks = [];
  /** @type {string|null} */
  #activeKey = null;
  /** @type {any} */
  #hovered = null;
  #zoom = 1;
  #fitWidth = 0;
  /** @type {any} */
  #scale = null;
  /** @type {any} */
  #layout = null;
  /** @type {ResizeObserver|null} */
  #observer = null;
  #asTable = false;

  /**
   * @param {object} options
   * @param {import("../../components/player.js").Player} options.player
   * @param {((span: {start: number, end: number}) => void)|null} options.onSpan the person moved an end of the answer;
   *   null where the ends are not theirs to move
   */
  constructor({ player, onSpan }) {
    this.player = player;
    this.view = null;
    this.peaks = null;
    this.remarks = null;
    this.comments = null;
    const names = { start: "Start of your answer", end: "End of your answer" };
    this.handles = new RangeHandles({ names, onChange: () => this.draw(), onSettle: onSpan ?? (() => {}), fixed: onSpan === null });
    this.loop = new LoopStretch(player, () => this.draw());
    this.drag = new StretchDrag({
      timeAt: (event) => this.#timeAt(event),
      onDrag: (stretch) => this.loop.preview(stretch),
      onDone: () => this.loop.choose(player.loop),
    });
    this.element = document.createElement("div");
    this.element.className = "timeline";
    this.#observer = new ResizeObserver(([entry]) => this.#resized(entry.contentRect.width));
    this.#observer.observe(this.element);
    player.addEventListener("time", () => this.#movePlayhead());
    player.addEventListener("state", () => this.#movePlayhead());
    player.addEventListener("loop", () => this.draw());
  }

  /** Show the views of a report, of the remarks and of the comments on it, and the peaks of its sound; each may still be missing. */
  show(report, peaks, /** @type {any} */ remarks = null, /** @type {any} */ comments = null) {
    this.view = report?.timeline ?? null;
    this.peaks = peaks;
    this.remarks = remarks;
    this.comments = comments;
    this.#marks = [...(this.view?.marks ?? []), ...(remarks?.marks ?? []), ...(comments?.marks ?? [])].map((mark) => ({ ...mark, middle: (mark.start + mark.end) / 2 }));
    this.handles.show(report?.span ?? null, this.#duration);
    if (!this.#marks.some(({ key }) => key === this.#activeKey)) {
      this.#activeKey = (this.#marks.find(({ lane }) => lane !== "pace") ?? this.#marks[0])?.key ?? null;
    }
    this.draw();
  }

  close() {
    this.#observer?.disconnect();
  }

  get #duration() {
    return this.view?.duration ?? this.peaks?.duration ?? this.player.duration;
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
    this.loop.show(this.#scale, this.#duration);
    const has = (lane) => this.#marks.some((mark) => mark.lane === lane);
    this.#layout = layoutFor({ pace: has("pace"), fillers: has("fillers"), remarks: has("remarks"), comments: has("comments"), loop: this.loop.stretch !== null });
    render(this.#template(), this.element);
    this.#showReadout();
    this.#movePlayhead();
  }

  #template() {
    const drawn = {
      scale: this.#scale,
      layout: this.#layout,
      view: this.view,
      remarks: this.remarks,
      comments: this.comments,
      peaks: this.peaks,
      marks: this.#marks,
      activeKey: this.#activeKey,
      handles: this.handles,
      loop: this.loop,
    };
    const { width } = this.#scale;
    const { height } = this.#layout;
    return html`
      <div class="timeline-frame">
        <div class="timeline-scroller">
          <svg class="timeline-drawing" width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label=${this.#summary()} @click=${(event) => this.#clicked(event)} @keydown=${(event) => this.#pressed(event)} @pointerdown=${(event) => this.drag.pressed(event)} @pointermove=${(event) => this.#pointed(event)} @pointerup=${() => this.drag.released()} @pointercancel=${() => this.drag.released()} @pointerleave=${() => this.#setHovered(null)} @focusin=${() => this.#showReadout()} @focusout=${() => this.#showReadout()}>
            ${drawing(drawn)}
          </svg>
        </div>
        ${laneLabels(drawn)}
      </div>
      <div class="timeline-foot">
        <p class="timeline-readout"></p>
        <div class="timeline-does">
          ${this.loop.controls()}
          <div class="timeline-zoom" role="group" aria-label="Zoom">
            <button class="button button-plain" type="button" ?disabled=${this.#zoom === 1} @click=${() => this.#zoomTo(-1)}>Wider</button>
            <button class="button button-plain" type="button" ?disabled=${!this.#canZoomIn} @click=${() => this.#zoomTo(1)}>Closer</button>
          </div>
        </div>
      </div>
      ${legend([...(this.view?.legend ?? []), ...(this.remarks?.legend ?? []), ...(this.comments?.legend ?? [])])}
      ${marksTable(this.#marks, this.view?.pace_guide_text ?? "", this.#asTable, {
        onToggle: (open) => this.#showTable(open),
        play: (start, lane) => this.#play({ start, lane }),
      })}
    `;
  }

  #showTable(open) {
    if (open !== this.#asTable) {
      this.#asTable = open;
      this.draw();
    }
  }

  #summary() {
    if (!this.view) {
      return "Timeline of the sound";
    }
    const remarks = this.remarks?.summary ? ` ${this.remarks.summary}, played from two seconds before.` : "";
    const comments = this.comments ? ` ${this.comments.summary}` : "";
    return `${this.view.summary}${remarks}${comments} Arrow keys go from mark to mark, and up and down to another row. Enter plays from one second before. Shift and Enter play it in a loop.`;
  }

  /** The mark that is pointed at or has the focus, in words. */
  #readout() {
    const focused = this.element.contains(document.activeElement)
      ? this.#marks.find(({ key }) => key === /** @type {HTMLElement} */ (document.activeElement).dataset.mark)
      : null;
    const mark = this.#hovered ?? focused;
    if (mark) {
      return mark.text;
    }
    const hint = this.#marks.length > 0 ? "Choose a mark to hear it, from one second before." : "Click anywhere to go there.";
    return html`<span class="quiet">${hint} <span class="hint-of-pointer">Drag across to loop a stretch.</span></span>`;
  }

  #showReadout() {
    /** @type {HTMLElement|null} */
    const readout = this.element.querySelector(".timeline-readout");
    if (readout) {
      render(html`${this.#readout()}`, readout);
    }
  }

  #markAt(event) {
    const key = event.target.closest?.("[data-mark]")?.dataset.mark;
    return key ? this.#marks.find((mark) => mark.key === key) : null;
  }

  #timeAt(event) {
    return this.#scale.time(event.clientX - event.currentTarget.getBoundingClientRect().left);
  }

  #play({ start, lane }) {
    if (SAID.includes(lane)) {
      this.player.playRemark(start);
    } else {
      this.player.playMoment(start);
    }
  }

  #clicked(event) {
    if (this.drag.swallowsClick() || event.target.closest("[role=slider]")) {
      return;
    }
    const mark = this.#markAt(event);
    if (mark) {
      this.#activeKey = mark.key;
      this.#play(mark);
      this.draw();
      return;
    }
    this.player.seek(this.#timeAt(event));
  }

  #pressed(event) {
    const mark = this.#markAt(event);
    if (!mark) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (event.shiftKey) {
        this.loop.choose({ start: mark.start - (SAID.includes(mark.lane) ? BEFORE_REMARK : AROUND), end: mark.end + AROUND });
      } else {
        this.#play(mark);
      }
      return;
    }
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
      return;
    }
    event.preventDefault();
    const next = neighbour(this.#marks, mark, event.key);
    if (next) {
      this.#activeKey = next.key;
      const element = /** @type {HTMLElement} */ (this.element.querySelector(`[data-mark="${next.key}"]`));
      element.focus({ preventScroll: true });
      this.#scrollTo(next.middle);
      this.draw();
    }
  }

  #pointed(event) {
    this.drag.moved(event);
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
    const scroller = /** @type {HTMLElement} */ (this.element.querySelector(".timeline-scroller"));
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
    this.element.querySelector(".played-clip")?.setAttribute("width", x.toFixed(1));
    if (this.player.playing && this.#zoom > 1) {
      this.#scrollTo(this.player.time);
    }
  }
}
