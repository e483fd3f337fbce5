// Prepare: the next interview, its plan, all interviews, and the places where the rest is done.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { NEW_INTERVIEW } from "../prepare/addresses.js";
import { interviewList } from "../prepare/interview-list.js";
import { nextInterview, places } from "../prepare/next-interview.js";
import { PlanView } from "../prepare/plan-view.js";
import { timeZone } from "../progress/axes.js";
import { html, nothing, render } from "../templating.js";

export function openPrepare(container) {
  const page = new Prepare(container);
  return () => page.close();
}

class Prepare {
  /** @type {any[]|null} */
  #interviews = null;
  /** @type {any} */
  #next = null;
  /** @type {PlanView|null} */
  #plan = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  constructor(container) {
    this.container = container;
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  async #load() {
    try {
      const [{ items }, { next }] = await Promise.all([api.scheduledInterviews(), api.preparation({ zone: timeZone() })]);
      const plan = next && (await api.plan(next.id));
      this.#interviews = items;
      this.#next = next;
      this.#plan = plan && new PlanView(plan);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="prepare"><h1>Prepare</h1>${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    if (this.#problem) {
      return html`${problemNotice(this.#problem)}
        <div class="buttons"><button class="button button-main" type="button" @click=${() => this.#load()}>Try again</button></div>`;
    }
    if (!this.#interviews) {
      return skeleton();
    }
    if (this.#interviews.length === 0) {
      return html`${empty()} ${places()}`;
    }
    return html`
      ${this.#next
        ? html`<div class="prepare-top">${nextInterview(this.#next)} ${places()}</div>`
        : places()}
      ${this.#plan?.element ?? nothing} ${interviewList(this.#interviews)}
    `;
  }
}

function empty() {
  return html`<div class="empty">
    <h2>Do you have an invitation?</h2>
    <p class="lead">
      Add the interview, and this page shows both time zones, how many days are left, and a plan for them. Greenroom ticks off what it sees you practise.
    </p>
    <a class="button button-main button-large" href=${NEW_INTERVIEW} data-page>Add an interview</a>
  </div>`;
}

function skeleton() {
  return html`<div class="prepare-skeleton" aria-hidden="true">
    <div class="skeleton"></div>
    <div class="skeleton skeleton-headline"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}
