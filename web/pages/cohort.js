// One cohort: its assignments with who has submitted, its people, and a new assignment.

import { advising } from "../advising/requests.js";
import { AssignmentForm } from "../cohorts/assignment-form.js";
import { AssignmentRows } from "../cohorts/assignment-rows.js";
import { CohortPeople } from "../cohorts/people.js";
import { confirm } from "../components/dialog.js";
import { announce, problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { goTo, setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";

export function openCohort(container, id) {
  const page = new CohortPage(container, id);
  return () => page.close();
}

class CohortPage {
  /** @type {any} */
  #cohort = null;
  /** @type {AssignmentForm|null} */
  #form = null;
  #renaming = false;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #stopListening;

  constructor(container, id) {
    this.container = container;
    this.id = id;
    this.rows = new AssignmentRows(id, { onChange: () => this.#draw(), onDelete: (assignment) => this.#deleteAssignment(assignment) });
    this.people = new CohortPeople(id, { onChange: () => this.#draw(), onReload: () => this.#load() });
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
      this.#cohort = await advising.cohort(this.id);
      this.#problem = null;
      setPageTitle(this.#cohort.name);
      this.rows.lookAgain();
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #apply(action) {
    try {
      await action();
      await this.#load();
    } catch (error) {
      this.#problem = error;
      this.#draw();
    }
  }

  #rename(event) {
    event.preventDefault();
    const name = event.target.elements.name.value.trim();
    this.#renaming = false;
    if (name && name !== this.#cohort.name) {
      this.#apply(() => advising.changeCohort(this.id, { name }));
    } else {
      this.#draw();
    }
  }

  async #delete() {
    const yes = await confirm({
      title: "Delete this cohort?",
      text: "Its assignments will be deleted, and people leave it. Their accounts and their answers stay theirs. This cannot be undone.",
      yes: "Delete it",
    });
    if (yes) {
      try {
        await advising.deleteCohort(this.id);
        goTo("/cohorts", { replace: true });
      } catch (error) {
        this.#problem = error;
        this.#draw();
      }
    }
  }

  async #deleteAssignment({ id, title }) {
    const yes = await confirm({
      title: "Delete this assignment?",
      text: `${title} will be gone for everybody. Answers that were given for it stay.`,
      yes: "Delete it",
    });
    if (yes) {
      await this.#apply(() => advising.deleteAssignment(this.id, id));
    }
  }

  #openForm() {
    const close = () => {
      this.#form = null;
      this.#draw();
    };
    this.#form = new AssignmentForm(this.id, {
      onClose: close,
      onAdded: () => {
        close();
        announce("Assigned.");
        this.#load();
      },
    });
    this.#draw();
    this.#form.focus();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="cohort">${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    const cohort = this.#cohort;
    const problem = this.#problem ? problemNotice(this.#problem) : nothing;
    if (!cohort) {
      return this.#problem
        ? html`<h1>Cohort</h1>${problem}<div class="buttons"><a class="button" href="/cohorts" data-page>See all cohorts</a></div>`
        : html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton skeleton-headline"></div><div class="skeleton"></div></div>`;
    }
    return html`
      <header class="cohort-head">
        ${this.#renaming
          ? html`<form class="one-line-form" @submit=${(event) => this.#rename(event)}>
              <label class="field"><span class="field-label">Name of the cohort</span><input name="name" type="text" maxlength="200" .value=${cohort.name} /></label>
              <button class="button" type="submit">Save</button>
            </form>`
          : html`<h1>${cohort.name}</h1>
              <div class="facts">
                ${cohort.demo ? html`<span>Demo</span>` : nothing}
                <span><button class="link-button" type="button" @click=${() => this.#startRenaming()}>Change its name</button></span>
              </div>`}
      </header>
      ${problem}
      <section class="cohort-assignments" aria-labelledby="assignments-title">
        <h2 id="assignments-title" class="section-title">Assignments</h2>
        ${cohort.assignments.length > 0 ? this.rows.template(cohort.assignments) : this.#form ? nothing : html`<p class="quiet">Nothing is assigned yet.</p>`}
        ${this.#form ? this.#form.element : html`<button class="button button-main" type="button" @click=${() => this.#openForm()}>New assignment</button>`}
      </section>
      ${this.people.template(cohort)}
      <div class="cohort-end"><button class="button button-plain button-delete" type="button" @click=${() => this.#delete()}>Delete this cohort</button></div>
    `;
  }

  #startRenaming() {
    this.#renaming = true;
    this.#draw();
    this.container.querySelector("input[name=name]")?.focus();
  }
}
