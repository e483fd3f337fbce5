// A stretch chosen by dragging across the drawing. With a mouse or a pen: a finger that drags scrolls.

/** Pixels that the pointer goes before it is a drag and no longer a click. */
const THRESHOLD = 6;

export class StretchDrag {
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
