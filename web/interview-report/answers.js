// The answers of an interview, each with what belongs to it: follow-ups, and a second telling.

import { answerFigures } from "../answers/answer-figures.js";
import { html, nothing } from "../templating.js";

/** @param {object[]} answers of the view */
export function interviewAnswers(answers) {
  return html`<ol class="interview-answers" role="list">
    ${answers.map(
      (answer) => html`<li class="interview-answer">
        ${row(answer)}
        ${answer.belonging.length > 0
          ? html`<ul class="interview-belonging" role="list">
              ${answer.belonging.map((one) => html`<li>${row(one)}</li>`)}
            </ul>`
          : nothing}
      </li>`,
    )}
  </ol>`;
}

function row({ answer, name, title, asked, when, figures, began, remarks, note }) {
  const path = `/answers/${encodeURIComponent(answer)}`;
  const facts = [when, began].filter(Boolean).join(" · ");
  return html`<div class="interview-row">
    <div class="interview-what">
      <p class="interview-name">${name}</p>
      <a class="answer-title" href=${path} data-page>${title || "Untitled answer"}</a>
      ${asked ? html`<p class="quiet small">${asked}</p>` : nothing}
      ${note ? html`<p class="interview-note">${note}</p>` : nothing}
      <p class="quiet small">${facts}${remarks ? html` · <a href=${path} data-page>${remarks}</a>` : nothing}</p>
    </div>
    ${figures.length > 0 ? answerFigures({ figures }) : html`<p class="quiet small">No report yet</p>`}
  </div>`;
}
