// Cohort.

import { html, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} _id
 */
export function openCohort(container, _id) {
  render(html`<h1>Cohort</h1>`, container);
}
