// Where an answer stands in its interview: 'Question 3 of 8 in Residency interview', and what a follow-up was asked after.

import { api } from "../api.js";
import { html, nothing, ref, render } from "../templating.js";

const PARTS = {
  follow_up: "Follow-up",
  repeat: "Second telling",
  apology: "After the connection dropped",
  closing: "Your questions for them",
};

/** What was asked for already, by the id of the answer: a page is drawn many times. @type {Map<string, Promise<any>>} */
const asked = new Map();

/** @param {object} answer */
export function interviewLine(answer) {
  return answer.interview ? html`<p class="facts interview-line" ${ref((place) => place && show(place, answer))}></p>` : nothing;
}

async function show(place, answer) {
  // Without an answer the line stays empty: nothing on the report depends on it.
  const found = await around(answer).catch(() => null);
  if (found) {
    render(line(answer, found), place);
  }
}

function around({ id, interview, follow_up_of: before }) {
  const key = `${id} ${interview} ${before}`;
  if (!asked.has(key)) {
    const both = Promise.all([api.interview(interview), before ? api.answer(before).catch(() => null) : null]);
    both.catch(() => asked.delete(key));
    asked.set(key, both);
  }
  return /** @type {Promise<any>} */ (asked.get(key));
}

function line(answer, [interview, before]) {
  const link = html`<a href=${`/interviews/${encodeURIComponent(interview.id)}`} data-page>${interview.name}</a>`;
  return html`<span>${place(answer, interview)} in ${link}</span>
    ${before
      ? html`<span>${answer.part === "repeat" ? "First told in" : "Asked after"}: <a href=${`/answers/${encodeURIComponent(before.id)}`} data-page>${before.question || before.title}</a></span>`
      : nothing}`;
}

function place({ id, part }, { answers }) {
  if (PARTS[part]) {
    return PARTS[part];
  }
  const questions = answers.filter((answer) => !PARTS[answer.part]);
  const number = questions.findIndex((answer) => answer.id === id) + 1;
  return number > 0 ? `Question ${number} of ${questions.length}` : "Given";
}
