// One assignment, as its applicant does it: record, listen, submit.

import { assignmentState } from "../advising/assignment-state.js";
import { advising } from "../advising/requests.js";
import { askToSubmit } from "../advising/submit-dialog.js";
import { recordIcon } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { listen } from "../events.js";
import { setPageTitle } from "../router.js";
import { html, nothing, render, repeat } from "../templating.js";

export function openAssignment(container, id) {
  const page = new AssignmentPage(container, id);
  return () => page.close();
}

class AssignmentPage {
  /** @type {any} */
  #assignment = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #stopListening;

  constructor(container, id) {
    this.container = container;
    this.id = id;
    this.#stopListening = listen({ advising: () => this.#load(), connected: () => this.#load(), deleted: () => this.#load() });
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
  }

  async #load() {
    try {
      this.#assignment = await advising.assignment(this.id);
      this.#problem = null;
      setPageTitle(this.#assignment.title);
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #submit(answer) {
    const { advisers, id } = this.#assignment;
    if (await askToSubmit(answer.id, { advisers, assignment: id, title: answer.take ? `Submit take ${answer.take}` : "Submit this answer" })) {
      announce("Submitted.");
      await this.#load();
    }
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="assignment">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    const assignment = this.#assignment;
    if (!assignment) {
      return this.#problem
        ? html`<div class="empty"><h1>This assignment is not here.</h1><p class="lead">It may have been deleted.</p><a class="button button-main" href="/assignments" data-page>See all assignments</a></div>`
        : html`<div class="queue-skeleton" aria-hidden="true"><div class="skeleton skeleton-headline"></div><div class="skeleton"></div></div>`;
    }
    const { title, instructions, kind, questions, attempts_words: attempts, hidden_words: hidden, reflect_first: reflect, due_zone_words: zone, late_words: late, advisers } = assignment;
    const toDo = questions.find(({ answers, submitted }) => answers.length === 0 && !submitted);
    return html`
      <header class="assignment-head">
        <h1>${title}</h1>
        <div class="facts">${assignmentState(assignment)}</div>
        ${zone ? html`<p class="quiet small">On your adviser’s clock: ${zone}</p>` : nothing}
      </header>
      ${this.#problem ? problemNotice(this.#problem) : nothing} ${instructions ? html`<p class="assignment-instructions">${instructions}</p>` : nothing}
      <ul class="assignment-rules">
        ${[late, attempts, hidden, reflect ? "You say how it felt before you see any figure." : "", advisers.length === 0 ? "Your cohort has no adviser yet, so you cannot submit just now." : ""]
          .filter(Boolean)
          .map((words) => html`<li>${words}</li>`)}
      </ul>
      ${kind === "interview"
        ? this.#interview(assignment)
        : html`<ol class="assigned-questions">
            ${repeat(
              questions,
              ({ number }) => number,
              (question) => this.#question(question, { several: questions.length > 1, next: question.number === toDo?.number }),
            )}
          </ol>`}
    `;
  }

  #question({ number, text, answers, attempts_left: left }, { several, next }) {
    const used = left === 0;
    return html`<li class="assigned-question">
      <h2 class="assigned-text">${text}</h2>
      ${answers.length > 0 ? this.#takes(answers) : nothing}
      <div class="buttons">
        ${used
          ? html`<p class="quiet">All takes are used.</p>`
          : html`<a class=${next ? "button button-main" : "button"} href=${`/?assignment=${encodeURIComponent(this.id)}&assigned=${number}`} data-page aria-label=${`${answers.length > 0 ? "Record another take" : "Record"}${several ? ` of question ${number}` : ""}`}>${recordIcon()}${answers.length > 0 ? "Record another take" : "Record"}</a>`}
        ${left !== null && left > 0 && answers.length > 0 ? html`<span class="quiet small">${left === 1 ? "1 take left" : `${left} takes left`}</span>` : nothing}
      </div>
    </li>`;
  }

  #takes(answers) {
    const canSubmit = this.#assignment.advisers.length > 0;
    const any = answers.some(({ submitted }) => submitted);
    return html`<ul class="assigned-takes">
      ${repeat(
        answers,
        ({ id }) => id,
        (answer, place) => {
          const name = answer.take ? `Take ${answer.take}` : answer.title;
          return html`<li>
            <a href=${`/answers/${encodeURIComponent(answer.id)}`} data-page>${name}</a>
            ${answer.submitted
              ? html`<span class="assigned-submitted">Submitted</span>`
              : canSubmit
                ? html`<button class=${any || place < answers.length - 1 ? "button" : "button button-main"} type="button" aria-label=${`Submit ${name}`} @click=${() => this.#submit(answer)}>Submit</button>`
                : nothing}
          </li>`;
        },
      )}
    </ul>`;
  }

  #interview({ answers, format_id: format, attempts_left: left }) {
    return html`<section class="assigned-question" aria-label="Mock interview">
      ${answers.length > 0 ? this.#takes(answers) : nothing}
      <div class="buttons">
        ${left === 0
          ? html`<p class="quiet">You have done it as often as you can.</p>`
          : html`<a class=${answers.length > 0 ? "button" : "button button-main button-large"} href=${`/?format=${encodeURIComponent(format ?? "")}&assignment=${encodeURIComponent(this.id)}`} data-page>${answers.length > 0 ? "Do the interview again" : "Go to the interview"}</a>`}
      </div>
    </section>`;
  }
}
