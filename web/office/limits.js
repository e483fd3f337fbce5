// What an office decides: its name, how long recordings are kept, and how much a person may record.

import { confirm } from "../components/dialog.js";
import { announce, problemNotice } from "../components/notices.js";
import { countWords } from "../format/time.js";
import { html, nothing } from "../templating.js";
import { office } from "./requests.js";

const MEGABYTE = 1_000_000;
/** The least that the service takes, in megabytes. */
const LEAST_SPACE = 2;

export class OfficeLimits {
  /** @type {any} */
  #settings = null;
  #saved = false;
  /** @type {unknown} */
  #problem = null;

  /** @param {{onChange: () => void, onDone: () => void}} does */
  constructor(does) {
    this.does = does;
  }

  async load() {
    try {
      this.#settings = await office.settings();
    } catch (error) {
      this.#problem = error;
    }
    this.does.onChange();
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    if (!form.reportValidity()) {
      return;
    }
    const given = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    const days = number(given.days);
    const before = this.#settings.retention_days;
    if (days !== null && (before === null || days < before) && !(await this.#isMeant(days))) {
      return;
    }
    const space = number(given.space);
    try {
      this.#settings = await office.change({
        name: given.name.trim() || null,
        retention_days: days,
        quota_bytes: space === null ? null : space * MEGABYTE,
        quota_minutes_a_day: number(given.minutes),
      });
      this.#saved = true;
      this.#problem = null;
      announce("Saved.");
      this.does.onDone();
    } catch (error) {
      this.#problem = error;
    }
    this.does.onChange();
  }

  #isMeant(days) {
    return confirm({
      title: `Delete recordings after ${countWords(days, "day")}?`,
      text: "Older ones are deleted within ten minutes, for everybody. Reports and figures stay. A deleted recording cannot be brought back.",
      yes: "Delete them from now on",
      no: "Change nothing",
    });
  }

  template() {
    const settings = this.#settings;
    return html`<section aria-labelledby="office-limits">
      <h2 id="office-limits">The office</h2>
      <div class="settings-body">
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${settings === null
          ? nothing
          : html`<form class="office-limits" @submit=${(event) => this.#save(event)} @input=${() => this.#changed()}>
              <label class="field"><span class="field-label">Name of the office</span><input name="name" type="text" maxlength="200" .value=${settings.name ?? ""} /></label>
              ${field("days", "Delete recordings after this many days", "Empty: they are kept. Reports always stay.", settings.retention_days, 1, 3650)}
              ${field("minutes", "Minutes that a person may record in 24 hours", "Empty: no limit. A recording that has begun is never cut off.", settings.quota_minutes_a_day, 1, 1440)}
              ${field("space", "Megabytes that a person's recordings may take up", "Empty: no limit.", settings.quota_bytes === null ? null : Math.round(settings.quota_bytes / MEGABYTE), LEAST_SPACE, 1_000_000)}
              <div class="office-save"><button class="button" type="submit">Save</button><span role="status">${this.#saved ? "Saved." : nothing}</span></div>
            </form>`}
      </div>
    </section>`;
  }

  #changed() {
    if (this.#saved) {
      this.#saved = false;
      this.does.onChange();
    }
  }
}

function field(name, label, help, value, least, most) {
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <span class="quiet small">${help}</span>
    <input name=${name} type="number" inputmode="numeric" min=${least} max=${most} step="1" .value=${value === null ? "" : String(value)} />
  </label>`;
}

function number(text) {
  return text.trim() === "" ? null : Number(text);
}
