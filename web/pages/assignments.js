// What the advisers of one's cohorts ask one to practise, and the way to all that one has submitted.

import { assignmentState } from "../advising/assignment-state.js";
import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { html, nothing, render, repeat } from "../templating.js";

export function openAssignments(container) {
  const page = new Assignments(container);
  return () => page.close();
}

class Assignments {
  /** @type {any[]|null} */
  #assignments = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #stopListening;

  constructor(container) {
    this.container = container;
    this.#stopListening = listen({ advising: () => this.#load(), connected: () => this.#load() });
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async #load() {
    try {
      this.#assignments = await advising.assignments();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="assignments"><h1>Assignments</h1>${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    const all = this.#assignments;
    if (!all) {
      return this.#problem ? problemNotice(this.#problem) : html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div></div>`;
    }
    const open = all.filter(({ state }) => state === "open");
    const given = all.filter(({ state }) => state !== "open");
    return html`
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${all.length === 0
        ? html`<div class="empty">
            <h2>Nothing is assigned to you now.</h2>
            <p class="lead">When an adviser gives your cohort something to practise, it is here. Until then you can practise what you like.</p>
            <a class="button button-main" href="/" data-page>Practise a question</a>
          </div>`
        : html`${list(open, "To do")} ${list(given, "Submitted")}`}
      <p class="small"><a href="/shared" data-page>All that you have submitted</a></p>
    `;
  }
}

function list(assignments, title) {
  if (assignments.length === 0) {
    return nothing;
  }
  return html`<section aria-label=${title}>
    <h2 class="section-title">${title}</h2>
    <ul class="cohort-list">
      ${repeat(
        assignments,
        ({ id }) => id,
        (assignment) => html`<li class="cohort-row">
          <a class="cohort-link" href=${`/assignments/${encodeURIComponent(assignment.id)}`} data-page>${assignment.title}</a>
          <div class="facts">${assignmentState(assignment)}</div>
        </li>`,
      )}
    </ul>
  </section>`;
}
