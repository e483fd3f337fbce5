// Invitation.

import { html, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} _id
 */
export function openInvitation(container, _id) {
  render(html`<h1>Invitation</h1>`, container);
}
