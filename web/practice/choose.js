// Before anything is recorded: the question, large, and how it will be practised.

import { announce, problemNotice } from "../components/notices.js";
import { arrangementWords, extensionWords } from "../format/practice.js";
import { aimWords, countWords } from "../format/time.js";
import { html, live, nothing, render } from "../templating.js";
import { askable, interviewSettings } from "../interview/settings.js";
import { star } from "./browse.js";
import { NotesEditor } from "./notes-editor.js";
import { QuestionNotes } from "./question-notes.js";
import { isSpoken, preferences, remember, rememberQuestion } from "./preferences.js";
import { aimOf, hasTimes, timesOf } from "./times.js";
import { readinessAside } from "../progress/readiness.js";

/** What one can apply to; questions for the others are left out. */
const APPLYING_TO = [
  { value: "", words: "School or residency" },
  { value: "medical_school", words: "Medical school" },
  { value: "residency", words: "Residency" },
];

/** Wide enough for the map to stand beside the question, as in readiness.css. */
const BESIDE = "(min-width: 64rem)";

/** Speed of a question that is said a little slower. */
const SLOWER = 0.9;

/**
 * Step. Outcome: {go: "practise"|"browse"|"check", question}.
 * @param {HTMLElement} container
 * @param {{bank: import("./bank.js").Bank, question: object, above: HTMLElement, readiness?: any, reminder?: string,
 *   practisedFor?: import("./practised-for.js").PractisedFor|null, forAssignment?: import("./for-assignment.js").ForAssignment|null}} context `above` stands before the
 *   question, `readiness` beside it; `reminder` of the one change, where an answer is recorded again
 */
export function chooseStep(container, { bank, question: first, above, readiness = null, reminder = "", practisedFor = null, forAssignment = null }, done) {
  let question = first;
  /** @type {unknown} */
  let problem = null;
  let notes = notesOf(question);

  const surprise = () => {
    question = bank.draw(preferences().source, question);
    rememberQuestion(question.id);
    notes?.close();
    notes = notesOf(question);
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

  const applyTo = async (changes) => {
    problem = null;
    try {
      await bank.applyTo(changes);
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
    const several = format.interview !== null;
    const go = (where) => async () => {
      // A note that is refused is shown before the person goes on without it.
      if (where !== "practise" || several || !notes || (await notes.settle())) {
        done({ go: where, question });
      }
    };
    practisedFor?.show(question);
    const enough = !several || askable(bank, chosen) >= Math.min(2, format.questions);
    render(
      html`
        ${above} ${problem ? problemNotice(problem) : nothing}
        <div class=${readiness && !several ? "choose-beside choose-beside-map" : "choose-beside"}>
        <section class="choose" aria-labelledby="question">
          ${forAssignment?.line(several ? null : question) ?? nothing}
          ${several ? interviewSettings(bank, format, chosen, choose) : oneQuestion(bank, question, format, favour, readiness?.today, question.id === first.id ? reminder : "")}
          ${several ? nothing : (practisedFor?.element ?? nothing)} ${several ? nothing : (notes?.element ?? nothing)}
          <div class="buttons choose-buttons">
            <button class="button button-main button-large" type="button" ?disabled=${!enough} @click=${go("practise")}>
              ${several ? startWords(format) : "Practise this question"}
            </button>
            ${several
              ? nothing
              : html`<button class="button button-large" type="button" @click=${surprise}>Surprise me${chosen.source === "all" ? "" : ` (${bank.sourceName(chosen.source)})`}</button>
                  <button class="button button-large" type="button" @click=${go("browse")}>Choose another</button>`}
          </div>
        </section>
        ${readiness && !several ? readinessAside(readiness, matchMedia(BESIDE).matches) : nothing}
        ${arrangement(bank, chosen, several ? format.aim : aimOf(format, question), choose, applyTo, go("check"))}
        <p class="quiet choose-else">Recorded already? <a href="/upload" data-page>Upload a recording</a>, and it gets the same report.</p>
        </div>
      `,
      container,
    );
  };

  draw();
  return () => notes?.close();
}

/** Where notes on a question are written; null for one that none can be kept for. */
function notesOf(question) {
  const notes = new QuestionNotes(question);
  return notes.possible ? new NotesEditor(notes) : null;
}

function oneQuestion(bank, question, format, favour, today, reminder) {
  const structure = bank.structureOf(question);
  const aim = aimOf(format, question);
  return html`
    <div class="choose-kind">
      <p class="facts">
        ${today && today.question.id === question.id ? html`<span class="choose-today">${today.title}</span>` : nothing}
        <span>${bank.kindName(question) || "Your question"}</span>
        ${aim ? html`<span>aim: ${aimWords(aim)}</span>` : nothing}
        ${question.takes > 0 ? html`<span>practised ${question.takes === 1 ? "once" : countWords(question.takes, "time")}</span>` : nothing}
      </p>
      ${question.id ? star(question, favour) : nothing}
    </div>
    ${question.scenario ? html`<p class="choose-scenario">${question.scenario}</p>` : nothing}
    <h1 id="question" class="question" tabindex="-1">${question.text}</h1>
    ${reminder ? html`<p class="choose-reminder">${reminder}</p>` : nothing}
    ${question.listens_for ? html`<p class="choose-listens"><span class="quiet">What they listen for:</span> ${question.listens_for}</p>` : nothing}
    ${structure
      ? html`<details class="choose-structure">
          <summary>A structure that fits it: ${structure.name}</summary>
          <dl>
            ${structure.steps.map(({ name, hint }) => html`<div><dt>${name}</dt><dd>${hint}</dd></div>`)}
          </dl>
        </details>`
      : nothing}
  `;
}

// How one practises: the format, more time, the camera, three breaths.

/**
 * @param {import("./bank.js").Bank} bank
 * @param {object} chosen the preferences
 * @param {{low: number, high: number}|null} aim of an answer in this format
 * @param {(changes: object) => void} choose
 * @param {(changes: {applying_to?: string|null, specialty?: string|null}) => void} applyTo
 * @param {() => void} check goes to the microphone
 */
function arrangement(bank, chosen, aim, choose, applyTo, check) {
  const format = bank.format(chosen.format);
  const times = timesOf(format, chosen.extension);
  const problem = bank.formatsProblem;
  return html`<section class="arrangement" aria-labelledby="arrangement-title">
    <h2 id="arrangement-title">How you practise</h2>
    <div class="arrangement-fields">
      <div class="field">
        <label class="field-label" for="format">Format</label>
        <select id="format" .value=${live(format.id)} @change=${(event) => choose({ format: event.target.value })}>
          ${formatGroups(bank.formats).map(
            ({ label, formats }) =>
              html`<optgroup label=${label}>
                ${formats.map(({ id, name }) => html`<option value=${id} ?selected=${id === format.id}>${name}</option>`)}
              </optgroup>`,
          )}
        </select>
      </div>
      ${hasTimes(format)
        ? html`<div class="field">
            <label class="field-label" for="extension">Time</label>
            <select id="extension" @change=${(event) => choose({ extension: JSON.parse(event.target.value) })}>
              ${bank.extensions.map(
                (extension) =>
                  html`<option value=${JSON.stringify(extension)} ?selected=${extension === chosen.extension}>${extensionWords(extension)}</option>`,
              )}
            </select>
          </div>`
        : nothing}
      <div class="field">
        <label class="field-label" for="applying-to">You apply to</label>
        <select id="applying-to" @change=${(event) => applyTo({ applying_to: event.target.value || null })}>
          ${APPLYING_TO.map(({ value, words }) => html`<option value=${value} .selected=${live(value === (bank.applyingTo ?? ""))}>${words}</option>`)}
        </select>
      </div>
      ${bank.applyingTo === "residency"
        ? html`<div class="field">
            <label class="field-label" for="specialty">Specialty</label>
            <select id="specialty" @change=${(event) => applyTo({ specialty: event.target.value || null })}>
              <option value="" .selected=${live(bank.specialty === null)}>Not chosen</option>
              ${bank.specialties.map(({ id, name }) => html`<option value=${id} .selected=${live(id === bank.specialty)}>${name}</option>`)}
            </select>
          </div>`
        : nothing}
      <div class="arrangement-marks">
        ${mark("camera", "Camera too", chosen.camera, (camera) => choose({ camera }))}
        ${mark("spoken", format.interview ? "Ask the questions aloud" : "Say the question aloud", isSpoken(chosen, format.interview !== null), (spoken) => choose({ spoken }))}
        ${isSpoken(chosen, format.interview !== null)
          ? mark("slower", "A little slower", chosen.speed < 1, (slower) => choose({ speed: slower ? SLOWER : 1 }))
          : nothing}
        ${mark("breaths", "Three slow breaths first", chosen.breaths, (breaths) => choose({ breaths }))}
      </div>
    </div>
    ${format.interview?.drill ? nothing : html`<p class="quiet">${format.summary}</p>`}
    <p class="facts arrangement-words">${arrangementWords(format, times, aim).map((part) => html`<span>${part}</span>`)}</p>
    ${problem ? html`<div class="notice"><strong>Your own formats cannot be read.</strong> ${problem.text}</div>` : nothing}
    <button class="link-button" type="button" @click=${check}>Check the microphone${chosen.camera ? " and camera" : ""}</button>
  </section>`;
}

const startWords = ({ interview }) => (interview.drill ? "Start the drill" : "Start the interview");

/** The formats by what they are. */
function formatGroups(formats) {
  const groups = [
    { label: "One question", formats: formats.filter(({ interview }) => !interview) },
    { label: "Interviews", formats: formats.filter(({ interview }) => interview && !interview.drill) },
    { label: "Drills", formats: formats.filter(({ interview }) => interview?.drill) },
  ];
  return groups.filter((group) => group.formats.length > 0);
}

function mark(id, label, checked, choose) {
  return html`<label class="mark-field" for=${id}>
    <input id=${id} type="checkbox" .checked=${live(checked)} @change=${(event) => choose(event.target.checked)} />
    <span>${label}</span>
  </label>`;
}
