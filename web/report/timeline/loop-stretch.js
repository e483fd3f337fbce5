// A stretch that is played round and round: chosen at the playhead, by dragging, or by moving its two ends.

import { html, svg, nothing } from "../../templating.js";
import { announce } from "../../components/announce.js";
import { preciseClock } from "../../format/time.js";
import { LEAST_STRETCH, RangeHandles } from "./range-handles.js";

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
