// The marks of the four main figures. What a mark means is in its shape and in the words beside it, never in its colour.

import { html, nothing, svg } from "../templating.js";

const RING = svg`<circle class="figure-mark-ring" cx="10" cy="10" r="8.25"></circle>`;
const DISC = svg`<circle class="figure-mark-disc" cx="10" cy="10" r="9"></circle>`;

/** By `mark` of a figure's view; there is none where no verdict is wanted. */
const SHAPES = {
  inside: svg`${RING}<path class="figure-mark-line" d="M6 10.3l2.8 2.8L14.2 7.4"></path>`,
  near: svg`${RING}<path class="figure-mark-line" d="M5.4 11.2c1.5-2.9 3.1-2.9 4.6-1.2s3.1 1.7 4.6-1.2"></path>`,
  above: svg`${DISC}<path class="figure-mark-arrow" d="M10 14.6V5.8M6.2 9.4L10 5.5l3.8 3.9"></path>`,
  below: svg`${DISC}<path class="figure-mark-arrow" d="M10 5.4v8.8M6.2 10.6l3.8 3.9 3.8-3.9"></path>`,
  unknown: svg`<circle class="figure-mark-ring figure-mark-broken" cx="10" cy="10" r="8.25"></circle><path class="figure-mark-line" d="M7.8 8c.1-1.4 1-2.2 2.3-2.2s2.3.8 2.3 2c0 1.7-2.2 1.8-2.2 3.5M10.2 14.1v.2"></path>`,
};

/** The shape alone, for beside words that say the same. @param {string} mark of a figure's view */
export function markShape(mark) {
  return SHAPES[mark]
    ? html`<svg class=${`figure-mark figure-mark-${mark}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">${SHAPES[mark]}</svg>`
    : nothing;
}
