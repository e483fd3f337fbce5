// The two players: only one plays at a time, and a stretch is played to its end and no further.

import { addresses } from "../api.js";
import { playIcon } from "../components/icons.js";
import { Player, PlayerBar } from "../components/player.js";
import { SIDES, takeName } from "../format/takes.js";
import { html, nothing, render } from "../templating.js";

/** Seconds played after a stretch, so that its last word is not cut. */
const LEAD_OUT = 0.25;

/** One take's sound. Events as those of its player. */
class Side {
  /** @type {number|null} */
  #end = null;
  /** @type {Element|null} The passage that is heard. */
  #heard = null;

  constructor(take) {
    this.id = take.answer;
    this.player = take.available.includes("media")
      ? new Player(addresses.media(take.answer), take.duration ?? 0, take.media_type?.startsWith("video/"))
      : null;
    this.bar = this.player && new PlayerBar(this.player);
    this.bar?.element.setAttribute("aria-label", `Player of ${takeName(take)}`);
    this.player?.element.setAttribute("aria-label", `Picture of ${takeName(take)}`);
    this.player?.addEventListener("time", () => this.#stopAtEnd());
    this.player?.addEventListener("state", () => this.player?.playing || this.#show(null));
  }

  play({ start, end }, element) {
    this.#end = end + LEAD_OUT;
    this.#show(element);
    this.player?.playFrom(start);
  }

  /** Play on past whatever stretch was asked for before. */
  forgetEnd() {
    this.#end = null;
    this.#show(null);
  }

  close() {
    this.player?.close();
  }

  #show(element) {
    this.#heard?.classList.remove("now");
    this.#heard = element;
    element?.classList.add("now");
  }

  #stopAtEnd() {
    const { player } = this;
    if (player && this.#end !== null && player.playing && player.time >= this.#end) {
      this.#end = null;
      player.pause();
    }
  }
}

export class Pair {
  #sides = [];
  #takes = [];

  constructor() {
    this.element = document.createElement("section");
    this.element.className = "takes-players";
    this.element.setAttribute("aria-label", "Players");
  }

  /** @param {[object, object]} takes */
  show(takes) {
    this.#takes = takes;
    const before = this.#sides;
    this.#sides = takes.map((take) => before.find(({ id, player }) => id === take.answer && player) ?? this.#side(take));
    before.filter((side) => !this.#sides.includes(side)).forEach((side) => side.close());
    this.#draw();
  }

  /**
   * @param {number} side 0 or 1
   * @param {{start: number, end: number}} stretch
   * @param {Element|null} element of the passage, to show that it is heard
   */
  play(side, stretch, element = null) {
    this.#sides[side]?.play(stretch, element);
  }

  canPlay(side) {
    return Boolean(this.#sides[side]?.player);
  }

  /** The elements that show the two pictures; a recording without one has none. */
  get pictures() {
    return this.#sides.map(({ player }) => (player?.hasPicture ? player.element : null));
  }

  close() {
    this.#sides.forEach((side) => side.close());
  }

  #side(take) {
    const side = new Side(take);
    side.player?.addEventListener("state", () => {
      if (side.player?.playing) {
        this.#sides.filter((other) => other !== side).forEach((other) => other.player?.pause());
      } else if (side.player?.element.ended) {
        side.forgetEnd();
      }
    });
    // Whoever takes the bar in hand wants to hear on.
    side.bar?.element.addEventListener("click", () => side.forgetEnd());
    side.bar?.element.addEventListener("input", () => side.forgetEnd());
    return side;
  }

  #draw() {
    render(
      this.#sides.map(
        (side, place) => html`<div class="takes-player">
          <p class="takes-side"><span class="side-letter">${SIDES[place]}</span> ${takeName(this.#takes[place])}</p>
          ${side.bar ? side.bar.element : html`<p class="quiet">There is no sound to play.</p>`}
        </div>`,
      ),
      this.element,
    );
  }
}

// The best stretch of each take, to listen to.

/**
 * @param {object} comparison of the service
 * @param {[object, object]} takes
 * @param {import("./pair.js").Pair} pair
 */
export function bestStretches({ best_stretches: stretches, view }, takes, pair) {
  const both = [
    { stretch: stretches.first, text: view.first_stretch },
    { stretch: stretches.second, text: view.second_stretch },
  ];
  return html`<section aria-labelledby="stretch-title">
    <h2 id="stretch-title" class="section-title">${view.stretches_title}</h2>
    <p class="quiet takes-how">${view.stretches_note}</p>
    <ul class="stretches">
      ${both.map(
        ({ stretch, text }, place) => html`<li>
          <p class="takes-side"><span class="side-letter">${SIDES[place]}</span> ${takeName(takes[place])}</p>
          ${stretch
            ? html`<p class="stretch-words">${text}</p>
                ${pair.canPlay(place)
                  ? html`<button class="button" type="button" aria-label=${`Hear it: the stretch of ${takeName(takes[place]).toLowerCase()}`} @click=${() => pair.play(place, stretch)}>
                      ${playIcon()}<span>Hear it</span>
                    </button>`
                  : nothing}`
            : html`<p class="quiet">${text}</p>`}
        </li>`,
      )}
    </ul>
  </section>`;
}
