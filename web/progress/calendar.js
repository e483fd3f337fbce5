// Days on which there were takes, week beside week. A day without any is blank, and nothing is said of it.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { practiceDayWords, takeDay, tickDay } from "../format/trends.js";
import { addDays, dayName, mondayOf } from "./axes.js";

/** Weeks that are shown: half a year where the page is wide, a quarter where it is not. */
const MOST_WEEKS = 24;
const LEAST_WEEKS = 12;
const WIDE = "(min-width: 56rem)";
const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** Pixels across: of one take, and the most. The area grows with the takes. */
const DOT = 9;
const LARGEST_DOT = 22;

export class Calendar {
  /** The Monday of the last week shown. */
  #last = mondayOf(new Date());
  #wide = matchMedia(WIDE);
  /** @type {any} */
  #days = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  /** @param {{zone: string, tag?: string}} scope whose days, as the service takes it */
  constructor(scope) {
    this.scope = scope;
    this.element = document.createElement("section");
    this.element.className = "calendar";
    this.element.setAttribute("aria-labelledby", "calendar-title");
    const widened = () => this.#draw();
    this.#wide.addEventListener("change", widened);
    this.close = () => {
      this.#closed = true;
      this.#wide.removeEventListener("change", widened);
    };
    this.#draw();
    this.refresh();
  }

  get #weeks() {
    return this.#wide.matches ? MOST_WEEKS : LEAST_WEEKS;
  }

  get #first() {
    return addDays(this.#last, -7 * (this.#weeks - 1));
  }

  /** Look again: takes may have been added. All that a wide page shows is asked for, so that a page can become one. */
  async refresh() {
    const last = this.#last;
    const first = addDays(last, -7 * (MOST_WEEKS - 1));
    try {
      const { days } = await api.calendar({ ...this.scope, first: dayName(first), last: dayName(addDays(last, 6)) });
      if (last !== this.#last) {
        return;
      }
      this.#days = new Map(days.map((day) => [day.day, day]));
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #step(weeks) {
    this.#last = addDays(this.#last, 7 * weeks);
    this.#days = null;
    this.#draw();
    this.refresh();
  }

  #draw() {
    if (this.#closed) {
      return;
    }
    const latest = this.#last.getTime() === mondayOf(new Date()).getTime();
    render(
      html`<div class="progress-section-head">
          <h2 id="calendar-title" class="section-title">Days you practised</h2>
          <p class="quiet">${takeDay(this.#first)} to ${takeDay(addDays(this.#last, 6))}</p>
          <div class="buttons">
            <button class="button button-plain" type="button" @click=${() => this.#step(-this.#weeks)}>Weeks before</button>
            <button class="button button-plain" type="button" ?disabled=${latest} @click=${() => this.#step(this.#weeks)}>Weeks after</button>
          </div>
        </div>
        ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#table()}`,
      this.element,
    );
  }

  #table() {
    const mondays = Array.from({ length: this.#weeks }, (_, index) => addDays(this.#first, 7 * index));
    return html`<table class="calendar-days" aria-busy=${this.#days ? nothing : "true"}>
      <caption class="visually-hidden">Takes by day; a larger dot stands for more takes</caption>
      <thead>
        <tr>
          <td></td>
          ${mondays.map((monday) => weekHead(monday))}
        </tr>
      </thead>
      <tbody>
        ${WEEKDAYS.map(
          (name, index) => html`<tr>
            <th scope="row"><span aria-hidden="true">${name.slice(0, 2)}</span><span class="visually-hidden">${name}</span></th>
            ${mondays.map((monday) => this.#day(addDays(monday, index)))}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #day(date) {
    const found = this.#days?.get(dayName(date));
    if (!found) {
      return html`<td></td>`;
    }
    const words = practiceDayWords(date, found);
    const size = Math.min(LARGEST_DOT, DOT * Math.sqrt(found.takes));
    return html`<td title=${words}>
      <span class="calendar-dot" .style=${`width: ${size}px; height: ${size}px`} aria-hidden="true"></span>
      <span class="visually-hidden">${words}</span>
    </td>`;
  }
}

/** The name of a month stands over the week in which it begins. */
function weekHead(monday) {
  const sunday = addDays(monday, 6);
  const begins = sunday.getDate() <= 7;
  return html`<th scope="col">
    ${begins ? html`<span class="calendar-month" aria-hidden="true">${tickDay({ day: sunday, months: true })}</span>` : nothing}
    <span class="visually-hidden">Week from ${takeDay(monday)}</span>
  </th>`;
}
