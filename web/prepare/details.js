// All that is known of an interview, to be changed field by field.

import { SavedText } from "../components/saved-text.js";
import { html, nothing } from "../templating.js";
import { choiceField, textField } from "./fields.js";
import { Interviewers } from "./interviewers.js";
import { APPLYING_TO, FORMATS } from "./wording.js";
import { zoneField, zoneList } from "./zone-field.js";

/** Characters, as the service takes them. */
const LONGEST_NOTES = 4000;

export class Details {
  #kept;
  /** Time zones and specialties to choose from, once they are here. @type {Array<{name: string, words: string}>} */
  #zones = [];
  /** @type {string[]} */
  #specialties = [];
  #interviewers;
  #notes;

  /** @param {import("./kept-interview.js").KeptInterview} kept */
  constructor(kept) {
    this.#kept = kept;
    this.#interviewers = new Interviewers(kept);
    this.#notes = new SavedText({
      label: "What to remember",
      placeholder: "What the invitation says: order of the day, documents, dress",
      longest: LONGEST_NOTES,
      rows: 5,
      text: kept.present.notes,
      save: async (notes) => {
        await kept.change("notes", notes);
        if (kept.said("notes").problem) {
          throw new Error(kept.said("notes").problem);
        }
      },
    });
  }

  close() {
    this.#notes.close();
  }

  /** @param {{zones: Array<{name: string, words: string}>, specialties: string[]}} choices */
  offer({ zones, specialties }) {
    this.#zones = zones;
    this.#specialties = specialties;
  }

  /** The sections, each with its name beside it. */
  template() {
    const { applying_to: applyingTo, format } = this.#kept.present;
    const meets = format !== "asynchronous";
    return html`
      ${zoneList(this.#zones)}
      ${part(
        "what",
        "The interview",
        html`${this.#text("programme", "Programme or school", { longest: 200, wide: "field-wide" })}
          ${this.#choice("applying_to", "You apply to", APPLYING_TO)}
          ${applyingTo === "residency"
            ? html`${this.#text("specialty", "Specialty", { optional: true, longest: 64, list: "specialties" })}
                <datalist id="specialties">${this.#specialties.map((name) => html`<option value=${name}></option>`)}</datalist>`
            : nothing}`,
      )}
      ${part(
        "when",
        "Date and time",
        html`${this.#text("date", "Date", { type: "date" })}
          ${this.#text("time", "Time", { type: "time", optional: true })}
          ${this.#zone("time_zone", "Time zone of the programme")} ${this.#zone("own_time_zone", "Your time zone on that day", true)}
          ${this.#minutes()}`,
        "Date and time are those of the programme, as the invitation gives them.",
      )}
      ${part(
        "how",
        "How it is held",
        html`${this.#choice("format", "Format", FORMATS, "field-wide")}
          ${format === "in_person"
            ? nothing
            : html`${this.#text("platform", "Platform", { optional: true, longest: 100, placeholder: "Zoom, Thalamus, Teams" })}
                ${this.#text("link", "Link", { type: "url", optional: true, longest: 2000 })}`}
          ${format === "in_person" || format === "hybrid" ? this.#text("place", "Place", { optional: true, wide: "field-wide" }) : nothing}`,
      )}
      ${part(
        "coordinator",
        "Coordinator",
        html`${this.#coordinator("name", "Name", { longest: 100 })}
          ${this.#coordinator("email", "Email", { type: "email", longest: 254 })}
          ${this.#coordinator("phone", "Phone", { type: "tel", longest: 40 })}`,
        "Who to write to or call when something goes wrong. The invitation often names them.",
      )}
      ${meets
        ? html`<section aria-labelledby="interviewers-title">
            <h3 id="interviewers-title">Interviewers</h3>
            <div class="settings-body">${this.#interviewers.element}</div>
          </section>`
        : nothing}
      <section aria-labelledby="notes-title">
        <h3 id="notes-title">Notes</h3>
        <div class="settings-body interview-notes">${this.#notes.element}</div>
      </section>
    `;
  }

  #text(field, words, how) {
    return textField({
      id: `interview-${field}`,
      words,
      value: this.#kept.present[field],
      change: (value) => this.#kept.change(field, value),
      said: this.#kept.said(field),
      ...how,
    });
  }

  #choice(field, words, choices, wide = "") {
    return choiceField({
      id: `interview-${field}`,
      words,
      choices,
      wide,
      value: this.#kept.present[field],
      change: (value) => this.#kept.change(field, value),
      said: this.#kept.said(field),
    });
  }

  #zone(field, words, offered = false) {
    return zoneField({
      id: `interview-${field}`,
      words,
      offered,
      zones: this.#zones,
      value: this.#kept.present[field],
      change: (value) => this.#kept.change(field, value),
      said: this.#kept.said(field),
    });
  }

  #minutes() {
    return textField({
      id: "interview-minutes",
      words: "Length in minutes",
      type: "number",
      optional: true,
      value: this.#kept.present.minutes,
      change: (value) => this.#kept.change("minutes", value === null ? null : Number(value)),
      said: this.#kept.said("minutes"),
    });
  }

  /** The coordinator is kept as a whole. */
  #coordinator(field, words, how) {
    const present = this.#kept.present.coordinator ?? {};
    return textField({
      id: `coordinator-${field}`,
      words,
      optional: true,
      value: present[field],
      change: (value) => {
        const coordinator = { name: null, email: null, phone: null, ...this.#kept.present.coordinator, [field]: value };
        this.#kept.change("coordinator", Object.values(coordinator).some(Boolean) ? coordinator : null);
        this.#lastOfCoordinator = field;
      },
      said: this.#lastOfCoordinator === field ? this.#kept.said("coordinator") : undefined,
      ...how,
    });
  }

  /** Which of the coordinator's fields was written last: what is said is said there. */
  #lastOfCoordinator = "";
}

function part(id, name, fields, words = "") {
  return html`<section aria-labelledby=${`${id}-title`}>
    <h3 id=${`${id}-title`}>${name}</h3>
    <div class="settings-body">
      ${words ? html`<p class="quiet">${words}</p>` : nothing}
      <div class="settings-fields interview-fields">${fields}</div>
    </div>
  </section>`;
}
