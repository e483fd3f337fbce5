// Sign in.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openSignIn(container) {
  render(html`<h1>Sign in</h1>`, container);
}
