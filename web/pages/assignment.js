// Assignment.

import { html, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} _id
 */
export function openAssignment(container, _id) {
  render(html`<h1>Assignment</h1>`, container);
}
