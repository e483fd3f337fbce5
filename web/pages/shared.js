// Shared.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openShared(container) {
  render(html`<h1>Shared</h1>`, container);
}
