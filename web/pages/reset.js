// New password.

import { html, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} _id
 */
export function openReset(container, _id) {
  render(html`<h1>New password</h1>`, container);
}
