// All questions, to choose one from.

import { confirm } from "../components/dialog.js";
import { binIcon, starIcon } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { aimWords, countWords } from "../format/time.js";
import { html, live, nothing, render, repeat } from "../templating.js";
import { askForQuestion } from "./own-question.js";
import { preferences } from "./preferences.js";
import { onKeys } from "./stage.js";
import { aimOf } from "./times.js";

/** Wide enough for the list of sets to stand beside the questions, as in questions.css. */
const BESIDE = "(min-width: 64rem)";

/**
 * Step. Outcome: {question: object|null, source: string}; the question is null when nothing was chosen.
 * @param {HTMLElement} container
 * @param {{bank: import("./bank.js").Bank, source: string, question: object|null}} context
 */
export function browseStep(container, context, done) {
  const { bank } = context;
  const format = bank.format(preferences().format);
  const wide = matchMedia(BESIDE).matches;
  let source = bank.known(context.source);
  let words = "";
  /** @type {unknown} */
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
      /** @type {HTMLElement} */ (container.querySelector("h1")).focus();
    }
  };

  /** From the field to the first question found, without a way past everything between. */
  const goToFirst = (event) => {
    event.preventDefault();
    /** @type {HTMLElement|null} */ (container.querySelector(".browse-question"))?.focus();
  };

  const draw = () => {
    const groups = bank.headings(source);
    const found = groups
      .map((group) => ({ ...group, sets: group.sets.map((set) => withWords(set, words)).filter(({ questions }) => questions.length > 0) }))
      .filter(({ sets }) => sets.length > 0);
    const [all, left] = [groups, found].map(countOf);
    render(
      html`
        <div class="browse-head">
          <div class="page-head">
            <h1 tabindex="-1">Choose a question</h1>
            <p class="quiet" role="status">${words.trim() ? `${left} of ${countWords(all, "question")}` : countWords(all, "question")}</p>
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
        <div class="browse">
          <form class="browse-search" role="search" @submit=${goToFirst}>
            <label class="field">
              <span class="field-label">Find a question</span>
              <input type="search" autocomplete="off" .value=${live(words)} @input=${(event) => {
                words = event.target.value;
                draw();
              }} />
            </label>
          </form>
          ${found.flatMap(({ sets }) => sets).length > 1 ? jumpList(found, wide) : nothing}
          <div class="browse-groups">
            ${left === 0 ? (all === 0 ? empty(source) : notFound()) : nothing}
            ${repeat(found, ({ id }) => id, group)}
          </div>
        </div>
      `,
      container,
    );
  };

  const group = ({ id, name, sets }) => html`<section class="browse-group" aria-labelledby=${`group-${id}`}>
    <h2 id=${`group-${id}`} class="browse-group-name">${name}</h2>
    ${id === "specialty" && bank.specialty === null
      ? html`<p class="quiet browse-note">Choose ‘Residency’ and your specialty on the page before, and its questions are drawn for you.</p>`
      : nothing}
    ${id === "forms" ? html`<p class="quiet browse-note">These are drawn only when you choose them.</p>` : nothing}
    ${repeat(sets, (set) => set.id, section)}
  </section>`;

  /** The questions of one set, under its name. */
  const section = ({ id, name, questions }) => html`<section class="browse-set" aria-labelledby=${`set-${id}`}>
    <h3 id=${`set-${id}`} class="browse-set-name" tabindex="-1">${name} <span class="quiet">${questions.length}</span></h3>
    <ul class="browse-list">
      ${repeat(questions, (question) => question.id, row)}
    </ul>
  </section>`;

  const row = (question) => html`<li class="browse-row">
    <button class="browse-question" type="button" aria-current=${question.id === context.question?.id ? "true" : nothing} @click=${() => done({ question, source })}>
      ${question.text}
    </button>
    ${star(question, () => attempt(() => bank.setFavourite(question, !question.favourite)))}
    ${question.scenario ? html`<p class="browse-scenario">${question.scenario}</p>` : nothing}
    <p class="facts browse-facts">
      <span>aim: ${aimWords(aimOf(format, question))}</span>
      ${question.takes > 0 ? html`<span>${countWords(question.takes, "take")}</span>` : nothing}
      ${question.application_line ? html`<span>from your application</span><span><a href="/prepare/application" data-page>All lines</a></span>` : nothing}
      ${question.own && !question.application_line
        ? html`<span>your own</span>
            <span><button class="link-button" type="button" aria-label="Change: ${question.text}" @click=${() => change(question)}>Change</button></span>
            <span><button class="link-button button-delete" type="button" aria-label="Delete: ${question.text}" @click=${() => remove(question)}>${binIcon()} Delete</button></span>`
        : nothing}
    </p>
  </li>`;

  draw();
  return onKeys({ Escape: () => done({ question: null, source }) });
}

/** The questions of a set that hold every word that is looked for, whatever their case. */
function withWords(set, words) {
  const wanted = words.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  const holds = ({ text, scenario }) => {
    const held = `${scenario ?? ""} ${text}`.toLocaleLowerCase("en");
    return wanted.every((word) => held.includes(word));
  };
  return { ...set, questions: set.questions.filter(holds) };
}

const countOf = (groups) => groups.flatMap(({ sets }) => sets).reduce((sum, { questions }) => sum + questions.length, 0);

/** The names of the sets, each of which leads to its questions. It stands beside them, or folded above them. */
function jumpList(groups, wide) {
  return html`<details class="browse-jump" ?open=${wide}>
    <summary>Go to a set</summary>
    <nav aria-label="Sets of questions">
      ${groups.map(
        ({ id, name, sets }) => html`<div>
          <p class="browse-jump-group" id=${`jump-${id}`}>${name}</p>
          <ul aria-labelledby=${`jump-${id}`}>
            ${sets.map(
              (set) => html`<li>
                <button class="browse-jump-set" type="button" @click=${(event) => goToSet(event.target, set.id)}>
                  ${set.name} <span class="quiet">${set.questions.length}</span>
                </button>
              </li>`,
            )}
          </ul>
        </div>`,
      )}
    </nav>
  </details>`;
}

function goToSet(button, set) {
  if (!matchMedia(BESIDE).matches) {
    // It lies over the questions there.
    button.closest("details").open = false;
  }
  const heading = /** @type {HTMLElement} */ (document.getElementById(`set-${set}`));
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}

/** A chooser of what to draw from. */
export function sourceSelect(bank, source, choose) {
  const option = ({ id, name }) => html`<option value=${id} ?selected=${id === source}>${name}</option>`;
  return html`<label class="visually-hidden" for="source">Which questions</label>
    <select id="source" class="select" .value=${live(source)} @change=${(event) => choose(event.target.value)}>
      ${bank.sources.map(({ name, sources }) => (name ? html`<optgroup label=${name}>${sources.map(option)}</optgroup>` : sources.map(option)))}
    </select>`;
}

/** The button that makes a question a favourite, or no longer. */
export function star(question, toggle) {
  return html`<button class="button button-plain star" type="button" aria-pressed=${String(question.favourite)} aria-label="Favourite: ${question.text}" title=${question.favourite ? "A favourite" : "Make it a favourite"} @click=${toggle}>
    ${starIcon(question.favourite)}
  </button>`;
}

function notFound() {
  return html`<p class="lead">No question has these words. Try fewer of them, or write your own.</p>`;
}

function empty(source) {
  const words = {
    favourites: "No favourites yet. The star beside a question makes it one.",
    own: "No questions of your own yet. Write down one that you expect or fear.",
  };
  return html`<p class="lead">${words[source] ?? "No questions here."}</p>`;
}
