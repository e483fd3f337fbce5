// Search over everything that was said: its field, what was typed, and what the service found.

import { api } from "../api.js";
import { playIcon, searchIcon } from "../components/icons.js";
import { problemNotice } from "../components/notices.js";
import { clock, countWords } from "../format/time.js";
import { html, live, nothing, repeat } from "../templating.js";
import { answerSkeleton, showMore } from "./answer-list.js";
import { answerFacts, answerWhat, tagLinks, titleOf, whenWords } from "./answer-row.js";

/** Milliseconds without a key after which the words are looked for. */
const SEARCH_AFTER = 300;

export class TranscriptSearch {
  /** @type {any[]|null} Of the words that were looked for last; null until they are found or none were. */
  items = null;
  total = 0;
  /** The words that `items` are of. */
  found = "";
  loading = false;
  /** @type {unknown} */
  problem = null;
  /** @type {string|null} */
  #next = null;
  #timer = 0;
  #asked = 0;

  /**
   * @param {string} words to begin with; `search` looks for them
   * @param {() => void} onChange
   */
  constructor(words, onChange) {
    this.words = words;
    this.onChange = onChange;
  }

  get active() {
    return this.words.trim() !== "";
  }

  get hasMore() {
    return this.#next !== null;
  }

  close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
  }

  /** Other words are in the field. */
  type(words) {
    this.words = words;
    clearTimeout(this.#timer);
    if (this.active) {
      this.#timer = setTimeout(() => this.search(), SEARCH_AFTER);
    } else {
      // What is still on its way is of no interest any more.
      this.#asked += 1;
      this.items = null;
      this.problem = null;
      this.loading = false;
    }
    this.onChange();
  }

  /** Look for the words now; with `more` for the next ones of those that were looked for last. */
  async search({ more = false } = {}) {
    clearTimeout(this.#timer);
    const words = more ? this.found : this.words.trim();
    const asked = ++this.#asked;
    this.loading = true;
    this.onChange();
    try {
      const page = await api.search(words, more ? this.#next : undefined);
      if (asked !== this.#asked) {
        return;
      }
      this.items = more ? [...(this.items ?? []), ...page.items] : page.items;
      this.#next = page.next;
      this.total = page.total;
      this.found = words;
      this.problem = null;
    } catch (error) {
      if (asked !== this.#asked) {
        return;
      }
      this.problem = error;
    }
    this.loading = false;
    this.onChange();
  }

  /** An answer is no longer what it was. */
  take(answer) {
    this.items = this.items?.map((item) => (item.answer.id === answer.id ? { ...item, answer } : item)) ?? null;
  }

  remove(id) {
    if (this.items?.some(({ answer }) => answer.id === id)) {
      this.items = this.items.filter(({ answer }) => answer.id !== id);
      this.total -= 1;
      this.onChange();
    }
  }
}

/** @param {import("./search.js").TranscriptSearch} search */
export function searchField(search) {
  const clear = (event) => {
    // Its button goes with the words.
    const { form } = event.target;
    search.type("");
    form.querySelector("input").focus();
  };
  const submit = (event) => {
    event.preventDefault();
    if (search.active) {
      search.search();
    }
  };
  const pressed = (event) => {
    if (event.key === "Escape" && search.words) {
      event.preventDefault();
      clear(event);
    }
  };
  return html`<form class="answers-search" role="search" @submit=${submit}>
    <label class="visually-hidden" for="answers-search">Search what you said</label>
    ${searchIcon()}
    <input
      id="answers-search"
      type="search"
      placeholder="Search what you said"
      autocomplete="off"
      enterkeyhint="search"
      maxlength="500"
      .value=${live(search.words)}
      @input=${(event) => search.type(event.target.value)}
      @keydown=${pressed}
    />
    ${search.words ? html`<button class="button button-plain" type="button" aria-label="Clear the search" @click=${clear}>Clear</button>` : nothing}
  </form>`;
}

/** How many, said aloud too. */
export function searchCount(search) {
  if (!search.active || search.problem) {
    return "";
  }
  if (search.items === null) {
    return "Searching…";
  }
  return search.total === 0 ? `Nothing found for “${search.found}”.` : `${countWords(search.total, "answer")} with “${search.found}”`;
}

/** What was found, in place of the list. */
export function searchResults(search) {
  if (search.problem) {
    return problemNotice(search.problem);
  }
  if (search.items === null) {
    return answerSkeleton();
  }
  if (search.items.length === 0) {
    return html`<div class="empty search-empty">
      <p class="lead">
        All the words must be in one answer. Try fewer of them, or another word for the same thing. Endings do not
        matter: “listen” finds “listened”. In “quotes”, words are found side by side.
      </p>
    </div>`;
  }
  return html`<ul class="found-list" aria-busy=${String(search.loading)}>
      ${repeat(search.items, ({ answer }) => answer.id, foundRow)}
    </ul>
    ${search.hasMore ? showMore(search.items.length, search.total, search.loading, () => search.search({ more: true })) : nothing}`;
}

function foundRow({ answer, snippet, moments }) {
  return html`<li class="answer-row found-row">
    ${answerWhat(answer)}
    <div class="found-words">
      <p class="snippet">${snippet.map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))}</p>
      ${moments.length > 0 ? html`<div class="moments">${moments.map((moment) => momentLink(answer, moment))}</div>` : nothing}
    </div>
    <div class="answer-about">${answerFacts(answer, whenWords(answer))} ${tagLinks(answer)}</div>
  </li>`;
}

/** To the report, at the time at which the words are said. */
function momentLink(answer, { start, text }) {
  return html`<a class="moment" href="/answers/${answer.id}?at=${start.toFixed(1)}" data-page aria-label="${clock(start)}, “${text}”: listen in ${titleOf(answer)}">
    ${playIcon()}${clock(start)}
  </a>`;
}
