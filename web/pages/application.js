// The lines of one's application: each is a question to practise, and which were practised is shown.

import { api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { announce, problemNotice } from "../components/notices.js";
import { practiseAddress } from "../prepare/addresses.js";
import { askForLine } from "../prepare/line-dialog.js";
import { stateMark } from "../prepare/marks.js";
import { PasteLines } from "../prepare/paste-lines.js";
import { html, live, nothing, render, repeat } from "../templating.js";

export function openApplication(container) {
  const page = new ApplicationPage(container);
  return () => page.close();
}

class ApplicationPage {
  /** @type {any} */
  #list = null;
  #paste;
  #openOnly = false;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  constructor(container) {
    this.container = container;
    this.#paste = new PasteLines((list) => {
      this.#list = list;
      this.#draw();
    });
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  async #load() {
    await this.#attempt(async () => {});
  }

  /** Do something, and show the lines as they are then. @returns {Promise<boolean>} whether it was done */
  async #attempt(action) {
    try {
      await action();
      this.#list = await api.applicationLines();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
    return this.#problem === null;
  }

  async #change(line) {
    const changes = await askForLine(line, this.#list.sections);
    if (changes && (await this.#attempt(() => api.changeApplicationLine(line.id, changes)))) {
      announce("Saved.");
    }
    this.#focus(`change-${line.id}`);
  }

  async #remove(line) {
    const yes = await confirm({ title: "Delete this line?", text: "Its question goes with it. Answers that you gave to it stay.", yes: "Delete it" });
    if (yes && (await this.#attempt(() => api.removeApplicationLine(line.id)))) {
      announce("Deleted.");
      this.#focus("lines-title");
    }
  }

  #focus(id) {
    /** @type {HTMLElement|null} */ (this.container.querySelector(`#${id}`))?.focus();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="application-page">${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    return html`
      <div class="interview-head">
        <a href="/prepare" data-page>Prepare</a>
        <h1>Your application</h1>
      </div>
      <p class="sheet-lead">
        They can ask about any line of it. Put all lines here and practise each of them once. They stay on this machine.
      </p>
      ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#lines()}
      <section aria-labelledby="paste-title">
        <h2 id="paste-title" class="section-title">Add lines</h2>
        ${this.#paste.element}
      </section>
    `;
  }

  #lines() {
    if (!this.#list) {
      return this.#problem
        ? html`<div class="buttons"><button class="button button-main" type="button" @click=${() => this.#load()}>Try again</button></div>`
        : html`<div aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div></div>`;
    }
    const { items, sections, summary } = this.#list;
    if (items.length === 0) {
      return nothing;
    }
    const shown = this.#openOnly ? items.filter(({ practised }) => !practised) : items;
    const groups = [null, ...sections].map((section) => ({ section, lines: shown.filter((line) => line.section === section) })).filter(({ lines }) => lines.length > 0);
    const next = items.find(({ practised }) => !practised);
    return html`<section class="application-lines" aria-labelledby="lines-title">
      <div class="application-head">
        <h2 id="lines-title" class="section-title" tabindex="-1">Your lines</h2>
        <p role="status">${summary}</p>
      </div>
      <div class="buttons">
        ${next ? html`<a class="button button-main" href=${practiseAddress(next.id)} data-page>Practise the next line</a>` : nothing}
        <label class="mark-field" for="open-only">
          <input
            id="open-only"
            type="checkbox"
            .checked=${live(this.#openOnly)}
            @change=${(event) => {
              this.#openOnly = event.target.checked;
              this.#draw();
            }}
          />
          <span>Only those not practised yet</span>
        </label>
      </div>
      ${groups.length === 0 ? html`<p class="quiet">All of them were practised.</p>` : nothing}
      ${repeat(
        groups,
        ({ section }) => section ?? "",
        ({ section, lines }) => html`<section class="application-section" aria-label=${section ?? "Without a section"}>
          ${section ? html`<h3>${section}</h3>` : nothing}
          <ul>${repeat(lines, ({ id }) => id, (line) => this.#line(line))}</ul>
        </section>`,
      )}
    </section>`;
  }

  #line(line) {
    const { id, line: text, practised, practised_words: words } = line;
    const name = html`<span class="visually-hidden">: ${text}</span>`;
    return html`<li class="application-line">
      ${stateMark(practised ? "done" : "open", "")}
      <div>
        <p class="application-text">${text}</p>
        <p class="facts">
          <span>${words}</span>
          <span><a href=${practiseAddress(id)} data-page>Practise${name}</a></span>
          <span><button id=${`change-${id}`} class="link-button" type="button" @click=${() => this.#change(line)}>Change${name}</button></span>
          <span><button class="link-button button-delete" type="button" @click=${() => this.#remove(line)}>Delete${name}</button></span>
        </p>
      </div>
    </li>`;
  }
}
