// The line that stays in reach while reading: play, where it is, how fast.

import { html, render, nothing } from "../templating.js";
import { pauseIcon, playIcon } from "./icons.js";
import { clock, spokenTime } from "../format/time.js";

const SPEEDS = [0.75, 1, 1.25, 1.5];

export class PlayerBar {
  #input = null;
  #clock = null;

  /** @param {import("./player.js").Player} player */
  constructor(player) {
    this.player = player;
    this.element = document.createElement("div");
    this.element.className = "player";
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", "Player");
    player.addEventListener("state", () => this.draw());
    player.addEventListener("loop", () => this.draw());
    player.addEventListener("time", () => this.#showTime());
    this.draw();
  }

  draw() {
    const { player } = this;
    if (player.broken) {
      render(html`<p class="quiet">This browser cannot play the recording. The original can be downloaded below.</p>`, this.element);
      return;
    }
    render(
      html`
        <button class="button button-main player-button" type="button" @click=${() => player.toggle()}>
          ${player.playing ? pauseIcon() : playIcon()}<span>${player.playing ? "Pause" : "Play"}</span>
        </button>
        <span class="player-clock"></span>
        <input class="player-position" type="range" min="0" max=${player.duration} step="0.1" aria-label="Position" @input=${(event) => player.seek(Number(event.target.value))} />
        ${player.loop
          ? html`<button class="button button-plain player-loop" type="button" @click=${() => (player.loop = null)}>
              Looping ${clock(player.loop.start)}–${clock(player.loop.end)} <span class="visually-hidden">(end the loop)</span> <span aria-hidden="true">×</span>
            </button>`
          : nothing}
        <label class="player-speed">
          <span class="visually-hidden">Speed</span>
          <select class="select" @change=${(event) => (player.speed = Number(event.target.value))}>
            ${SPEEDS.map((speed) => html`<option value=${speed} ?selected=${speed === player.element.playbackRate}>${speed}×</option>`)}
          </select>
        </label>
      `,
      this.element,
    );
    this.#input = this.element.querySelector(".player-position");
    this.#clock = this.element.querySelector(".player-clock");
    this.#showTime();
  }

  #showTime() {
    const { player } = this;
    if (!this.#input || player.broken) {
      return;
    }
    this.#input.value = String(player.time);
    this.#input.setAttribute("aria-valuetext", `${spokenTime(player.time)} of ${spokenTime(player.duration)}`);
    this.#input.style.setProperty("--played", `${(100 * player.time) / (player.duration || 1)}%`);
    this.#clock.textContent = `${clock(player.time)} / ${clock(player.duration)}`;
  }
}
