// The questions that were chosen for an interview, in the order in which one wants to ask them.

import { announce } from "../components/notices.js";
import { html, nothing, render, repeat } from "../templating.js";
import { questionsAddress } from "./addresses.js";

export class ChosenQuestions {
  #kept;

  /** @param {import("./kept-sheet.js").KeptSheet} kept */
  constructor(kept) {
    this.#kept = kept;
    this.element = document.createElement("div");
    this.element.className = "chosen-questions";
    kept.addEventListener("change", () => this.#draw());
    this.#draw();
  }

  async #move(id, by) {
    const chosen = [...this.#kept.chosen];
    const place = chosen.indexOf(id);
    chosen.splice(place, 1);
    chosen.splice(place + by, 0, id);
    if (await this.#kept.choose(chosen)) {
      announce(`Moved to place ${place + by + 1}.`);
      const again = /** @type {HTMLButtonElement|null} */ (this.element.querySelector(`#${keyOf(id)}-${by < 0 ? "up" : "down"}`));
      (again?.disabled ? /** @type {HTMLElement|null} */ (this.element.querySelector(`#${keyOf(id)}-remove`)) : again)?.focus();
    }
  }

  async #remove(id) {
    const place = this.#kept.chosen.indexOf(id);
    if (await this.#kept.choose(this.#kept.chosen.filter((each) => each !== id))) {
      announce("Removed from this sheet.");
      const near = this.#kept.chosen[place] ?? this.#kept.chosen[place - 1];
      const next = near ? `#${keyOf(near)}-remove` : ".chosen-more";
      /** @type {HTMLElement|null} */ (this.element.querySelector(next))?.focus();
    }
  }

  #draw() {
    const { questions_to_ask: questions, questions_words: words, interview } = this.#kept.present;
    render(
      html`<p class="quiet" role="status">${words}</p>
        ${questions.length > 0
          ? html`<ol class="chosen-list">${repeat(questions, ({ id }) => id, (question, place) => this.#row(question, place, questions.length))}</ol>`
          : nothing}
        <a class="button chosen-more" href=${questionsAddress(interview)} data-page>${questions.length > 0 ? "Choose more questions" : "Choose questions"}</a>`,
      this.element,
    );
  }

  #row({ id, text, website_answers: website }, place, count) {
    const key = keyOf(id);
    const name = html`<span class="visually-hidden">: ${text}</span>`;
    return html`<li class="chosen-row">
      <div>
        <p class="chosen-text">${text}</p>
        ${website ? websiteNote(website) : nothing}
      </div>
      <div class="specific-moves">
        <button id=${`${key}-up`} class="link-button small" type="button" ?disabled=${place === 0} @click=${() => this.#move(id, -1)}>Up${name}</button>
        <button id=${`${key}-down`} class="link-button small" type="button" ?disabled=${place + 1 === count} @click=${() => this.#move(id, 1)}>Down${name}</button>
        <button id=${`${key}-remove`} class="link-button small" type="button" @click=${() => this.#remove(id)}>Remove${name}</button>
      </div>
    </li>`;
  }
}

const keyOf = (id) => `chosen-${id}`;

/** Why a question is better looked up. */
export function websiteNote(words) {
  return html`<p class="website-note small"><strong>A website answers this.</strong> ${words}</p>`;
}
