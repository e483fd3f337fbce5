// The comments of a review as its adviser sees them: in their order, each to hear, change or remove.

import { figureLabel } from "../advising/figures.js";
import { commentWords } from "../advising/comment-marks.js";
import { momentButton } from "../components/icons.js";
import { html, nothing, repeat } from "../templating.js";

/**
 * @param {any[]} comments numbered; `state` of one that is not stored yet: "waiting" or "refused"
 * @param {{play: (at: number) => void, onChange: (comment: any) => void, onRemove: (comment: any) => void, late: boolean, closed: boolean}} does
 *   `late`: the service does not take them just now; `closed`: the review was returned
 */
export function commentRows(comments, { play, onChange, onRemove, late, closed }) {
  return html`<section class="review-comments" aria-labelledby="comments-title">
    <h2 id="comments-title" class="section-title">Comments</h2>
    ${comments.length === 0
      ? html`<p class="quiet">None yet. Play the answer, and press C where you want to say something.</p>`
      : html`<ol class="comment-rows">
          ${repeat(
            comments,
            ({ id }) => id,
            (comment) => html`<li class="comment-row" id=${`comment-${comment.id}`}>
              <span class="comment-number" aria-hidden="true">${comment.number}</span>
              <div class="comment-body">
                <p class="comment-text">${commentWords(comment)}</p>
                <div class="comment-facts">
                  ${momentButton({ start: comment.at }, play, commentWords(comment))}
                  ${comment.figure ? html`<span class="comment-figure">${figureLabel(comment.figure)}</span>` : nothing}
                  ${comment.state ? html`<span class="quiet small">${stateWords(comment.state, late)}</span>` : nothing}
                  ${closed
                    ? nothing
                    : html`${comment.voice && !comment.text ? nothing : html`<button class="button button-plain" type="button" aria-label=${`Change comment ${comment.number}`} @click=${() => onChange(comment)}>Change</button>`}
                        <button class="button button-plain" type="button" aria-label=${`Remove comment ${comment.number}`} @click=${() => onRemove(comment)}>Remove</button>`}
                </div>
              </div>
            </li>`,
          )}
        </ol>`}
  </section>`;
}

function stateWords(state, late) {
  if (state === "refused") {
    return "not stored";
  }
  return late ? "kept here until Greenroom can be reached" : "being stored";
}
