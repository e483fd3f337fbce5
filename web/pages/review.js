// Review.

import { html, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} _id
 */
export function openReview(container, _id) {
  render(html`<h1>Review</h1>`, container);
}
