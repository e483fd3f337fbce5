// A new assignment: what to practise, until when, and what is shown of it.

import { api } from "../api.js";
import { FIGURES } from "../advising/figures.js";
import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { choiceField, markField, textField } from "../prepare/fields.js";
import { zoneField, zoneList } from "../prepare/zone-field.js";
import { timeZone } from "../progress/axes.js";
import { html, nothing, render, repeat } from "../templating.js";

const MOST_QUESTIONS = 20;
const LONGEST = { title: 200, question: 500, instructions: 2000 };
const ATTEMPTS = ["1", "2", "3", "5"];

/** @type {any} */
const EMPTY = {
  title: null,
  instructions: null,
  kind: "questions",
  questions: [{ text: "" }],
  format: null,
  date: null,
  time: "20:00",
  zone: null,
  attempts: null,
  figures: FIGURES.map(({ figure }) => figure),
  reflectFirst: false,
  rubric: null,
};

export class AssignmentForm {
  /** As it was typed. */
  #typed = { ...EMPTY, questions: [{ text: "" }], zone: timeZone() };
  /** @type {any[]} */
  #bank = [];
  /** @type {any[]} */
  #formats = [];
  /** @type {any[]} */
  #rubrics = [];
  /** @type {any[]} */
  #zones = [];
  /** By field. @type {Record<string, string>} */
  #refused = {};
  /** @type {unknown} */
  #problem = null;
  #busy = false;

  /** @param {string} cohort @param {{onAdded: (assignment: any) => void, onClose: () => void}} does */
  constructor(cohort, does) {
    this.cohort = cohort;
    this.does = does;
    this.element = document.createElement("form");
    this.element.className = "assignment-form";
    this.element.noValidate = true;
    this.element.setAttribute("aria-label", "New assignment");
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    this.#draw();
    this.#load();
  }

  /** What there is to choose from. */
  async #load() {
    try {
      const [questions, formats, rubrics, zones] = await Promise.all([api.questions(), api.formats(), advising.rubrics(), api.timeZones()]);
      this.#bank = questions.items;
      this.#formats = formats.items.filter(({ interview }) => interview !== null);
      this.#rubrics = rubrics;
      this.#zones = zones.items;
      this.#typed.format ??= this.#formats[0]?.id ?? null;
      this.#typed.rubric ??= this.#rubrics[0]?.id ?? null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  focus() {
    /** @type {HTMLElement|null} */ (this.element.querySelector("input"))?.focus();
  }

  #missing() {
    const { title, kind, questions, date, zone } = this.#typed;
    return {
      ...(title ? {} : { title: "Write what it is called." }),
      ...(kind === "questions" && !questions.some(({ text }) => text) ? { "question-0": "Choose a question, or write one." } : {}),
      ...(date && !zone ? { zone: "Choose the time zone of this time." } : {}),
    };
  }

  #body() {
    const { title, instructions, kind, questions, format, date, time, zone, attempts, figures, reflectFirst, rubric } = this.#typed;
    const asked = questions.filter(({ text }) => text).map(({ text }) => {
      const known = this.#bank.find((one) => one.text === text);
      return known ? { text, question_id: known.id } : { text };
    });
    return {
      title,
      instructions,
      kind,
      questions: kind === "questions" ? asked : [],
      format_id: kind === "interview" ? format : null,
      due: date ? { date, time: time ?? "23:59", zone } : null,
      attempts: attempts ? Number(attempts) : null,
      figures,
      reflect_first: reflectFirst,
      rubric,
    };
  }

  async #add() {
    if (this.#busy) {
      return;
    }
    this.#refused = this.#missing();
    this.#problem = null;
    if (Object.keys(this.#refused).length === 0) {
      this.#busy = true;
      this.#draw();
      try {
        this.does.onAdded(await advising.addAssignment(this.cohort, this.#body()));
        return;
      } catch (error) {
        this.#problem = error;
      }
      this.#busy = false;
    }
    this.#draw();
    /** @type {HTMLElement|null} */ (this.element.querySelector("[aria-invalid], [role=alert]"))?.focus();
  }

  #write(field, value) {
    this.#typed = { ...this.#typed, [field]: value };
    delete this.#refused[field];
    this.#draw();
  }

  #field(field, words, /** @type {any} */ how = {}) {
    return {
      id: `assignment-${field}`,
      words,
      value: this.#typed[field],
      change: (value) => this.#write(field, value),
      said: { saved: false, problem: this.#refused[field] ?? "" },
      ...how,
    };
  }

  #draw() {
    const { kind } = this.#typed;
    render(
      html`
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${textField(this.#field("title", "What it is called", { longest: LONGEST.title, placeholder: "As in: Week 1, about yourself" }))}
        <label class="field">
          <span class="field-label">What to do <span class="quiet">(optional)</span></span>
          <textarea rows="3" maxlength=${LONGEST.instructions} .value=${this.#typed.instructions ?? ""} @change=${(event) => this.#write("instructions", event.target.value.trim() || null)}></textarea>
        </label>
        ${choiceField(this.#field("kind", "Kind", { choices: [{ value: "questions", words: "Questions, one by one" }, { value: "interview", words: "A mock interview" }] }))}
        ${kind === "questions"
          ? this.#questions()
          : choiceField(this.#field("format", "Format", { choices: this.#formats.map(({ id, name }) => ({ value: id, words: name })) }))}
        <div class="assignment-due">
          ${textField(this.#field("date", "Due", { type: "date", optional: true }))}
          ${this.#typed.date
            ? html`${textField(this.#field("time", "Time", { type: "time" }))}
                ${zoneField({ ...this.#field("zone", "Time zone", { hint: "Everybody sees the time on their own clock." }), offered: true, zones: this.#zones })} ${zoneList(this.#zones)}`
            : nothing}
        </div>
        <div class="assignment-pair">
          ${choiceField(
            this.#field("attempts", kind === "interview" ? "Times they can do it" : "Takes of each question", {
              choices: [{ value: "", words: "As many as one likes" }, ...ATTEMPTS.map((value) => ({ value, words: value === "1" ? "1, and no more" : `Up to ${value}` }))],
            }),
          )}
          ${choiceField(this.#field("rubric", "Rubric", { choices: this.#rubrics.map(({ id, name }) => ({ value: id, words: name })) }))}
        </div>
        <fieldset class="assignment-figures">
          <legend class="field-label">Figures that are shown</legend>
          ${FIGURES.map(({ figure, label }) =>
            markField({
              id: `assignment-figure-${figure}`,
              words: label,
              checked: this.#typed.figures.includes(figure),
              change: (shown) => this.#write("figures", FIGURES.map((one) => one.figure).filter((one) => (one === figure ? shown : this.#typed.figures.includes(one)))),
            }),
          )}
          <p class="quiet small">A figure that is left out is shown to nobody, in these answers only.</p>
        </fieldset>
        ${markField({
          id: "assignment-reflect",
          words: "They say how it felt before they see any figure",
          checked: this.#typed.reflectFirst,
          change: (first) => this.#write("reflectFirst", first),
        })}
        <div class="buttons">
          <button class="button button-main" type="submit" aria-disabled=${String(this.#busy)}>Assign it</button>
          <button class="button" type="button" @click=${() => this.does.onClose()}>Not now</button>
        </div>
      `,
      this.element,
    );
  }

  #questions() {
    const { questions } = this.#typed;
    const set = (place, text) => this.#write("questions", questions.map((one, at) => (at === place ? { text } : one)));
    return html`<fieldset class="assignment-questions">
      <legend class="field-label">Questions</legend>
      <datalist id="bank-questions">${this.#bank.map(({ text }) => html`<option value=${text}></option>`)}</datalist>
      ${repeat(
        questions,
        (_, place) => place,
        ({ text }, place) => html`<div class="assignment-question">
          ${textField({
            id: `assignment-question-${place}`,
            words: `Question ${place + 1}`,
            value: text,
            change: (typed) => {
              delete this.#refused[`question-${place}`];
              set(place, typed ?? "");
            },
            list: "bank-questions",
            longest: LONGEST.question,
            placeholder: "Choose one from the list, or write your own",
            said: { saved: false, problem: this.#refused[`question-${place}`] ?? "" },
          })}
          ${questions.length > 1
            ? html`<button class="button button-plain" type="button" aria-label=${`Remove question ${place + 1}`} @click=${() => this.#write("questions", questions.filter((_, at) => at !== place))}>Remove</button>`
            : nothing}
        </div>`,
      )}
      ${questions.length < MOST_QUESTIONS
        ? html`<button class="button button-plain" type="button" @click=${() => this.#write("questions", [...questions, { text: "" }])}>Add a question</button>`
        : nothing}
    </fieldset>`;
  }
}
