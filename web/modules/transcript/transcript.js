// The transcript at reading size: it follows the sound, and a click on a word goes there.

import { html, render, nothing } from "../templating.js";
import { clock, shortLengthWords } from "../words/time.js";
import { fillerWords } from "../words/marks.js";
import { passagesOf } from "./passages.js";

/** Milliseconds after the person scrolled during which the page does not scroll by itself. */
const SCROLL_REST = 4_000;
/** Pixels a second of pause: long ones are wider, none takes over the line. */
const GAP_PIXELS = 18;
const WIDEST_GAP = 64;
const NARROWEST_GAP = 9;

export class Transcript {
  #items = [];
  #current = -1;
  #active = 0;
  #lastScroll = 0;
  #noteScroll = () => {
    this.#lastScroll = performance.now();
  };

  /** @param {import("../report/player.js").Player|null} player null where there is no sound to go to */
  constructor(player) {
    this.player = player;
    this.element = document.createElement("div");
    this.element.className = "transcript";
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", (event) => this.#pressed(event));
    player?.addEventListener("time", () => this.#follow());
    for (const name of ["wheel", "touchmove", "keydown"]) {
      addEventListener(name, this.#noteScroll, { passive: true });
    }
  }

  close() {
    for (const name of ["wheel", "touchmove", "keydown"]) {
      removeEventListener(name, this.#noteScroll);
    }
  }

  /** @param {object} transcript @param {object|null} report null while only the words are there */
  show(transcript, report) {
    const passages = passagesOf(transcript, report);
    this.#items = passages.flatMap(({ items }) => items);
    this.#active = Math.min(this.#active, Math.max(0, this.#items.length - 1));
    this.#current = -1;
    let index = 0;
    render(
      html`<div class="passages" role="group" aria-label="Transcript. Arrow keys go word by word, Enter plays from there.">
        ${passages.map(
          ({ start, items }) => html`<div class="passage">
            <button class="passage-time" type="button" data-time=${start} aria-label=${`Play from ${clock(start)}`}>${clock(start)}</button>
            <p lang=${transcript.language || nothing}>${items.map((item) => this.#item(item, index++))}</p>
          </div>`,
        )}
      </div>`,
      this.element,
    );
    this.#follow();
  }

  #item(item, index) {
    const tabindex = index === this.#active ? "0" : "-1";
    if (item.kind === "pause") {
      const words = shortLengthWords(item.end - item.start);
      const width = Math.min(WIDEST_GAP, Math.max(NARROWEST_GAP, (item.end - item.start) * GAP_PIXELS));
      return html`<span class="gap" data-item=${index} tabindex=${tabindex} role="img" aria-label=${`pause of ${words}`} data-length=${words} .style=${`width: ${width}px`}></span> `;
    }
    if (item.filler) {
      const kind = item.kind === "heard" ? "word filler filler-heard" : "word filler";
      return html`<span class=${kind} data-item=${index} tabindex=${tabindex} data-shape=${item.shape} title=${fillerWords(item.filler)}>${item.text}</span> `;
    }
    return html`<span class="word" data-item=${index} tabindex=${tabindex}>${item.text}</span> `;
  }

  #elementOf(index) {
    return this.element.querySelector(`[data-item="${index}"]`);
  }

  #clicked(event) {
    const time = event.target.closest("[data-time]");
    if (time) {
      this.player?.playFrom(Number(time.dataset.time));
      return;
    }
    const element = event.target.closest("[data-item]");
    // Selecting text to copy it is no wish to hear it.
    if (element && getSelection().isCollapsed) {
      this.#activate(Number(element.dataset.item));
      this.#play(Number(element.dataset.item));
    }
  }

  #play(index) {
    const item = this.#items[index];
    if (item.kind === "pause") {
      this.player?.playMoment(item.start);
    } else {
      this.player?.playFrom(item.start);
    }
  }

  #activate(index) {
    this.#elementOf(this.#active)?.setAttribute("tabindex", "-1");
    this.#active = index;
    this.#elementOf(index)?.setAttribute("tabindex", "0");
  }

  #pressed(event) {
    const element = event.target.closest("[data-item]");
    if (!element) {
      return;
    }
    const index = Number(element.dataset.item);
    const targets = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: this.#passageStart(index, 1),
      ArrowUp: this.#passageStart(index, -1),
      Home: 0,
      End: this.#items.length - 1,
    };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#play(index);
    } else if (event.key in targets) {
      event.preventDefault();
      const target = Math.min(Math.max(0, targets[event.key]), this.#items.length - 1);
      this.#activate(target);
      this.#elementOf(target).focus();
    }
  }

  /** The first item of the passage before or after. */
  #passageStart(index, step) {
    const passage = this.#elementOf(index).closest(".passage");
    const other = step > 0 ? passage.nextElementSibling : passage.previousElementSibling;
    const first = other?.querySelector("[data-item]");
    return first ? Number(first.dataset.item) : index;
  }

  #follow() {
    if (!this.player) {
      return;
    }
    const at = this.#indexAt(this.player.time);
    if (at === this.#current) {
      return;
    }
    this.#elementOf(this.#current)?.classList.remove("now");
    this.#current = at;
    const element = this.#elementOf(at);
    element?.classList.add("now");
    if (element && this.player.playing) {
      this.#keepInView(element);
    }
  }

  /** The last item that has begun; none before the first, none once it is long over. */
  #indexAt(time) {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#items[middle].start <= time + 0.01) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const item = this.#items[low - 1];
    return item && time > 0 && time < item.end + 1 ? low - 1 : -1;
  }

  #keepInView(element) {
    const reading = this.element.getBoundingClientRect();
    const looking = reading.top < innerHeight * 0.6 && reading.bottom > 120;
    if (!looking || performance.now() - this.#lastScroll < SCROLL_REST) {
      return;
    }
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 110 || bottom > innerHeight - 40) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  }
}
