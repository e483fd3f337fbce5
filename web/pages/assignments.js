// Assignments.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openAssignments(container) {
  render(html`<h1>Assignments</h1>`, container);
}
