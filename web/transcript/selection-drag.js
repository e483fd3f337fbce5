// A run of words chosen by dragging over them. With a mouse or a pen: a finger that drags scrolls.
// Not by the browser's own selection: it does not start at the first letter of a word that can have the focus.

export class RunDrag {
  /** @type {any} Indices of the item where it began and where it is now; null while nothing is dragged. */
  run = null;

  /** @param {{isOn: () => boolean, onChange: () => void, onDone: (first: number, last: number) => void}} options */
  constructor({ isOn, onChange, onDone }) {
    this.isOn = isOn;
    this.onChange = onChange;
    this.onDone = onDone;
  }

  pressed(event) {
    const index = indexAt(event);
    this.run = this.isOn() && event.button === 0 && event.pointerType !== "touch" && index !== null ? { from: index, to: index } : null;
  }

  moved(event) {
    const index = indexAt(event);
    if (this.run && event.buttons === 0) {
      // Let go beside the transcript.
      this.run = null;
      this.onChange();
    } else if (this.run && index !== null && index !== this.run.to) {
      this.run = { ...this.run, to: index };
      this.onChange();
    }
  }

  released() {
    const run = this.run;
    this.run = null;
    // One word alone is a click.
    if (run && run.from !== run.to) {
      this.onDone(run.from, run.to);
    }
  }

  holds(index) {
    return this.run !== null && Math.min(this.run.from, this.run.to) <= index && index <= Math.max(this.run.from, this.run.to);
  }
}

function indexAt(event) {
  const index = event.target.closest?.("[data-item]")?.dataset.item;
  return index === undefined ? null : Number(index);
}
