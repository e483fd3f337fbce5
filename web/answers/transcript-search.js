// Search over everything that was said: what was typed, and what the service found.

import { api } from "../api.js";

/** Milliseconds without a key after which the words are looked for. */
const SEARCH_AFTER = 300;

export class TranscriptSearch {
  /** Of the words that were looked for last; null until they are found or none were. */
  items = null;
  total = 0;
  /** The words that `items` are of. */
  found = "";
  loading = false;
  problem = null;
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
      this.items = more ? [...this.items, ...page.items] : page.items;
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
