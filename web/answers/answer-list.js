// The answers that the page lists: fetched page by page, and kept as the service says they are.

import { api } from "../api.js";
import { sameTag } from "../format/tags.js";
import { askAgain, isOlder } from "./latest.js";

export class AnswerList {
  /** Null until the first page is here. */
  items = null;
  total = 0;
  loading = false;
  problem = null;
  #next = null;
  #fits;
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
      const page = await api.answers({ ...this.filters, cursor: more ? this.#next : undefined });
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
