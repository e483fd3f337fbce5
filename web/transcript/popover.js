// Where a small window stands: under a word, over it where there is no room.

/** Pixels between the word and the window, and between the window and the edges of what is seen. */
const GAP = 8;
const EDGE = 12;
/** Pixels. On anything narrower the window lies at the foot of the page; the stylesheet says the same. */
const NARROW = 560;

/** @param {HTMLElement} element with a fixed position @param {HTMLElement} anchor */
export function placeBeside(element, anchor) {
  const { style } = element;
  if (innerWidth < NARROW) {
    style.left = style.top = "";
    return;
  }
  const word = anchor.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const below = word.bottom + GAP;
  const above = word.top - GAP - height;
  const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
  style.left = `${Math.max(EDGE, Math.min(word.left - EDGE, innerWidth - width - EDGE))}px`;
  style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

/** Scroll until a word can be seen over the window at the foot of a narrow page. */
export function keepInView(anchor, element) {
  const hidden = anchor.getBoundingClientRect().bottom + GAP - element.getBoundingClientRect().top;
  if (innerWidth < NARROW && hidden > 0) {
    scrollBy({ top: hidden, behavior: "instant" });
  }
}
