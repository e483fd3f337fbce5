// One list of programmes in order: dragged by the pointer, or moved by buttons and keys.

import { announce } from "../components/notices.js";
import { html, nothing, render, repeat, svg } from "../templating.js";
import { interviewAddress } from "./addresses.js";
import { moved, placeAt } from "./order.js";

export class RankRows {
  #list;
  #change;
  /** @type {{from: number, to: number, begin: number, by: number, middles: number[]}|null} What is dragged now. */
  #drag = null;

  /**
   * @param {any} list of the service
   * @param {(ranked: any[]) => void} change the programmes in their new order
   */
  constructor(list, change) {
    this.#list = list;
    this.#change = change;
    this.element = document.createElement("section");
    this.element.className = "rank-section";
    this.element.setAttribute("aria-labelledby", this.#titleId);
    this.#draw();
  }

  get kind() {
    return this.#list.applying_to;
  }

  get order() {
    return this.#list.ranked.map(({ id }) => id);
  }

  take(list) {
    this.#list = list;
    this.#draw();
  }

  get #titleId() {
    return `rank-${this.#list.applying_to}`;
  }

  #set(ranked) {
    const known = [...this.#list.ranked, ...this.#list.not_ranked];
    const out = known.filter(({ id }) => !ranked.some((each) => each.id === id));
    this.#list = { ...this.#list, ranked, not_ranked: out };
    this.#draw();
    this.#change(ranked);
  }

  #move(from, to) {
    const { ranked } = this.#list;
    if (to < 0 || to >= ranked.length || to === from) {
      announce(`${ranked[from].programme} is already ${to < 0 ? "first" : "last"}.`);
      return;
    }
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.move : undefined;
    const { id, programme } = ranked[from];
    this.#set(moved(ranked, from, to));
    announce(`${programme} is now ${to + 1} of ${ranked.length}.`);
    this.#focus(id, focused);
  }

  /** The row moves in the document, and with it the focus would be lost. */
  #focus(id, button = "up") {
    const row = this.element.querySelector(`[data-programme="${id}"]`);
    const wanted = row?.querySelector(`[data-move="${button}"]`);
    /** @type {HTMLElement|null|undefined} */ (wanted ?? row?.querySelector("[data-move]"))?.focus();
  }

  #add(programme) {
    const { ranked } = this.#list;
    this.#set([...ranked, programme]);
    announce(`${programme.programme} is now ${ranked.length + 1} of ${ranked.length + 1}.`);
    this.#focus(programme.id);
  }

  #remove(programme) {
    this.#set(this.#list.ranked.filter(({ id }) => id !== programme.id));
    announce(`${programme.programme} is not ranked any more.`);
    /** @type {HTMLElement|null} */ (this.element.querySelector(`[data-add="${programme.id}"]`))?.focus();
  }

  #key(event, index) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step) {
      event.preventDefault();
      this.#move(index, index + step);
    }
  }

  // Nothing moves in the document while a row is dragged: the pointer would lose it.

  #grab(event, from) {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const rows = /** @type {HTMLElement[]} */ ([...this.element.querySelectorAll("[data-programme]")]);
    const middles = rows.map((row) => row.getBoundingClientRect()).map(({ top, height }) => scrollY + top + height / 2);
    this.#drag = { from, to: from, begin: scrollY + event.clientY, by: 0, middles };
    this.#draw();
  }

  #dragTo(event) {
    if (this.#drag) {
      const height = scrollY + event.clientY;
      const { from, begin, middles } = this.#drag;
      const by = height - begin;
      this.#drag = { ...this.#drag, by, to: placeAt(middles, from, middles[from] + by) };
      this.#draw();
    }
  }

  #letGo(kept) {
    const drag = this.#drag;
    if (drag) {
      this.#drag = null;
      this.#draw();
      if (kept && drag.to !== drag.from) {
        this.#move(drag.from, drag.to);
      }
    }
  }

  #draw() {
    const { name, words, ranked, not_ranked: out } = this.#list;
    render(
      html`<h2 id=${this.#titleId} class="section-title">${name}</h2>
        ${words.map((sentence) => html`<p class="quiet rank-words">${sentence}</p>`)}
        ${ranked.length > 0
          ? html`<p id=${`${this.#titleId}-keys`} class="quiet small rank-words">
                Drag a row by its handle, or use its arrows. On a keyboard, hold Alt and press the up or down arrow.
              </p>
              <ol class="rank-list">${repeat(ranked, ({ id }) => id, (each, index) => this.#ranked(each, index))}</ol>`
          : html`<p class="rank-words">Nothing is ranked yet. Add what you want most first.</p>`}
        ${out.length > 0
          ? html`<h3>Not ranked</h3>
              <ul class="rank-list">${repeat(out, ({ id }) => id, (each) => this.#notRanked(each))}</ul>`
          : nothing}`,
      this.element,
    );
    // The policy of these pages allows no style in the markup.
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll("[data-programme]"))) {
      row.style.translate = row.classList.contains("rank-dragged") ? `0 ${this.#drag?.by ?? 0}px` : "";
    }
  }

  #ranked(programme, index) {
    const { id, programme: name } = programme;
    const last = this.#list.ranked.length - 1;
    const drag = this.#drag;
    const isDragged = drag?.from === index;
    const button = (move, words, path, disabled, act) =>
      html`<button class="rank-button" type="button" data-move=${move} aria-label=${`${words}: ${name}`} title=${words} aria-disabled=${disabled ? "true" : nothing} @click=${act}>${picture(path)}</button>`;
    return html`<li
      class=${`rank-row ${isDragged ? "rank-dragged" : ""} ${dropMark(drag, index)}`}
      data-programme=${id}
      @keydown=${(event) => this.#key(event, index)}
    >
      <span
        class="rank-handle"
        aria-hidden="true"
        @pointerdown=${(event) => this.#grab(event, index)}
        @pointermove=${(event) => this.#dragTo(event)}
        @pointerup=${() => this.#letGo(true)}
        @pointercancel=${() => this.#letGo(false)}
      >${picture(GRIP)}</span>
      <span class="rank-number">${index + 1}</span>
      ${described(programme)}
      <div class="rank-buttons">
        ${button("up", "Move up", UP, index === 0, () => this.#move(index, index - 1))}
        ${button("down", "Move down", DOWN, index === last, () => this.#move(index, index + 1))}
        ${button("out", "Take off the list", OUT, false, () => this.#remove(programme))}
      </div>
    </li>`;
  }

  #notRanked(programme) {
    return html`<li class="rank-row rank-row-out">
      ${described(programme)}
      <div class="rank-buttons">
        <button class="button" type="button" data-add=${programme.id} @click=${() => this.#add(programme)}>Add<span class="visually-hidden"> ${programme.programme} to the list</span></button>
      </div>
    </li>`;
  }
}

/** The line where the dragged row would go. */
function dropMark(drag, index) {
  if (!drag || drag.to === drag.from || drag.to !== index) {
    return "";
  }
  return drag.to < drag.from ? "rank-drop-above" : "rank-drop-below";
}

function described({ id, programme, specialty, date_words: date, visited, impression }) {
  const values = impression.scales.filter(({ value }) => value !== null);
  return html`<div class="rank-programme">
    <p><a class="rank-name" href=${interviewAddress({ id })} data-page>${programme}</a></p>
    <p class="facts">${[specialty, date, visited ? "" : "Still to come"].filter(Boolean).map((fact) => html`<span>${fact}</span>`)}</p>
    ${impression.text ? html`<p class="rank-text">${impression.text}</p>` : nothing}
    ${values.length > 0
      ? html`<ul class="rank-scales" aria-label="Your scales, from 1 to 5">${values.map((scale) => html`<li>${scale.name} <strong>${scale.value}</strong></li>`)}</ul>`
      : nothing}
    ${visited && !impression.text && values.length === 0 ? html`<p class="quiet small">No impressions yet.</p>` : nothing}
  </div>`;
}

const picture = (path) => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${path}</svg>`;
const line = (d) => svg`<path d=${d} fill="none" stroke="currentcolor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`;
const UP = line("M8 13V3.5M3.8 7.4L8 3.2l4.2 4.2");
const DOWN = line("M8 3v9.5M3.8 8.6L8 12.8l4.2-4.2");
const OUT = line("M4 4l8 8M12 4l-8 8");
const GRIP = svg`<circle cx="5.5" cy="3.5" r="1.3"/><circle cx="10.5" cy="3.5" r="1.3"/><circle cx="5.5" cy="8" r="1.3"/><circle cx="10.5" cy="8" r="1.3"/><circle cx="5.5" cy="12.5" r="1.3"/><circle cx="10.5" cy="12.5" r="1.3"/>`;
