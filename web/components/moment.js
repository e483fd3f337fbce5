// A button that plays one moment.

import { html } from "../templating.js";
import { playIcon } from "./icons.js";
import { clock } from "../format/time.js";

/**
 * @param {{start: number}} moment
 * @param {(start: number) => void} play
 * @param {string} what for those who listen: what is heard there
 */
export function momentButton(moment, play, what = "") {
  return html`<button class="moment" type="button" aria-label=${`Play from ${clock(moment.start)}${what ? `: ${what}` : ""}`} @click=${() => play(moment.start)}>
    ${playIcon()}${clock(moment.start)}
  </button>`;
}
