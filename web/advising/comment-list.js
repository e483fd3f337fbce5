// What was said about an answer, as its owner reads it: each comment with its moment, replies, and a mark for 'done'.

import { momentButton } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { html, live, nothing, repeat } from "../templating.js";
import { commentWords } from "./comment-marks.js";
import { advisingAddresses } from "./requests.js";

const LONGEST_REPLY = 2000;

/**
 * @param {import("./comments.js").Comments} comments
 * @param {(at: number) => void} play
 */
export function commentList(comments, play) {
  const { items, rubrics, problem } = comments;
  if (items.length === 0 && rubrics.length === 0) {
    return nothing;
  }
  const open = items.filter(({ done }) => !done).length;
  return html`<section class="report-said-to-you" aria-labelledby="said-title">
    <h2 id="said-title" class="section-title">What was said about it</h2>
    ${problem ? problemNotice(problem) : nothing}
    ${items.length > 0
      ? html`<ol class="comment-rows">
          ${repeat(
            items,
            ({ id }) => id,
            (comment) => commentItem(comment, comments, play),
          )}
        </ol>`
      : nothing}
    ${items.length > 0 && open === 0 ? html`<p class="quiet">All done.</p>` : nothing} ${rubrics.map(givenRubric)}
  </section>`;
}

function commentItem(comment, comments, play) {
  const { id, number, author, figure_words: figure, voice, replies, done, imported } = comment;
  return html`<li class=${done ? "comment-row comment-done" : "comment-row"} id=${`comment-${id}`}>
    <span class="comment-number" aria-hidden="true">${number}</span>
    <div class="comment-body">
      <p class="comment-text">${commentWords(comment)}</p>
      ${voice ? html`<audio class="comment-voice" controls preload="none" src=${advisingAddresses.voice(id)} aria-label=${`Comment ${number}, spoken`}></audio>` : nothing}
      <div class="comment-facts">
        ${momentButton({ start: comment.at }, play, commentWords(comment))}
        <span class="quiet small">${author}${imported ? ", from a file" : ""}</span> ${figure ? html`<span class="comment-figure">${figure}</span>` : nothing}
        <label class="mark-field comment-tick"><input type="checkbox" aria-label=${`Comment ${number} is done`} .checked=${live(done)} @change=${(event) => comments.setDone(id, event.target.checked)} /><span aria-hidden="true">Done</span></label>
      </div>
      ${replies.length > 0
        ? html`<ul class="comment-replies">
            ${replies.map((reply) => html`<li><p>${reply.text}</p><p class="quiet small">${reply.own ? "You" : reply.author}, ${reply.when_words}</p></li>`)}
          </ul>`
        : nothing}
      <details class="comment-reply">
        <summary aria-label=${`Reply to comment ${number}`}>Reply</summary>
        <form @submit=${(event) => send(event, id, comments)}>
          <label class="field"><span class="visually-hidden">Your reply</span><textarea name="reply" rows="2" maxlength=${LONGEST_REPLY}></textarea></label>
          <button class="button" type="submit">Send</button>
        </form>
      </details>
    </div>
  </li>`;
}

async function send(event, id, comments) {
  event.preventDefault();
  const form = event.target;
  const field = form.elements.reply;
  const text = field.value.trim();
  // What was typed stays in its field until it is kept.
  if (text && (await comments.reply(id, text))) {
    field.value = "";
    form.closest("details").open = false;
    announce("Your reply is sent.");
  }
}

/** What an adviser chose in a rubric: words first, the number beside them. */
function givenRubric({ author, criteria, note }) {
  return html`<div class="given-rubric">
    <h3>${author}</h3>
    ${note ? html`<p class="given-note">${note}</p>` : nothing}
    <dl>
      ${criteria.map(
        ({ name, score, words }) => html`<div><dt>${name}</dt><dd>${words} <span class="quiet small">${score} of 5</span></dd></div>`,
      )}
    </dl>
  </div>`;
}

/**
 * What was said about the take before, and how that figure is now.
 * @param {any[]} earlier
 */
export function earlierComments(earlier) {
  if (earlier.length === 0) {
    return nothing;
  }
  return html`<section class="report-earlier" aria-labelledby="earlier-title">
    <h2 id="earlier-title" class="section-title">What was said last time</h2>
    <ul class="earlier-list">
      ${earlier.map(
        ({ comment, take, then_words: then, now_words: now }) => html`<li>
          <p class="comment-text">${commentWords(comment)}</p>
          <p class="quiet small">${comment.author}${take && !now ? `, on take ${take}` : ""}</p>
          ${now
            ? html`<dl class="then-now">
                <div><dt>${take ? `Take ${take}` : "Last time"}</dt><dd>${then}</dd></div>
                <div><dt>This take</dt><dd>${now}</dd></div>
              </dl>`
            : nothing}
        </li>`,
      )}
    </ul>
  </section>`;
}
