// The order in which somebody wants programmes, with their impressions beside it. It stays here.

import { addresses, api } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { problemNotice } from "../components/notices.js";
import { RankRows } from "../prepare/rank-rows.js";
import { html, nothing, render } from "../templating.js";

export function openRankList(container) {
  const page = new RankListPage(container);
  return () => page.close();
}

class RankListPage {
  /** @type {RankRows[]|null} */
  #lists = null;
  /** @type {unknown} */
  #problem = null;
  #saved = false;
  /** @type {string[]} The order that was sent last. */
  #latest = [];
  #closed = false;
  #inOrder = inOrder();

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
      this.#take(await api.rankList());
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #take({ lists }) {
    const known = this.#lists ?? [];
    this.#lists = lists.map((list) => {
      const rows = known.find(({ kind }) => kind === list.applying_to);
      rows?.take(list);
      return rows ?? new RankRows(list, () => this.#save());
    });
  }

  async #save() {
    const order = (this.#lists ?? []).flatMap((rows) => rows.order);
    this.#saved = false;
    this.#latest = order;
    this.#draw();
    try {
      await this.#inOrder(() => api.setRankList(order));
      // An earlier order is saved too, but says nothing of what is shown.
      this.#saved = this.#latest === order;
      this.#problem = null;
      this.#draw();
    } catch (error) {
      // What is shown is what is kept.
      await this.#load();
      this.#problem = error;
      this.#draw();
    }
  }

  #draw() {
    if (!this.#closed) {
      render(
        html`<div class="rank-page">
          <div class="page-head">
            <a href="/prepare" data-page>Prepare</a>
            <h1>Rank list</h1>
          </div>
          ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#body()}
        </div>`,
        this.container,
      );
    }
  }

  #body() {
    if (!this.#lists) {
      return this.#problem
        ? html`<div class="buttons"><button class="button button-main" type="button" @click=${() => this.#load()}>Try again</button></div>`
        : html`<div class="skeleton skeleton-text" aria-hidden="true"></div>`;
    }
    if (this.#lists.length === 0) {
      return html`<div class="empty">
        <p class="lead">Your interviews will be here, with what you wrote about each. Then you put them in the order in which you want them.</p>
        <a class="button button-main" href="/prepare/interviews/new" data-page>Add an interview</a>
      </div>`;
    }
    return html`${this.#lists.map(({ element }) => element)}
      <div class="buttons">
        <a class="button" href=${addresses.rankListTable} download>Export as a table (CSV)</a>
        <span class="quiet small" role="status">${this.#saved ? "Saved." : ""}</span>
      </div>`;
  }
}
