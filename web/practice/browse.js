// All questions, to choose one from.

import { confirm } from "../components/dialog.js";
import { binIcon, starIcon } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { aimWords, countWords } from "../format/time.js";
import { html, live, nothing, render, repeat } from "../templating.js";
import { preferences } from "./preferences.js";
import { onKeys } from "./stage.js";
import { aimOf } from "./times.js";

/**
 * Step. Outcome: {question: object|null, source: string}; the question is null when nothing was chosen.
 * @param {HTMLElement} container
 * @param {{bank: import("./bank.js").Bank, source: string, question: object|null}} context
 */
export function browseStep(container, context, done) {
  const { bank } = context;
  const format = bank.format(preferences().format);
  let { source } = context;
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

  const draw = () => {
    const from = bank.from(source);
    const questions = from.filter((question) => holdsWords(question.text, words));
    render(
      html`
        <div class="browse-head">
          <div class="page-head">
            <h1 tabindex="-1">Choose a question</h1>
            <p class="quiet" role="status">${words.trim() ? `${questions.length} of ${countWords(from.length, "question")}` : countWords(from.length, "question")}</p>
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
        <label class="field browse-search">
          <span class="field-label">Find a question</span>
          <input type="search" autocomplete="off" .value=${live(words)} @input=${(event) => {
            words = event.target.value;
            draw();
          }} />
        </label>
        ${problem ? problemNotice(problem) : nothing}
        ${questions.length === 0 ? (from.length === 0 ? empty(source) : notFound()) : nothing}
        ${groupsOf(bank, questions).map((group) => section(group))}
      `,
      container,
    );
  };

  /** The questions of one kind, under its name. */
  const section = ({ id, name, questions }) => html`<section class="browse-kind" aria-labelledby=${`kind-${id}`}>
        <h2 id=${`kind-${id}`} class="browse-kind-name">${name} <span class="quiet">${questions.length}</span></h2>
        <ul class="browse-list">
          ${repeat(
            questions,
            (question) => question.id,
            (question) => html`<li class="browse-row">
              <button class="browse-question" type="button" aria-current=${question.id === context.question?.id ? "true" : nothing} @click=${() => done({ question, source })}>
                ${question.text}
              </button>
              ${star(question, () => attempt(() => bank.setFavourite(question, !question.favourite)))}
              <p class="facts browse-facts">
                <span>aim: ${aimWords(aimOf(format, question))}</span>
                ${question.takes > 0 ? html`<span>${countWords(question.takes, "take")}</span>` : nothing}
                ${question.own
                  ? html`<span>your own</span>
                      <span><button class="link-button" type="button" aria-label="Change: ${question.text}" @click=${() => change(question)}>Change</button></span>
                      <span><button class="link-button button-delete" type="button" aria-label="Delete: ${question.text}" @click=${() => remove(question)}>${binIcon()} Delete</button></span>`
                  : nothing}
              </p>
            </li>`,
          )}
        </ul>
      </section>`;

  draw();
  return onKeys({ Escape: () => done({ question: null, source }) });
}

/** Whether a question holds every word that is looked for, whatever their case. */
function holdsWords(text, words) {
  const held = text.toLocaleLowerCase("en");
  return words.toLocaleLowerCase("en").split(/\s+/).every((word) => held.includes(word));
}

/** Questions by kind, the kinds in the order of the bank, those without one at the end. */
function groupsOf(bank, questions) {
  const kinds = [...bank.kinds, { id: "other", name: "Other" }];
  const known = new Set(bank.kinds.map(({ id }) => id));
  return kinds
    .map(({ id, name }) => ({
      id,
      name,
      questions: questions.filter(({ kind }) => (known.has(kind) ? kind : "other") === id),
    }))
    .filter((group) => group.questions.length > 0);
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

// A question in the person's own words: written, changed.

/** Aims that a question can have, in seconds. */
const AIMS = [
  { low: 60, high: 120 },
  { low: 30, high: 60 },
  { low: 120, high: 180 },
];

const aimValue = (aim) => (aim ? `${aim.low}-${aim.high}` : "");

/**
 * Ask for a question.
 * @param {{kinds: object[], structures: object[]}} bank
 * @param {object|null} present the question to change; null for a new one
 * @returns {Promise<{text: string, kind: string|null, structure: string|null, aim: object|null}|null>} null: never mind
 */
function askForQuestion(bank, present = null) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  const aims = [...AIMS];
  if (present?.aim && !AIMS.some((aim) => aimValue(aim) === aimValue(present.aim))) {
    aims.push(present.aim);
  }
  render(
    html`<form method="dialog" class="dialog-body">
      <h2 id="dialog-title">${present ? "Change your question" : "Your own question"}</h2>
      <label class="field">
        <span class="field-label">The question</span>
        <textarea name="text" rows="3" maxlength="500" required autofocus .value=${present?.text ?? ""}></textarea>
      </label>
      ${select("kind", "Kind", "None of these", bank.kinds, present?.kind)}
      ${select("structure", "A structure that fits it", "None in particular", bank.structures, present?.structure)}
      ${select("aim", "How long an answer should be", "As the format says", aims.map((aim) => ({ id: aimValue(aim), name: aimWords(aim) })), aimValue(present?.aim))}
      <div class="buttons">
        <button class="button" type="button" @click=${() => dialog.close("no")}>${present ? "Leave as it was" : "Never mind"}</button>
        <button class="button button-main" value="yes">Save</button>
      </div>
    </form>`,
    dialog,
  );
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const entered = Object.fromEntries(new FormData(form));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? asDetails(entered, aims) : null);
    });
    dialog.showModal();
  });
}

function select(name, label, none, options, chosen) {
  return html`<label class="field">
    <span class="field-label">${label} <span class="quiet">(optional)</span></span>
    <select name=${name}>
      <option value="">${none}</option>
      ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === chosen}>${option.name}</option>`)}
    </select>
  </label>`;
}

/** @param {Record<string, any>} entered */
function asDetails({ text, kind, structure, aim }, aims) {
  return {
    text: text.trim(),
    kind: kind || null,
    structure: structure || null,
    aim: aims.find((one) => aimValue(one) === aim) ?? null,
  };
}
