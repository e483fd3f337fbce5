// Account.

import { html, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openAccount(container) {
  render(html`<h1>Account</h1>`, container);
}
