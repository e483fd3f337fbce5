// Short messages: a problem in plain words, and what is read aloud to people who listen to the page.

import { errorWords } from "../format/errors.js";
import { html, nothing } from "../templating.js";

/** What is shown beside it stays as it was. */
export function problemNotice(error) {
  const words = errorWords(error);
  return html`<div class="notice" role="alert"><strong>${words.title}</strong> ${words.text}</div>`;
}

/**
 * A link that leaves this page open; nothing where there is none.
 * @param {{href: string, words: string}} [link]
 */
export const inNewTab = (link) => (link ? html`<a href=${link.href} target="_blank">${link.words}</a>` : nothing);

/** Words for the polite live region; the same words twice in a row are said once. */
export function announce(words) {
  const region = /** @type {HTMLElement} */ (document.getElementById("announcer"));
  if (region.textContent !== words) {
    region.textContent = words;
  }
}
