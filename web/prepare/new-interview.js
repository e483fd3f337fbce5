// A new interview: what one must know of it, and no more. The rest is written down on its own page.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { timeZone } from "../progress/axes.js";
import { goTo } from "../router.js";
import { html, nothing, render } from "../templating.js";
import { choiceField, textField } from "./fields.js";
import { interviewAddress } from "./addresses.js";
import { APPLYING_TO, FORMATS } from "./wording.js";
import { zoneField, zoneList } from "./zone-field.js";

/** What each field asks for where it is empty and must not be. */
const NEEDED = {
  programme: "Write the name of the programme or school.",
  date: "Choose the day that the invitation gives.",
  time_zone: "Choose the time zone of the programme. The invitation names it.",
};

export class NewInterview {
  /** As it was typed. @type {Record<string, string|null>} */
  #typed = { applying_to: null, programme: null, date: null, time: null, time_zone: null, own_time_zone: timeZone(), format: "virtual" };
  /** By field. @type {Record<string, string>} */
  #refused = {};
  /** @type {unknown} */
  #problem = null;
  #waiting = false;
  #zones;

  /** @param {{zones: Array<{name: string, words: string}>, applyingTo: string|null}} known */
  constructor({ zones, applyingTo }) {
    this.#zones = zones;
    this.#typed.applying_to = applyingTo ?? "residency";
    this.element = document.createElement("form");
    this.element.className = "new-interview";
    this.element.noValidate = true;
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    this.#draw();
  }

  async #add() {
    if (this.#waiting) {
      return;
    }
    this.#refused = Object.fromEntries(Object.entries(NEEDED).filter(([field]) => !this.#typed[field]));
    this.#problem = null;
    if (Object.keys(this.#refused).length === 0) {
      this.#waiting = true;
      try {
        goTo(interviewAddress(await api.addScheduledInterview(this.#typed)), { replace: true });
        return;
      } catch (error) {
        const { field } = error.problem ?? {};
        const isHere = field in this.#typed;
        this.#refused = isHere ? { [field]: error.text } : {};
        this.#problem = isHere ? null : error;
      }
      this.#waiting = false;
    }
    this.#draw();
    /** @type {HTMLElement|null} */ (this.element.querySelector("[aria-invalid]"))?.focus();
  }

  #write(field, value) {
    this.#typed = { ...this.#typed, [field]: value };
    delete this.#refused[field];
    this.#draw();
  }

  #field(field, words, how) {
    return {
      id: `new-${field}`,
      words,
      value: this.#typed[field],
      change: (value) => this.#write(field, value),
      said: { saved: false, problem: this.#refused[field] ?? "" },
      ...how,
    };
  }

  #draw() {
    render(
      html`
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${choiceField(this.#field("applying_to", "You apply to", { choices: APPLYING_TO }))}
        ${textField(this.#field("programme", "Programme or school", { longest: 200 }))}
        <div class="new-interview-pair">
          ${textField(this.#field("date", "Date", { type: "date" }))}
          ${textField(this.#field("time", "Time", { type: "time", optional: true }))}
        </div>
        ${zoneField({
          ...this.#field("time_zone", "Time zone of the programme", { hint: "Invitations give the programme's time, which is often not yours." }),
          offered: true,
          zones: this.#zones,
        })}
        ${zoneList(this.#zones)}
        ${choiceField(this.#field("format", "Format", { choices: FORMATS }))}
        <div class="buttons">
          <button class="button button-main" type="submit">Add this interview</button>
          <a class="button" href="/prepare" data-page>Not now</a>
        </div>
      `,
      this.element,
    );
  }
}
