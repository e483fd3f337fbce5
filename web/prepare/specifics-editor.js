// What is special about a programme: each thing with its kind, saved as it is written.

import { announce } from "../components/notices.js";
import { html, live, nothing, render, repeat } from "../templating.js";

/** As many as the service takes. */
const MOST = 8;
/** Characters. */
const LONGEST = 200;
/** Milliseconds without a key after which the words are saved. */
const SAVE_AFTER = 800;

/** What stands in an empty field, by kind. */
const EXAMPLES = {
  curriculum: "Night float instead of 28-hour calls",
  research: "A QI project for every resident",
  support: "J-1 visa sponsorship",
  place: "My sister lives in Boston",
  other: "What only they have",
};

/** Counts the rows of this page, for ids that stay. */
let rows = 0;

export class SpecificsEditor {
  /** @type {Array<{key: string, id?: string, kind: string, text: string}>} */
  #rows;
  #kept;
  #timer = 0;
  /** Whether something is written that was not sent. */
  #changed = false;

  /** @param {import("./kept-sheet.js").KeptSheet} kept */
  constructor(kept) {
    this.#kept = kept;
    this.#rows = kept.present.specifics.map(rowOf);
    // Three empty lines say how many there should be.
    const kinds = kept.present.kinds.map(({ id }) => id);
    while (this.#rows.length < 3) {
      const free = kinds.find((kind) => this.#rows.every((row) => row.kind !== kind));
      this.#rows.push(rowOf({ kind: free ?? kinds[0], text: "" }));
    }
    this.element = document.createElement("div");
    this.element.className = "specifics-editor";
    kept.addEventListener("change", () => this.#draw());
    this.#draw();
  }

  close() {
    if (this.#changed) {
      this.#save();
    }
  }

  #type(row, text) {
    row.text = text;
    this.#later();
  }

  #later() {
    this.#changed = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER);
  }

  async #save() {
    clearTimeout(this.#timer);
    if (!this.#changed) {
      return;
    }
    this.#changed = false;
    const written = this.#rows.filter(({ text }) => text.trim());
    const sent = written.map(({ id, kind, text }) => ({ ...(id ? { id } : {}), kind, text }));
    if (!(await this.#kept.write("specifics", sent))) {
      this.#changed = true;
      return;
    }
    const { specifics } = this.#kept.present;
    if (specifics.length === written.length) {
      written.forEach((row, place) => (row.id = specifics[place].id));
    }
  }

  #move(row, by) {
    const place = this.#rows.indexOf(row);
    this.#rows.splice(place, 1);
    this.#rows.splice(place + by, 0, row);
    this.#draw();
    announce(`Moved to place ${place + by + 1}.`);
    this.#later();
    const name = by < 0 ? "up" : "down";
    const again = /** @type {HTMLButtonElement|null} */ (this.element.querySelector(`#${row.key}-${name}`));
    (again?.disabled ? /** @type {HTMLElement|null} */ (this.element.querySelector(`#${row.key}-text`)) : again)?.focus();
  }

  #add() {
    const row = rowOf({ kind: "other", text: "" });
    this.#rows.push(row);
    this.#draw();
    this.#focus(`${row.key}-text`);
  }

  #remove(row) {
    const place = this.#rows.indexOf(row);
    this.#rows.splice(place, 1);
    this.#draw();
    announce("Removed.");
    const near = this.#rows[place] ?? this.#rows[place - 1];
    this.#focus(near ? `${near.key}-text` : "add-specific");
    this.#later();
  }

  #focus(id) {
    /** @type {HTMLElement|null} */ (this.element.querySelector(`#${id}`))?.focus();
  }

  #draw() {
    render(
      html`<p class="quiet" role="status">${this.#kept.present.specifics_words}${this.#kept.saved === "specifics" ? " Saved." : nothing}</p>
        <ol class="specific-rows">
          ${repeat(
            this.#rows,
            ({ key }) => key,
            (row, place) => this.#row(row, place),
          )}
        </ol>
        ${this.#rows.length < MOST
          ? html`<button id="add-specific" class="button" type="button" @click=${() => this.#add()}>Add another</button>`
          : nothing}`,
      this.element,
    );
  }

  #row(row, place) {
    const number = place + 1;
    const choose = (event) => {
      row.kind = event.target.value;
      this.#draw();
      this.#later();
    };
    return html`<li class="specific-row">
      <div class="field">
        <label class="field-label" for=${`${row.key}-kind`}>Kind<span class="visually-hidden"> of number ${number}</span></label>
        <select id=${`${row.key}-kind`} @change=${choose}>
          ${this.#kept.present.kinds.map(({ id, name }) => html`<option value=${id} .selected=${live(id === row.kind)}>${name}</option>`)}
        </select>
      </div>
      <div class="field">
        <label class="field-label" for=${`${row.key}-text`}>What it is<span class="visually-hidden">, number ${number}</span></label>
        <input
          id=${`${row.key}-text`}
          autocomplete="off"
          maxlength=${LONGEST}
          placeholder=${`For example: ${EXAMPLES[row.kind] ?? EXAMPLES.other}`}
          .value=${row.text}
          @input=${(event) => this.#type(row, event.target.value)}
          @change=${() => this.#save()}
        />
      </div>
      <div class="specific-moves">
        <button id=${`${row.key}-up`} class="link-button small" type="button" ?disabled=${place === 0} @click=${() => this.#move(row, -1)}>Up<span class="visually-hidden">: number ${number}</span></button>
        <button id=${`${row.key}-down`} class="link-button small" type="button" ?disabled=${number === this.#rows.length} @click=${() => this.#move(row, 1)}>Down<span class="visually-hidden">: number ${number}</span></button>
        <button class="link-button small" type="button" @click=${() => this.#remove(row)}>Remove<span class="visually-hidden">: number ${number}</span></button>
      </div>
    </li>`;
  }
}

/** @param {{id?: string, kind: string, text: string}} specific */
function rowOf({ id, kind, text }) {
  rows += 1;
  return { key: `specific-${rows}`, id, kind, text };
}
