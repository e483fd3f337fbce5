// Questions to ask: a bank by topic and one's own, chosen for one interview.

import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { sheetAddress } from "../prepare/addresses.js";
import { websiteNote } from "../prepare/chosen-questions.js";
import { KeptSheet } from "../prepare/kept-sheet.js";
import { html, live, nothing, render, repeat } from "../templating.js";

/** Characters, as the service takes them. */
const LONGEST = 300;

export function openQuestionsToAsk(container) {
  const page = new QuestionsPage(container);
  return () => page.close();
}

class QuestionsPage {
  /** @type {any[]} */
  #topics = [];
  #aim = [10, 15];
  /** Those that lie ahead first. @type {any[]} */
  #interviews = [];
  /** The sheet that questions are chosen for; null while no interview is chosen. @type {KeptSheet|null} */
  #kept = null;
  /** The interview that was chosen last: the sheet of an earlier one may come later. */
  #asked = "";
  /** @type {unknown} */
  #problem = null;
  #loaded = false;
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
      const [questions, { items }] = await Promise.all([api.questionsToAsk(), api.scheduledInterviews()]);
      this.#take(questions);
      this.#interviews = [...items.filter(({ days }) => days >= 0), ...items.filter(({ days }) => days < 0).reverse()];
      const asked = new URLSearchParams(location.search).get("interview");
      const first = items.find(({ id }) => id === asked) ?? this.#interviews[0];
      if (first) {
        await this.#for(first.id);
      }
      this.#loaded = true;
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #take({ topics, aim }) {
    this.#topics = topics;
    this.#aim = aim;
  }

  /** Choose for this interview from now on. */
  async #for(interview) {
    this.#asked = interview;
    const kept = new KeptSheet(await api.sheet(interview));
    if (this.#asked !== interview) {
      return;
    }
    kept.addEventListener("change", () => this.#draw());
    this.#kept = kept;
  }

  async #attempt(action) {
    try {
      await action();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  get #interview() {
    return this.#interviews.find(({ id }) => id === this.#kept?.present.interview) ?? null;
  }

  #mark(question, chosen) {
    const kept = /** @type {KeptSheet} */ (this.#kept);
    const others = kept.chosen.filter((id) => id !== question.id);
    kept.choose(chosen ? [...others, question.id] : others);
  }

  async #add(event) {
    event.preventDefault();
    const form = event.target;
    const { topic, text } = /** @type {any} */ (Object.fromEntries(new FormData(form)));
    if (!text.trim()) {
      return;
    }
    await this.#attempt(async () => {
      const question = await api.addQuestionToAsk({ topic, text });
      // What was typed meanwhile stays.
      if (form.elements.text.value === text) {
        form.elements.text.value = "";
      }
      this.#take(await api.questionsToAsk());
      if (this.#kept && !this.#kept.chosen.includes(question.id)) {
        await this.#kept.choose([...this.#kept.chosen, question.id]);
      }
      announce(this.#kept ? "Added, and chosen." : "Added.");
    });
    form.querySelector("textarea")?.focus();
  }

  async #remove(question) {
    await this.#attempt(async () => {
      await api.removeQuestionToAsk(question.id);
      this.#take(await api.questionsToAsk());
      if (this.#kept) {
        await this.#for(this.#kept.present.interview);
      }
      announce("Deleted.");
    });
    /** @type {HTMLElement|null} */ (this.container.querySelector(`#topic-${question.topic}`))?.focus();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="ask-page">${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    const problem = this.#problem ?? this.#kept?.problem;
    return html`
      <div class="interview-head">
        <a href="/prepare" data-page>Prepare</a>
        <h1>Questions to ask</h1>
      </div>
      <p class="sheet-lead">
        At the end they ask what you want to know. Have ${this.#aim[0]} to ${this.#aim[1]} questions ready, because you may meet
        several people. Choose what you really want to know.
      </p>
      ${problem ? problemNotice(problem) : nothing}
      ${this.#loaded
        ? html`${this.#chosenFor()} ${repeat(this.#topics, ({ id }) => id, (topic) => this.#topic(topic))} ${this.#own()}`
        : problem
          ? html`<div class="buttons"><button class="button button-main" type="button" @click=${() => this.#load()}>Try again</button></div>`
          : html`<div aria-hidden="true"><div class="skeleton skeleton-headline"></div><div class="skeleton"></div></div>`}
    `;
  }

  #chosenFor() {
    if (!this.#kept) {
      return html`<div class="notice">
        <p>Add an interview, and you can choose questions for it here. <a href="/prepare/interviews/new" data-page>Add an interview</a></p>
      </div>`;
    }
    const { interview, questions_words: words } = this.#kept.present;
    return html`<div class="ask-for">
      <div class="field">
        <label class="field-label" for="ask-interview">Choose for</label>
        <select id="ask-interview" @change=${(event) => this.#attempt(() => this.#for(event.target.value))}>
          ${this.#interviews.map(({ id, programme }) => html`<option value=${id} .selected=${live(id === interview)}>${programme}</option>`)}
        </select>
      </div>
      <p class="ask-count" role="status">${words}</p>
      <a class="button" href=${sheetAddress(interview)} data-page>See the sheet</a>
    </div>`;
  }

  #topic({ id, name, questions }) {
    const applyingTo = this.#interview?.applying_to;
    const chosen = this.#kept?.chosen ?? [];
    const shown = questions.filter((question) => !applyingTo || !question.applying_to || question.applying_to === applyingTo || chosen.includes(question.id));
    return html`<section class="ask-topic" aria-labelledby=${`topic-${id}`}>
      <h2 id=${`topic-${id}`} class="section-title" tabindex="-1">${name}</h2>
      <ul>${repeat(shown, (question) => question.id, (question) => this.#question(question, chosen))}</ul>
    </section>`;
  }

  #question(question, chosen) {
    const { id, text, website_answers: website, own } = question;
    const note = website ? websiteNote(website) : nothing;
    const remove = own
      ? html`<p class="facts"><span>your own</span><span><button class="link-button button-delete small" type="button" @click=${() => this.#remove(question)}>Delete<span class="visually-hidden">: ${text}</span></button></span></p>`
      : nothing;
    if (!this.#kept) {
      return html`<li class="ask-row"><p>${text}</p>${note} ${remove}</li>`;
    }
    return html`<li class="ask-row">
      <label class="mark-field">
        <input type="checkbox" .checked=${live(chosen.includes(id))} @change=${(event) => this.#mark(question, event.target.checked)} />
        <span>${text}</span>
      </label>
      ${note} ${remove}
    </li>`;
  }

  #own() {
    return html`<section aria-labelledby="own-title">
      <h2 id="own-title" class="section-title">Your own question</h2>
      <form class="ask-own" @submit=${(event) => this.#add(event)}>
        <div class="field">
          <label class="field-label" for="own-topic">Topic</label>
          <select id="own-topic" name="topic">${this.#topics.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select>
        </div>
        <div class="field">
          <label class="field-label" for="own-text">The question</label>
          <textarea id="own-text" name="text" rows="2" maxlength=${LONGEST}></textarea>
        </div>
        <button class="button" type="submit">Add it</button>
      </form>
    </section>`;
  }
}
