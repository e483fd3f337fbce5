// Office.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openOffice(container) {
  render(html`<h1>Office</h1>`, container);
}
