// All questions, to choose one from.

import { html, render, nothing, repeat, live } from "../templating.js";
import { announce } from "../components/announce.js";
import { confirm } from "../components/dialog.js";
import { starIcon } from "../components/icons.js";
import { problemNotice } from "../components/problem.js";
import { aimWords } from "../format/formats.js";
import { countWords } from "../format/sizes.js";
import { onKeys } from "./keys.js";
import { askForQuestion } from "./own-question.js";

/**
 * Step. Outcome: {question: object|null, source: string}; the question is null when nothing was chosen.
 * @param {HTMLElement} room
 * @param {{bank: import("./bank.js").Bank, source: string, question: object|null}} context
 */
export function browseStep(room, context, done) {
  const { bank } = context;
  let { source } = context;
  let problem = null;

  /** Resolves to whether it was done; if not, the page says why. */
  const attempt = async (action) => {
    problem = null;
    try {
      await action();
    } catch (error) {
      problem = error;
    }
    draw();
    return problem === null;
  };

  const write = async () => {
    const details = await askForQuestion(bank);
    if (details) {
      await attempt(async () => done({ question: await bank.add(details), source }));
    }
  };

  const change = async (question) => {
    const details = await askForQuestion(bank, question);
    if (details) {
      await attempt(() => bank.change(question, details));
    }
  };

  const remove = async (question) => {
    const yes = await confirm({ title: "Delete this question?", text: "Answers that you gave to it stay.", yes: "Delete it" });
    if (yes && (await attempt(() => bank.remove(question)))) {
      announce("Deleted.");
      room.querySelector("h1").focus();
    }
  };

  const draw = () => {
    const questions = bank.from(source);
    render(
      html`
        <div class="browse-head">
          <div class="place-head">
            <h1 tabindex="-1">Choose a question</h1>
            <p class="quiet" role="status">${countWords(questions.length, "question")}</p>
          </div>
          <div class="buttons">
            ${sourceSelect(bank, source, (chosen) => {
              source = chosen;
              draw();
            })}
            <button class="button" type="button" @click=${write}>Write your own</button>
            <button class="button" type="button" @click=${() => done({ question: null, source })}>Back</button>
          </div>
        </div>
        ${problem ? problemNotice(problem) : nothing}
        ${questions.length === 0 ? empty(source) : nothing}
        <ul class="browse-list">
          ${repeat(
            questions,
            ({ id }) => id,
            (question) => html`<li class="browse-row">
              <button class="browse-question" type="button" aria-current=${question.id === context.question?.id ? "true" : nothing} @click=${() => done({ question, source })}>
                ${question.text}
              </button>
              ${star(question, () => attempt(() => bank.setFavourite(question, !question.favourite)))}
              <p class="facts browse-facts">
                ${bank.kindName(question) ? html`<span>${bank.kindName(question)}</span>` : nothing}
                ${question.aim ? html`<span>aim ${aimWords(question.aim)}</span>` : nothing}
                ${question.takes > 0 ? html`<span>${countWords(question.takes, "take")}</span>` : nothing}
                ${question.own
                  ? html`<span>your own</span>
                      <span><button class="link-button" type="button" aria-label="Change: ${question.text}" @click=${() => change(question)}>Change</button></span>
                      <span><button class="link-button" type="button" aria-label="Delete: ${question.text}" @click=${() => remove(question)}>Delete</button></span>`
                  : nothing}
              </p>
            </li>`,
          )}
        </ul>
      `,
      room,
    );
  };

  draw();
  return onKeys({ Escape: () => done({ question: null, source }) });
}

/** A chooser of what to draw from. */
export function sourceSelect(bank, source, choose) {
  return html`<label class="visually-hidden" for="source">Which questions</label>
    <select id="source" class="select" .value=${live(source)} @change=${(event) => choose(event.target.value)}>
      ${bank.sources.map(({ id, name }) => html`<option value=${id} ?selected=${id === source}>${name}</option>`)}
    </select>`;
}

/** The button that makes a question a favourite, or no longer. */
export function star(question, toggle) {
  return html`<button class="button button-plain star" type="button" aria-pressed=${String(question.favourite)} aria-label="Favourite: ${question.text}" title=${question.favourite ? "A favourite" : "Make it a favourite"} @click=${toggle}>
    ${starIcon(question.favourite)}
  </button>`;
}

function empty(source) {
  const words = {
    favourites: "No favourites yet. The star beside a question makes it one.",
    own: "No questions of your own yet. Write down one that you expect or dread.",
  };
  return html`<p class="lead">${words[source] ?? "No questions here."}</p>`;
}
