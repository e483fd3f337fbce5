// A mentor without an account: the answer goes to them as one file, and their comments come back as another.

import { problemNotice } from "../components/notices.js";
import { html, nothing } from "../templating.js";
import { advising, advisingAddresses } from "./requests.js";

/**
 * The link that makes the file, in the menu of downloads; what is in it is said once the menu opens.
 * @param {string} answer its id
 */
export const shareLink = (answer) =>
  html`<li class="share-file"><a href=${advisingAddresses.sharedFile(answer)} download>Share as a file, for a mentor to comment on (HTML)</a> <span class="quiet small share-words"></span></li>`;

/** Asks how large the file would be, and says it beside its link. @param {Element} menu @param {string} answer */
export async function describeShare(menu, answer) {
  const place = menu.querySelector(".share-words");
  if (!place || place.textContent) {
    return;
  }
  try {
    const { words } = await advising.share(answer);
    place.textContent = words;
  } catch {
    // The link works without it.
  }
}

/**
 * The chooser for the file that a mentor sent back.
 * @param {import("./comments.js").Comments} comments
 */
export const mentorFile = (comments) => html`<section class="mentor-file" aria-label="Comments from a mentor">
  <label class="button mentor-file-choice">Add a mentor's comments<input class="visually-hidden" type="file" accept=".json,application/json" @change=${(event) => take(event.target, comments)} /></label>
  <p class="quiet small">Choose the small file that they sent back to you.</p>
  ${comments.fileProblem ? problemNotice(comments.fileProblem) : nothing}
</section>`;

async function take(input, comments) {
  const [file] = input.files;
  // The same file can be chosen again.
  input.value = "";
  if (file) {
    await comments.addFile(file);
  }
}
