// The answers that the page lists: fetched page by page, and kept as the service says they are.

import { api } from "../api.js";
import { sameTag } from "../words/tags.js";

export class AnswerList {
  /** Null until the first page is here. */
  items = null;
  total = 0;
  loading = false;
  problem = null;
  #next = null;
  #fits;

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

  async load({ more = false } = {}) {
    this.loading = true;
    try {
      const page = await api.answers({ ...this.filters, cursor: more ? this.#next : undefined });
      const known = more ? this.items : [];
      const ids = new Set(known.map(({ id }) => id));
      this.items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
      this.#next = page.next;
      this.total = page.total;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    this.loading = false;
    this.onChange();
  }

  /** An answer is new, or is no longer what it was. */
  take(answer) {
    if (!this.items) {
      return;
    }
    const at = this.items.findIndex(({ id }) => id === answer.id);
    if (!this.#fits(answer)) {
      this.remove(answer.id);
    } else if (at >= 0) {
      this.items[at] = answer;
    } else if (this.items.length === 0 || answer.created_at >= this.items[0].created_at) {
      this.items.unshift(answer);
      this.total += 1;
    }
    this.onChange();
  }

  remove(id) {
    if (this.items?.some((answer) => answer.id === id)) {
      this.items = this.items.filter((answer) => answer.id !== id);
      this.total -= 1;
      this.onChange();
    }
  }
}
