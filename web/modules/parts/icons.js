// The few pictures that buttons carry. Always beside words or with a label on the button.

import { svg, html } from "../templating.js";

function icon(path) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${path}</svg>`;
}

export const playIcon = () => icon(svg`<path d="M4 2.2v11.6a.6.6 0 0 0 .92.5l9-5.8a.6.6 0 0 0 0-1L4.92 1.7A.6.6 0 0 0 4 2.2z"/>`);

export const pauseIcon = () => icon(svg`<path d="M3.5 2h3v12h-3zM9.5 2h3v12h-3z"/>`);
