// The few pictures that buttons carry, always beside words or with a label, and the button that plays one moment.

import { clock } from "../format/time.js";
import { html, svg } from "../templating.js";

function icon(path) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${path}</svg>`;
}

export const playIcon = () => icon(svg`<path d="M4 2.2v11.6a.6.6 0 0 0 .92.5l9-5.8a.6.6 0 0 0 0-1L4.92 1.7A.6.6 0 0 0 4 2.2z"/>`);

export const pauseIcon = () => icon(svg`<path d="M3.5 2h3v12h-3zM9.5 2h3v12h-3z"/>`);

export const stopIcon = () => icon(svg`<path d="M3.5 2.5h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z"/>`);

/** What is said aloud. */
export const soundIcon = () =>
  icon(svg`<path d="M2 5.8h2.6L8.4 2.6v10.8L4.6 10.2H2zM10.6 5.4a3.7 3.7 0 0 1 0 5.2M12.6 3.4a6.5 6.5 0 0 1 0 9.2" fill="none" stroke="currentcolor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`);

/** Recording, or what begins it. */
export const recordIcon = () => icon(svg`<circle cx="8" cy="8" r="6"/>`);

export const binIcon = () =>
  icon(svg`<path d="M2.8 4.3h10.4M6.2 4V2.4h3.6V4M4.2 4.6l.6 9h6.4l.6-9M6.7 6.8v4.4M9.3 6.8v4.4" fill="none" stroke="currentcolor" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`);

export const searchIcon = () =>
  icon(svg`<path d="M7 1.7a5.3 5.3 0 1 0 0 10.6A5.3 5.3 0 0 0 7 1.7zM11 11l3.4 3.4" fill="none" stroke="currentcolor" stroke-width="1.4" stroke-linecap="round"/>`);

/** For what did not work, beside the words that say so. */
export const attentionIcon = () =>
  icon(svg`<path d="M8 1.4a6.6 6.6 0 1 0 0 13.2A6.6 6.6 0 0 0 8 1.4zM8 4.5v4.2M8 11.2v.2" fill="none" stroke="currentcolor" stroke-width="1.4" stroke-linecap="round"/>`);

const STAR = "M8 1.6l1.95 4.1 4.5.6-3.3 3.1.84 4.5L8 11.7l-3.99 2.2.84-4.5-3.3-3.1 4.5-.6z";

/** Full for a favourite, else its outline. */
export const starIcon = (full) =>
  icon(full ? svg`<path d=${STAR}/>` : svg`<path d=${STAR} fill="none" stroke="currentcolor" stroke-width="1.3" stroke-linejoin="round"/>`);

/**
 * @param {{start: number, clock?: string}} moment
 * @param {(start: number) => void} play
 * @param {string} what for those who listen: what is heard there
 */
export function momentButton(moment, play, what = "") {
  const at = moment.clock ?? clock(moment.start);
  return html`<button class="moment" type="button" aria-label=${`Play from ${at}${what ? `: ${what}` : ""}`} @click=${() => play(moment.start)}>
    ${playIcon()}${at}
  </button>`;
}
