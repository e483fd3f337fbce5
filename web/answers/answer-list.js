// The answers that the page lists: fetched page by page, kept as the service says they are, drawn by day, filtered.

import { api } from "../api.js";
import { binIcon } from "../components/icons.js";
import { askAgain, isOlder } from "../events.js";
import { dayWords, sameTag } from "../format/time.js";
import { html, live, nothing, repeat } from "../templating.js";

export class AnswerList {
  /** @type {any} a list of answers, null until the first page has arrived */
  items = null;
  total = 0;
  loading = false;
  /** @type {unknown} */
  problem = null;
  /** @type {string|null} */
  #next = null;
  #fits;
  /** @type {Promise<void>|null} */
  #loaded = null;
  /** What was told while a page was on its way, by id, null for what was deleted: the page may be older. */
  #told = new Map();

  /**
   * @param {{session: string, tag: string}} filters empty: all
   * @param {() => void} onChange
   */
  constructor(filters, onChange) {
    this.filters = filters;
    this.onChange = onChange;
    this.#fits = (answer) =>
      (!filters.session || answer.session?.id === filters.session) && (!filters.tag || answer.tags.some((tag) => sameTag(tag, filters.tag)));
  }

  get hasMore() {
    return this.#next !== null;
  }

  load({ more = false } = {}) {
    this.#loaded = this.#load(more);
    return this.#loaded;
  }

  /** What became of the work on those listed before the page was told of changes. */
  async lookAgain() {
    await this.#loaded;
    await askAgain(this.items ?? [], (answer) => this.take(answer));
  }

  async #load(more) {
    this.loading = true;
    try {
      const page = await api.answers({ ...this.filters, cursor: more && this.#next ? this.#next : undefined });
      const known = more ? this.items : [];
      const ids = new Set(known.map(({ id }) => id));
      this.items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
      this.#next = page.next;
      this.total = page.total;
      this.problem = null;
      this.#told.forEach((answer, id) => (answer ? this.#put(answer) : this.#drop(id)));
    } catch (error) {
      this.problem = error;
    }
    this.#told.clear();
    this.loading = false;
    this.onChange();
  }

  /** An answer is new, or is no longer what it was. */
  take(answer) {
    if (this.loading) {
      this.#told.set(answer.id, answer);
    }
    if (this.items) {
      this.#put(answer);
      this.onChange();
    }
  }

  remove(id) {
    if (this.loading) {
      this.#told.set(id, null);
    }
    if (this.items) {
      this.#drop(id);
      this.onChange();
    }
  }

  #put(answer) {
    const at = this.items.findIndex(({ id }) => id === answer.id);
    if (at >= 0 && isOlder(answer, this.items[at])) {
      return;
    }
    if (!this.#fits(answer)) {
      this.#drop(answer.id);
    } else if (at >= 0) {
      this.items[at] = answer;
    } else if (this.items.length === 0 || answer.created_at >= this.items[0].created_at) {
      this.items.unshift(answer);
      this.total += 1;
    }
  }

  #drop(id) {
    if (this.items.some((answer) => answer.id === id)) {
      this.items = this.items.filter((answer) => answer.id !== id);
      this.total -= 1;
    }
  }
}

/**
 * @param {import("./answer-list.js").AnswerList} list
 * @param {(answer: object) => unknown} row
 */
export function answerDays(list, row) {
  return html`
    ${repeat(
      [...byDay(list.items)],
      ([day]) => day,
      ([day, answers]) => html`<section class="answers-day">
        <h2>${day}</h2>
        <ul>
          ${repeat(answers, ({ id }) => id, row)}
        </ul>
      </section>`,
    )}
    ${list.hasMore ? showMore(list.items.length, list.total, list.loading, () => list.load({ more: true })) : nothing}
  `;
}

/** The button that brings the next page, and how much is shown. */
export function showMore(shown, total, loading, onMore) {
  return html`<div class="answers-more">
    <button class="button" type="button" ?disabled=${loading} @click=${onMore}>Show more</button>
    <span class="quiet small">${shown} of ${total}</span>
  </div>`;
}

/** A person without a single answer. */
export function noAnswers() {
  return html`<div class="empty">
    <h2>Your answers will be here.</h2>
    <p class="lead">Each with its length, its pace, its pauses and fillers, and the words you said. Start with one question.</p>
    <div class="buttons">
      <a class="button button-main button-large" href="/" data-page>Practise a question</a>
      <a class="button button-large" href="/upload" data-page>Upload a recording</a>
    </div>
  </div>`;
}

/** Filters that no answer fits. */
export function noneFits() {
  return html`<div class="empty">
    <h2>No answer fits.</h2>
    <p class="lead">Choose another tag or another session, or look at all of them.</p>
    <a class="button button-main" href="/answers" data-page>Show all answers</a>
  </div>`;
}

/** The shape of what comes. */
export function answerSkeleton() {
  return html`<ul class="answers-skeleton" aria-hidden="true">
    ${[0, 1, 2, 3, 4].map(() => html`<li class="answer-row"><div class="skeleton skeleton-title"></div><div class="skeleton"></div></li>`)}
  </ul>`;
}

function byDay(items) {
  const days = new Map();
  for (const answer of items) {
    const day = dayWords(answer.created_at);
    days.set(day, [...(days.get(day) ?? []), answer]);
  }
  return days;
}

/**
 * @param {{sessions: object[], tags: object[], chosen: {session: string, tag: string}}} present
 * @param {{onChoose: (changes: object) => void, onDeleteSession: (session: object) => void}} actions
 */
export function answerFilters({ sessions, tags, chosen }, { onChoose, onDeleteSession }) {
  const session = sessions.find(({ id }) => id === chosen.session);
  // The address may write it in another case, or name one that no answer has any more.
  const tag = tags.find((known) => sameTag(known.tag, chosen.tag)) ?? { tag: chosen.tag, answers: 0 };
  const offered = !chosen.tag || tags.includes(tag) ? tags : [...tags, tag];
  if (sessions.length === 0 && tags.length === 0 && !chosen.session && !chosen.tag) {
    return nothing;
  }
  return html`<div class="answers-filter">
    ${select("session", "Session", "All sessions", sessions, chosen.session, onChoose)}
    ${select("tag", "Tag", "All tags", offered.map(({ tag: name, answers }) => ({ id: name, name, answers })), tag.tag, onChoose)}
    ${session
      ? html`<a class="button" href="/sessions/${encodeURIComponent(session.id)}" data-page>Session report</a>
          <button class="button button-plain button-delete" type="button" @click=${() => onDeleteSession(session)}>${binIcon()} Delete session</button>`
      : nothing}
  </div>`;
}

function select(name, label, all, options, chosen, onChoose) {
  if (options.length === 0) {
    return nothing;
  }
  // Said of each option and not of the list: its value would be set before the option that has it.
  return html`<label class="visually-hidden" for="${name}-filter">${label}</label>
    <select id="${name}-filter" class="select" @change=${(event) => onChoose({ [name]: event.target.value })}>
      <option value="" .selected=${live(!chosen)}>${all}</option>
      ${options.map(({ id, name: words, answers }) => html`<option value=${id} .selected=${live(id === chosen)}>${words} (${answers})</option>`)}
    </select>`;
}
