// The assignments of a cohort: how many have submitted each, and, opened, who: by name, and never in an order of figures.

import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, repeat } from "../templating.js";

export class AssignmentRows {
  /** By assignment, once it was opened. @type {Map<string, any>} */
  #overviews = new Map();
  /** Those that are fetched for the first time. @type {Set<string>} */
  #coming = new Set();
  /** @type {Map<string, unknown>} */
  #problems = new Map();

  /** @param {string} cohort @param {{onChange: () => void, onDelete: (assignment: any) => void}} does */
  constructor(cohort, does) {
    this.cohort = cohort;
    this.does = does;
  }

  /** What was opened is asked for again. */
  lookAgain() {
    for (const id of this.#overviews.keys()) {
      this.#load(id);
    }
  }

  #open(id) {
    this.#coming.add(id);
    this.does.onChange();
    this.#load(id);
  }

  async #load(id) {
    try {
      this.#overviews.set(id, await advising.assignmentOf(this.cohort, id));
      this.#problems.delete(id);
    } catch (error) {
      this.#problems.set(id, error);
    }
    this.#coming.delete(id);
    this.does.onChange();
  }

  /** @param {any[]} assignments */
  template(assignments) {
    return html`<ul class="assignment-rows">
      ${repeat(
        assignments,
        ({ id }) => id,
        (assignment) => this.#row(assignment),
      )}
    </ul>`;
  }

  #row(assignment) {
    const { id, title, due_words: due, submitted, of } = assignment;
    const overview = this.#overviews.get(id);
    const problem = this.#problems.get(id);
    return html`<li class="assignment-row">
      <details class="fold" @toggle=${(event) => event.target.open && !overview && this.#open(id)}>
        <summary>
          <span class="assignment-title">${title}</span>
          <span class="facts"><span>${submitted} of ${of} have submitted</span>${due ? html`<span>Due ${due}</span>` : nothing}</span>
        </summary>
        ${problem ? problemNotice(problem) : nothing}
        ${overview ? this.#who(overview) : this.#coming.has(id) ? html`<div class="skeleton" aria-hidden="true"></div>` : nothing}
        <button class="button button-plain button-delete" type="button" aria-label=${`Delete this assignment: ${title}`} @click=${() => this.does.onDelete(assignment)}>Delete this assignment</button>
      </details>
    </li>`;
  }

  #who({ applicants, instructions, questions }) {
    return html`${instructions ? html`<p class="assignment-instructions">${instructions}</p>` : nothing}
      ${questions.length > 0 ? html`<ol class="assignment-asked">${questions.map(({ text }) => html`<li>${text}</li>`)}</ol>` : nothing}
      ${applicants.length === 0
        ? html`<p class="quiet">Nobody has joined this cohort yet.</p>`
        : html`<table class="who-table">
            <thead><tr><th scope="col">Applicant</th><th scope="col">Submitted</th><th scope="col">Review</th></tr></thead>
            <tbody>
              ${applicants.map(
                ({ name, submitted, submitted_words: when, late, reviews, state }) => html`<tr>
                  <th scope="row">${name}</th>
                  <td>${submitted ? html`${when}${late ? html` <span class="quiet small">after the due time</span>` : nothing}` : html`<span class="quiet">Not yet</span>`}</td>
                  <td>
                    ${state === "returned" ? html`<span>Returned</span> ` : nothing}
                    ${reviews.map((review, place) => html`<a class="who-review" href=${`/review/${encodeURIComponent(review)}`} data-page aria-label=${`Open ${reviews.length > 1 ? `answer ${place + 1} of ` : "the answer of "}${name}`}>${reviews.length > 1 ? `Answer ${place + 1}` : "Open"}</a> `)}
                  </td>
                </tr>`,
              )}
            </tbody>
          </table>`}`;
  }
}
