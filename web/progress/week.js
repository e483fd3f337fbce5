// One week: its summary and its focus, and the way to other weeks.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { countWords } from "../format/time.js";
import { weekDays, weekWords } from "../format/trends.js";
import { html, nothing, render } from "../templating.js";
import { addDays, mondayOf, weekName } from "./axes.js";
import { Focus } from "./focus.js";

export class Week {
  #monday = mondayOf(new Date());
  /** @type {any} */
  #focus = null;
  /** @type {any} */
  #summary = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  /** @param {{zone: string, tag?: string}} scope whose week, as the service takes it */
  constructor(scope) {
    this.scope = scope;
    this.element = document.createElement("section");
    this.element.className = "week";
    this.element.setAttribute("aria-labelledby", "week-title");
    this.#open();
  }

  close() {
    this.#closed = true;
    this.#focus.close();
  }

  get #isPresent() {
    return this.#monday.getTime() === mondayOf(new Date()).getTime();
  }

  #open() {
    this.#focus?.close();
    this.#summary = null;
    this.#focus = new Focus(weekName(this.#monday), this.scope, this.#isPresent);
    this.#draw();
    this.refresh();
  }

  /** Look again: takes may have been added. */
  async refresh() {
    const focus = this.#focus;
    const asked = focus.refresh();
    try {
      const summary = await api.week(weekName(this.#monday), this.scope);
      await asked;
      if (focus !== this.#focus) {
        return;
      }
      this.#summary = summary;
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #step(weeks) {
    this.#monday = addDays(this.#monday, 7 * weeks);
    this.#open();
  }

  #draw() {
    if (this.#closed) {
      return;
    }
    const monday = this.#monday;
    render(
      html`<div class="progress-section-head">
          <h2 id="week-title" class="section-title" aria-live="polite">${weekWords(monday, mondayOf(new Date()))}</h2>
          <p class="quiet">${weekDays(monday, addDays(monday, 6))}</p>
          <div class="buttons">
            <button class="button button-plain" type="button" @click=${() => this.#step(-1)}>Week before</button>
            <button class="button button-plain" type="button" ?disabled=${this.#isPresent} @click=${() => this.#step(1)}>Week after</button>
          </div>
        </div>
        <div class="week-parts">
          <section aria-labelledby="summary-title">
            <h3 id="summary-title">The week in short</h3>
            ${this.#problem ? problemNotice(this.#problem) : nothing}
            ${this.#summary ? weekSummary(this.#summary) : this.#problem ? nothing : html`<div class="skeleton week-skeleton" aria-hidden="true"></div>`}
          </section>
          ${this.#focus.element}
        </div>`,
      this.element,
    );
  }
}

// A week in short: how much, on what, and the four figures beside those of the weeks before.

/** @param {object} week of the service */
function weekSummary(week) {
  const kinds = week.kinds.filter(({ name }) => name);
  return html`
    <p class="week-sentence">${week.sentence}</p>
    ${kinds.length > 0 ? html`<p class="facts">${kinds.map(({ name, takes }) => html`<span>${name}: ${countWords(takes, "take")}</span>`)}</p>` : nothing}
    ${week.view.length > 0 ? figures(week.view) : nothing}
  `;
}

function figures(rows) {
  return html`<table class="week-figures">
    <caption class="visually-hidden">The four measures in this week and in the four weeks before</caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">In this week</th>
        <th scope="col">Four weeks before</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ label, value, takes, before, before_takes: beforeTakes }) => html`<tr>
          <th scope="row">${label}</th>
          <td>${value} <small class="quiet">${takes}</small></td>
          <td>${beforeTakes ? html`${before} <small class="quiet">${beforeTakes}</small>` : html`<span class="quiet">${before}</span>`}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
