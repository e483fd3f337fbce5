// The field that finds a phrase in the transcript and goes from match to match.

import { html, render, nothing } from "../templating.js";
import { findPhrase } from "./passages.js";

export class SearchField {
  matches = [];
  /** Which match is shown; -1 when there is none. */
  at = -1;
  #query = "";
  #items = [];

  /** @param {{words: string, onChange: () => void, onShow: (match: {first: number, last: number}) => void}} tells `words` in the empty field */
  constructor({ words, onChange, onShow }) {
    this.words = words;
    this.onChange = onChange;
    this.onShow = onShow;
    this.element = document.createElement("div");
    this.element.className = "transcript-search";
    this.element.setAttribute("role", "search");
    this.#draw();
  }

  /** Look in these from now on; the match that is shown stays the same where it can. */
  lookIn(items) {
    this.#items = items;
    this.matches = findPhrase(items, this.#query);
    this.at = Math.min(this.at, this.matches.length - 1);
    this.#draw();
  }

  get now() {
    return this.matches[this.at] ?? null;
  }

  holds(index) {
    return this.matches.some(({ first, last }) => first <= index && index <= last);
  }

  #typed(query) {
    this.#query = query;
    this.matches = findPhrase(this.#items, query);
    this.at = this.matches.length > 0 ? 0 : -1;
    this.#show();
  }

  #go(step) {
    const { length } = this.matches;
    if (length > 0) {
      this.at = (this.at + step + length) % length;
      this.#show();
    }
  }

  #show() {
    this.#draw();
    this.onChange();
    if (this.now) {
      this.onShow(this.now);
    }
  }

  #pressed(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.#go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && this.#query) {
      event.preventDefault();
      event.target.value = "";
      this.#typed("");
    }
  }

  #draw() {
    const count = this.matches.length;
    const words = !this.#query.trim() ? "" : count === 0 ? "Not said" : `${this.at + 1} of ${count}`;
    render(
      html`<label class="visually-hidden" for="transcript-search">${this.words}. Enter goes to the next match, Shift and Enter to the one before.</label>
        <input id="transcript-search" type="search" placeholder=${this.words} autocomplete="off" spellcheck="false" @input=${(event) => this.#typed(event.target.value)} @keydown=${(event) => this.#pressed(event)} />
        <span class="transcript-count quiet" role="status">${words}</span>
        ${count > 0 ? [this.#step(-1, "Match before", "‹"), this.#step(1, "Next match", "›")] : nothing}`,
      this.element,
    );
  }

  #step(by, words, sign) {
    return html`<button class="button button-plain transcript-step" type="button" aria-label=${words} @click=${() => this.#go(by)}>${sign}</button>`;
  }
}
