// The list of answers under its days, and what stands in its place while there is none.

import { html, nothing, repeat } from "../templating.js";
import { dayWords } from "../format/time.js";

/**
 * @param {import("./answer-list.js").AnswerList} list
 * @param {(answer: object) => unknown} row
 */
export function answerDays(list, row) {
  return html`
    ${repeat(
      [...byDay(list.items)],
      ([day]) => day,
      ([day, answers]) => html`<section class="answers-day">
        <h2>${day}</h2>
        <ul>
          ${repeat(answers, ({ id }) => id, row)}
        </ul>
      </section>`,
    )}
    ${list.hasMore ? showMore(list.items.length, list.total, list.loading, () => list.load({ more: true })) : nothing}
  `;
}

/** The button that brings the next page, and how much is shown. */
export function showMore(shown, total, loading, onMore) {
  return html`<div class="answers-more">
    <button class="button" type="button" ?disabled=${loading} @click=${onMore}>Show more</button>
    <span class="quiet small">${shown} of ${total}</span>
  </div>`;
}

/** A person without a single answer. */
export function noAnswers() {
  return html`<div class="empty">
    <h2>Your answers will be here.</h2>
    <p class="lead">Each with its length, its pace, its pauses and fillers, and the words you said. Start with one question.</p>
    <div class="buttons">
      <a class="button button-main button-large" href="/" data-place>Practise a question</a>
      <a class="button button-large" href="/hand-in" data-place>Hand in a recording</a>
    </div>
  </div>`;
}

/** Filters that no answer fits. */
export function noneFits() {
  return html`<div class="empty">
    <h2>No answer fits.</h2>
    <p class="lead">Choose another tag or another session, or look at all of them.</p>
    <a class="button button-main" href="/answers" data-place>Show all answers</a>
  </div>`;
}

/** The shape of what comes. */
export function answerBones() {
  return html`<ul class="answers-bones" aria-hidden="true">
    ${[0, 1, 2, 3, 4].map(() => html`<li class="answer-row"><div class="bone bone-title"></div><div class="bone"></div></li>`)}
  </ul>`;
}

function byDay(items) {
  const days = new Map();
  for (const answer of items) {
    const day = dayWords(answer.created_at);
    days.set(day, [...(days.get(day) ?? []), answer]);
  }
  return days;
}
