// How far something is, told by the shape of a mark and in words for those who listen.

import { html, nothing, svg } from "../templating.js";

const WORDS = { open: "Not done yet", partly: "Begun", done: "Done" };

/**
 * An empty, a half or a full circle.
 * @param {"open"|"partly"|"done"} state
 * @param {string} [words] what it says here, empty where the words beside it say it; by itself how much is done
 */
export function stateMark(state, words = WORDS[state]) {
  const inside = {
    open: nothing,
    partly: svg`<path d="M8 2a6 6 0 0 1 0 12z"></path>`,
    done: svg`<circle class="done-mark-full" cx="8" cy="8" r="6"></circle><path class="done-mark-check" d="M5 8.2l2.1 2.1L11 6.2"></path>`,
  }[state];
  return html`<span class=${`done-mark done-mark-${state}`}>
    <svg width="20" height="20" viewBox="0 0 16 16" aria-hidden="true"><circle class="done-mark-ring" cx="8" cy="8" r="6"></circle>${inside}</svg>
    ${words ? html`<span class="visually-hidden">${words}: </span>` : nothing}
  </span>`;
}
