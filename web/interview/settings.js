// Before a mock interview: what it will be like, and what the person chose for it once.

import { aimWords, lengthWords } from "../format/time.js";
import { usualTimeWords } from "../format/practice.js";
import { longestBefore } from "./longest.js";
import { isSpoken } from "../practice/preferences.js";
import { questionCount, questionCounts, timesOf } from "../practice/times.js";
import { html, live, nothing } from "../templating.js";

const NUMBERS = ["", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

const DRILLS = { repeat: "Say it again, clearly.", connection: "The connection drops." };

/**
 * What is sent to plan an interview.
 * @param {object} format with several questions
 * @param {object} chosen the preferences
 * @returns {object} choices as `POST /api/interviews` takes them
 */
export function interviewChoices(format, chosen) {
  const { interview } = format;
  return {
    extension: chosen.extension,
    questions: questionCount(format, chosen.questions),
    source: chosen.interviewSource,
    kinds: chosen.interviewSource === "all" ? chosen.mix : [],
    spoken: isSpoken(chosen, true),
    speed: chosen.speed,
    follow_ups: chosen.followUps,
    repeat: chosen.repeat && interview.repeat,
    connection_drop: chosen.connectionDrop && interview.connection,
    person_asks: chosen.personAsks,
    camera: chosen.camera,
  };
}

/**
 * @param {import("../practice/bank.js").Bank} bank
 * @param {object} format with several questions
 * @param {object} chosen the preferences
 * @param {(changes: object) => void} choose
 */
export function interviewSettings(bank, format, chosen, choose) {
  const { interview } = format;
  const times = timesOf(format, chosen.extension);
  const wanted = questionCount(format, chosen.questions);
  const count = Math.min(wanted, askable(bank, chosen));
  const longest = longestBefore(format, interviewChoices(format, chosen), times, count);
  return html`
    <p class="facts">
      <span>${format.name}</span>
      ${interview.usual && count === format.questions ? html`<span>usually ${usualTimeWords(interview.usual)}</span>` : nothing}
      <span>${longest === null ? "no time limit" : `up to ${lengthWords(Math.ceil(longest / 60) * 60)} in all`}</span>
    </p>
    <h1 id="question" class="question" tabindex="-1">${questionsWords(format, count)}</h1>
    <p class="choose-listens">${interview.drill ? format.summary : descriptionWords(format, times)}</p>
    ${interview.drill
      ? nothing
      : html`<p class="choose-source">
            <label class="quiet" for="questions">Questions</label>
            <select id="questions" class="select" @change=${(event) => choose({ questions: Number(event.target.value) })}>
              ${questionCounts(format).map((number) => html`<option value=${number} .selected=${live(number === wanted)}>${number}</option>`)}
            </select>
          </p>
          ${mixFields(bank, chosen, choose)} ${switches(interview, chosen, choose)}`}
  `;
}

/** How many questions there are to draw from, as far as the person's own choice narrows it. */
export function askable(bank, { interviewSource, mix }) {
  if (interviewSource !== "all") {
    return bank.from(interviewSource).length;
  }
  return mix.length === 0 ? bank.from("all").length : mix.reduce((sum, kind) => sum + bank.from(`kind:${kind}`).length, 0);
}

const SOURCES = [
  { id: "all", words: "The bank" },
  { id: "favourites", words: "Your favourites" },
  { id: "own", words: "Your own questions" },
];

/** Which kinds of question are asked, chosen once. */
function mixFields(bank, chosen, choose) {
  const kinds = bank.kinds.filter(({ id }) => bank.from(`kind:${id}`).length > 0);
  const names = kinds.filter(({ id }) => chosen.mix.includes(id)).map(({ name }) => name);
  const source = SOURCES.find(({ id }) => id === chosen.interviewSource) ?? SOURCES[0];
  const words = source.id !== "all" ? source.words : names.length === 0 ? "as this interview has them" : names.join(", ");
  const toggle = (id, on) => choose({ mix: on ? [...chosen.mix, id] : chosen.mix.filter((kind) => kind !== id) });
  return html`<details class="interview-switches">
    <summary>Kinds of question: <span class="quiet">${words}</span></summary>
    <div class="interview-switch-list">
      <fieldset class="interview-mix">
        <legend class="visually-hidden">Drawn from</legend>
        <div class="choices">
          ${SOURCES.map(
            ({ id, words: label }) => html`<label class="choice">
              <input type="radio" name="interview-source" value=${id} .checked=${live(id === source.id)} @change=${() => choose({ interviewSource: id })} />
              <span>${label}</span>
            </label>`,
          )}
        </div>
      </fieldset>
      ${source.id === "all"
        ? html`<fieldset class="interview-mix">
            <legend class="quiet small">Choose some, or leave them all open for the usual mix.</legend>
            <div class="interview-kinds">
              ${kinds.map(
                ({ id, name }) => html`<label class="mark-field" for=${`mix-${id}`}>
                  <input id=${`mix-${id}`} type="checkbox" .checked=${live(chosen.mix.includes(id))} @change=${(event) => toggle(id, event.target.checked)} />
                  <span>${name}</span>
                </label>`,
              )}
            </div>
          </fieldset>`
        : nothing}
    </div>
  </details>`;
}

/** What may happen in an interview: each can be switched off. */
function switches(interview, chosen, choose) {
  const offered = SWITCHES.filter(({ isOffered }) => isOffered(interview));
  const on = offered.filter(({ name }) => chosen[name]).map(({ short }) => short);
  return html`<details class="interview-switches">
    <summary>What may happen: <span class="quiet">${on.length === 0 ? "only the questions" : on.join(", ")}</span></summary>
    <div class="interview-switch-list">
      ${offered.map(({ name, label, hint }) => switchField(name, label, hint, chosen[name], (value) => choose({ [name]: value })))}
    </div>
  </details>`;
}

const SWITCHES = [
  {
    name: "followUps",
    short: "follow-up questions",
    label: "Follow-up questions",
    hint: "Asked where an answer was short, or an example was missing.",
    isOffered: ({ follow_ups: most }) => most > 0,
  },
  {
    name: "repeat",
    short: "‘could you repeat that?’",
    label: "‘Could you repeat that?’",
    hint: "Once, as happens on a call. The second telling is compared with the first.",
    isOffered: ({ repeat }) => repeat,
  },
  {
    name: "connectionDrop",
    short: "the connection drops",
    label: "The connection drops",
    hint: "Once, in the middle of a question. You practise what to do then. Your real connection is not touched.",
    isOffered: ({ connection }) => connection,
  },
  {
    name: "personAsks",
    short: "a person asks",
    label: "A person asks the questions",
    hint: "A friend or mentor sits beside you and uses a second window on this machine.",
    isOffered: () => true,
  },
];

function switchField(id, label, hint, checked, choose) {
  return html`<label class="switch-field" for=${id}>
    <input id=${id} type="checkbox" .checked=${live(checked)} aria-describedby=${`${id}-hint`} @change=${(event) => choose(event.target.checked)} />
    <span>${label}<span id=${`${id}-hint`} class="quiet small switch-hint">${hint}</span></span>
  </label>`;
}

/** 'Seven questions, one after the other.' */
function questionsWords(format, count) {
  if (format.interview.drill) {
    return DRILLS[format.interview.drill];
  }
  return count < 2 ? "There are not enough questions here yet." : `${NUMBERS[count] ?? count} questions, one after the other.`;
}

function descriptionWords(format, { preparation, answer, pause }) {
  const words = [];
  if (format.interview.interviewers === 2) {
    words.push("Two interviewers take turns.");
  }
  words.push(preparation === null
      ? "You answer as soon as a question was asked."
      : `You have ${lengthWords(preparation)} ${format.preparation_kind === "read" ? "to read before you are asked" : "before each answer"}.`);
  if (answer !== null) {
    words.push(`An answer ends by itself at ${lengthWords(answer)}.`);
  }
  if (pause !== null) {
    words.push(`Between questions there are ${lengthWords(pause)} to breathe.`);
  }
  if (format.aim && format.preparation_kind !== "read") {
    words.push(`Aim: ${aimWords(format.aim)}.`);
  }
  words.push("At the end there is one report on the interview, and one on each answer.");
  return words.join(" ");
}
