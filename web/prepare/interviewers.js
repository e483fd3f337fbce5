// Who will ask: name, role and email of each interviewer, kept as they are written.

import { announce } from "../components/notices.js";
import { html, nothing, render, repeat } from "../templating.js";
import { textField } from "./fields.js";

/** As many as the service takes. */
const MOST = 30;

/** Counts the rows of this page, for ids that stay. */
let rows = 0;

export class Interviewers {
  #kept;
  /** @type {Array<{key: string, id?: string, name: string|null, role: string|null, email: string|null}>} */
  #rows;
  /** Which field was written last. */
  #last = "";

  /** @param {import("./kept-interview.js").KeptInterview} kept */
  constructor(kept) {
    this.#kept = kept;
    this.#rows = kept.present.interviewers.map(rowOf);
    this.element = document.createElement("div");
    this.element.className = "interviewers";
    this.#draw();
  }

  #write(row, field, value) {
    row[field] = value;
    this.#last = `${row.key}-${field}`;
    this.#save();
  }

  /** A row in which nothing is written is nobody yet. A name may be unknown while the role is not. */
  async #save() {
    const written = this.#rows.filter(({ name, role, email }) => name || role || email);
    await this.#kept.change(
      "interviewers",
      written.map(({ id, name, role, email }) => ({ ...(id ? { id } : {}), name, role, email })),
    );
    const { interviewers } = this.#kept.present;
    if (interviewers.length === written.length) {
      // One that was empty for a while is new to the service. What is still on its way has no id yet.
      written.forEach((row, place) => (row.id = interviewers[place].id ?? row.id));
    }
    this.#draw();
  }

  #add() {
    const row = rowOf({ id: undefined, name: null, role: null, email: null });
    this.#rows.push(row);
    this.#draw();
    this.#focus(`${row.key}-name`);
  }

  #remove(row) {
    const place = this.#rows.indexOf(row);
    this.#rows.splice(place, 1);
    this.#draw();
    announce(`${row.name ?? "The empty line"} is removed.`);
    const near = this.#rows[place] ?? this.#rows[place - 1];
    this.#focus(near ? `${near.key}-name` : "add-interviewer");
    this.#save();
  }

  #focus(id) {
    /** @type {HTMLElement|null} */ (this.element.querySelector(`#${id}`))?.focus();
  }

  #draw() {
    render(
      html`${repeat(
          this.#rows,
          ({ key }) => key,
          (row, place) => this.#person(row, place),
        )}
        ${this.#rows.length < MOST
          ? html`<button id="add-interviewer" class="button" type="button" @click=${() => this.#add()}>Add an interviewer</button>`
          : nothing}`,
      this.element,
    );
  }

  #person(row, place) {
    const field = (name, words, how) => {
      const id = `${row.key}-${name}`;
      return textField({
        id,
        words,
        value: row[name],
        change: (value) => this.#write(row, name, value),
        said: this.#last === id ? this.#kept.said("interviewers") : undefined,
        ...how,
      });
    };
    return html`<fieldset class="interviewer-fields">
      <legend class="visually-hidden">${row.name ?? `Interviewer ${place + 1}`}</legend>
      ${field("name", "Name", { longest: 100 })} ${field("role", "Role", { longest: 100, optional: true })}
      ${field("email", "Email", { type: "email", longest: 254, optional: true })}
      <button class="link-button small" type="button" @click=${() => this.#remove(row)}>Remove<span class="visually-hidden"> ${row.name ?? `interviewer ${place + 1}`}</span></button>
    </fieldset>`;
  }
}

function rowOf({ id, name, role, email }) {
  rows += 1;
  return { key: `interviewer-${rows}`, id, name, role, email };
}
