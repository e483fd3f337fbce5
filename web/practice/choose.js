// Before anything is recorded: the question, large, and how it will be practised.

import { html, render, nothing } from "../templating.js";
import { announce } from "../components/announce.js";
import { problemNotice } from "../components/problem.js";
import { aimWords } from "../format/formats.js";
import { countWords } from "../format/sizes.js";
import { arrangement } from "./arrangement.js";
import { sourceSelect, star } from "./browse.js";
import { preferences, remember } from "./preferences.js";
import { aimOf, timesOf } from "./times.js";

/**
 * Step. Outcome: {go: "practise"|"browse"|"check", question}.
 * @param {HTMLElement} room
 * @param {{bank: import("./bank.js").Bank, question: object, above: HTMLElement}} context `above` stands before the
 *   question
 */
export function chooseStep(room, { bank, question: first, above }, done) {
  let question = first;
  let problem = null;

  const surprise = () => {
    question = bank.draw(preferences().source, question);
    remember({ question: question.id });
    draw();
    announce(question.text);
  };

  const favour = async () => {
    problem = null;
    try {
      await bank.setFavourite(question, !question.favourite);
    } catch (error) {
      problem = error;
    }
    draw();
  };

  const choose = (changes) => {
    remember(changes);
    draw();
  };

  const draw = () => {
    const chosen = preferences();
    const format = bank.format(chosen.format);
    const several = format.questions > 1;
    const go = (where) => () => done({ go: where, question });
    const enough = !several || bank.from(chosen.source).length > 1;
    render(
      html`
        ${above} ${problem ? problemNotice(problem) : nothing}
        <section class="choose" aria-labelledby="question">
          ${several ? interview(bank, format, chosen, choose) : oneQuestion(bank, question, format, favour)}
          <div class="buttons choose-buttons">
            <button class="button button-main button-large" type="button" ?disabled=${!enough} @click=${go("practise")}>
              ${several ? "Start the interview" : "Practise this question"}
            </button>
            ${several
              ? nothing
              : html`<button class="button button-large" type="button" @click=${surprise}>Surprise me${chosen.source === "all" ? "" : ` (${bank.sourceName(chosen.source)})`}</button>
                  <button class="button button-large" type="button" @click=${go("browse")}>Choose another</button>`}
          </div>
        </section>
        ${arrangement(bank, chosen, several ? format.aim : aimOf(format, question), choose, go("check"))}
        <p class="quiet choose-else">Recorded already? <a href="/hand-in" data-place>Hand in a recording</a>, and it gets the same report.</p>
      `,
      room,
    );
  };

  draw();
}

function oneQuestion(bank, question, format, favour) {
  const structure = bank.structureOf(question);
  const aim = aimOf(format, question);
  return html`
    <div class="choose-kind">
      <p class="facts">
        <span>${bank.kindName(question) || "Your question"}</span>
        ${aim ? html`<span>aim ${aimWords(aim)}</span>` : nothing}
        ${question.takes > 0 ? html`<span>practised ${question.takes === 1 ? "once" : countWords(question.takes, "time")}</span>` : nothing}
      </p>
      ${question.id ? star(question, favour) : nothing}
    </div>
    <h1 id="question" class="question" tabindex="-1">${question.text}</h1>
    ${question.listens_for ? html`<p class="choose-listens"><span class="quiet">What they listen for:</span> ${question.listens_for}</p>` : nothing}
    ${structure
      ? html`<details class="choose-structure">
          <summary>A shape that suits it: ${structure.name}</summary>
          <dl>
            ${structure.steps.map(({ name, hint }) => html`<div><dt>${name}</dt><dd>${hint}</dd></div>`)}
          </dl>
        </details>`
      : nothing}
  `;
}

const NUMBERS = ["", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** 'Five questions, one after the other.' */
function questionsWords(count) {
  return count < 2 ? "There are not enough questions here yet." : `${NUMBERS[count] ?? count} questions, one after the other.`;
}

function interview(bank, format, chosen, choose) {
  const { pause } = timesOf(format, chosen.extension);
  const count = Math.min(format.questions, bank.from(chosen.source).length);
  return html`
    <p class="facts"><span>${format.name}</span></p>
    <h1 id="question" class="question" tabindex="-1">${questionsWords(count)}</h1>
    <p class="choose-listens">
      You see each when its turn comes${pause === null ? ", and go on when you are ready" : `, with ${pause} s to breathe in between`}. At the end there is one
      report for the interview and one for each answer.
    </p>
    <p class="choose-source"><span class="quiet">Drawn from</span> ${sourceSelect(bank, chosen.source, (source) => choose({ source }))}</p>
  `;
}
