// Review.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openReviewQueue(container) {
  render(html`<h1>Review</h1>`, container);
}
