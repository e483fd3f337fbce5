// Something that was asked of the service did not work, in plain words.

import { html } from "../templating.js";
import { errorWords } from "../format/errors.js";

/** What is shown beside it stays as it was. */
export function problemNotice(error) {
  const words = errorWords(error);
  return html`<div class="notice" role="alert"><strong>${words.title}</strong> ${words.text}</div>`;
}
