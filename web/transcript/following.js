// The transcript follows the sound: the word that is heard is marked and kept in view, unless the person reads elsewhere.

/** Milliseconds after the person scrolled during which the page does not scroll by itself. */
const SCROLL_REST = 4_000;
/** Pixels at the top of the window that the player takes, and that are left free at its foot. */
const TOP_ROOM = 110;
const FOOT_ROOM = 40;
const SCROLLING = ["wheel", "touchmove", "keydown"];

export class Following {
  #items = [];
  #current = -1;
  #lastScroll = 0;
  #noteScroll = () => {
    this.#lastScroll = performance.now();
  };
  #move = () => this.#follow();

  /**
   * @param {import("../components/player.js").Player|null} player null where there is no sound to follow
   * @param {HTMLElement} container of the transcript
   * @param {(index: number) => HTMLElement|null} elementOf an item
   */
  constructor(player, container, elementOf) {
    this.player = player;
    this.container = container;
    this.elementOf = elementOf;
    player?.addEventListener("time", this.#move);
    for (const name of SCROLLING) {
      addEventListener(name, this.#noteScroll, { passive: true });
    }
  }

  close() {
    this.player?.removeEventListener("time", this.#move);
    for (const name of SCROLLING) {
      removeEventListener(name, this.#noteScroll);
    }
  }

  /** The item that is heard, or -1. */
  get current() {
    return this.#current;
  }

  /** Follow these from now on: they have just been drawn. */
  show(items) {
    this.#items = items;
    this.container.querySelector(".now")?.classList.remove("now");
    this.#current = -1;
    this.#follow();
  }

  #follow() {
    const at = this.player ? this.#indexAt(this.player.time) : -1;
    if (at === this.#current) {
      return;
    }
    this.elementOf(this.#current)?.classList.remove("now");
    this.#current = at;
    const element = this.elementOf(at);
    element?.classList.add("now");
    if (element && this.player?.playing) {
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
    const reading = this.container.getBoundingClientRect();
    const looking = reading.top < innerHeight * 0.6 && reading.bottom > TOP_ROOM;
    if (!looking || performance.now() - this.#lastScroll < SCROLL_REST) {
      return;
    }
    const { top, bottom } = element.getBoundingClientRect();
    if (top < TOP_ROOM || bottom > innerHeight - FOOT_ROOM) {
      intoView(element);
    }
  }
}

/** Scroll to the middle of the window, at once where no motion is wanted. */
export function intoView(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}
