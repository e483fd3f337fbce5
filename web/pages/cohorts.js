// The cohorts of an adviser, and a new one.

import { CohortRubrics } from "../cohorts/rubrics.js";
import { advising } from "../advising/requests.js";
import { problemNotice } from "../components/notices.js";
import { countWords } from "../format/time.js";
import { goTo } from "../router.js";
import { html, nothing, render } from "../templating.js";

const LONGEST_NAME = 200;

export function openCohorts(container) {
  const page = new Cohorts(container);
  return () => page.close();
}

class Cohorts {
  /** @type {any[]|null} */
  #cohorts = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  constructor(container) {
    this.container = container;
    this.rubrics = new CohortRubrics(() => this.#draw());
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  async #load() {
    try {
      this.#cohorts = await advising.cohorts();
      this.#problem = null;
      this.rubrics.load();
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #add(event) {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    if (!name) {
      event.target.elements.name.focus();
      return;
    }
    try {
      const { id } = await advising.addCohort(name);
      goTo(`/cohorts/${encodeURIComponent(id)}`);
    } catch (error) {
      this.#problem = error;
      this.#draw();
    }
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="cohorts"><h1>Cohorts</h1>${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    const cohorts = this.#cohorts;
    const problem = this.#problem ? problemNotice(this.#problem) : nothing;
    if (!cohorts) {
      return this.#problem ? problem : html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div></div>`;
    }
    return html`${problem}
      ${cohorts.length === 0
        ? html`<p class="lead">A cohort is a group of applicants with its advisers. Make one, invite people to it, and give them something to practise.</p>`
        : html`<ul class="cohort-list">
            ${cohorts.map(
              ({ id, name, members, assignments, demo }) => html`<li class="cohort-row">
                <a class="cohort-link" href=${`/cohorts/${encodeURIComponent(id)}`} data-page>${name}</a>
                <div class="facts">
                  <span>${countWords(members.filter(({ role }) => role === "applicant").length, "applicant")}</span>
                  <span>${countWords(members.filter(({ role }) => role === "adviser").length, "adviser")}</span>
                  <span>${countWords(assignments.length, "assignment")}</span> ${demo ? html`<span>Demo</span>` : nothing}
                </div>
              </li>`,
            )}
          </ul>`}
      <form class="one-line-form" novalidate @submit=${(event) => this.#add(event)}>
        <label class="field"><span class="field-label">A new cohort</span><input name="name" type="text" maxlength=${LONGEST_NAME} autocomplete="off" placeholder="As in: Applicants of 2027" /></label>
        <button class=${cohorts.length === 0 ? "button button-main" : "button"} type="submit">Make it</button>
      </form>
      ${this.rubrics.template()}`;
  }
}
