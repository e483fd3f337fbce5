// Cohorts.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openCohorts(container) {
  render(html`<h1>Cohorts</h1>`, container);
}
