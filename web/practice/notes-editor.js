// Where notes on a question are written: the plan for a difficult question, and bullets. See question-notes.js.

import { announce } from "../components/notices.js";
import { html, live, nothing, render } from "../templating.js";
import { preferences, remember } from "./preferences.js";
import { MOST_BULLETS, PLAN_LINES } from "./question-notes.js";

/** Characters, as the service takes them. */
const LONGEST_BULLET = 120;
const LONGEST_LINE = 150;

/** What helps with a line of the plan. */
const HINTS = {
  acknowledge: "The fact, in one short sentence.",
  context: "One reason, without excuses. You need not tell all of it.",
  learned: "What you changed since, and what shows it.",
};

/** Lines that show the length and the tone, by the kind of the question. */
const EXAMPLES = {
  international: {
    acknowledge: "I have not worked in a hospital here yet.",
    context: "I finished my training abroad last year.",
    learned: "I followed a team here for a month, and I know how its day runs.",
  },
  gaps: {
    acknowledge: "I took this exam twice.",
    context: "I had just moved here, and I studied alone.",
    learned: "I made a weekly plan with a tutor. My next result was better.",
  },
};

/** Editors made so far: ids within the page. */
let editors = 0;

export class NotesEditor {
  #prefix;
  /** Which folds are open. */
  #open;
  /** Refusals that were told as the person went on: the next time they go on without those bullets. */
  #told = "";
  #draw = () => this.#render();

  /**
   * @param {import("./question-notes.js").QuestionNotes} notes
   * @param {{folded?: boolean}} [how] `folded`: at first, whatever there is; else a plan to make and notes that are
   *   there stand open
   */
  constructor(notes, { folded = false } = {}) {
    editors += 1;
    this.#prefix = `notes-${editors}`;
    this.notes = notes;
    this.element = document.createElement("div");
    this.element.className = "notes-editor";
    this.#open = { plan: !folded, bullets: false };
    notes.loaded.then(() => {
      this.#open.bullets ||= !folded && notes.bullets.some(Boolean);
      this.#render();
    });
    notes.addEventListener("change", this.#draw);
    this.#render();
  }

  /** Leave; what was typed last is still saved. */
  close() {
    this.notes.save();
    this.notes.removeEventListener("change", this.#draw);
  }

  /**
   * Before the person goes on: all is saved, and a bullet that is refused is shown once.
   * @returns {Promise<boolean>} false where one is shown now
   */
  async settle() {
    const field = /** @type {HTMLElement|null} */ (document.activeElement);
    if (field && this.element.contains(field)) {
      // What is being typed counts too.
      field.blur();
    }
    await this.notes.save();
    const [place, text] = [...this.notes.refused][0] ?? [];
    const told = [...this.notes.refused.values()].join(" ");
    if (place === undefined || told === this.#told) {
      return true;
    }
    this.#told = told;
    this.#open.bullets = true;
    this.#render();
    this.#field(place)?.focus();
    announce(/** @type {string} */ (text));
    return false;
  }

  #field(place) {
    return /** @type {HTMLElement|null} */ (this.element.querySelector(`#${this.#prefix}-bullet-${place}`));
  }

  /** Enter: to the next bullet, unless this one is refused. */
  async #next(event, place) {
    if (event.key !== "Enter" || event.isComposing) {
      return;
    }
    event.preventDefault();
    if (await this.notes.writeBullet(place, event.target.value)) {
      this.#field(place + 1)?.focus();
    } else {
      announce(this.notes.refused.get(place) ?? "");
    }
  }

  #render() {
    const { notes } = this;
    render(
      html`${notes.hasPlan ? this.#fold("plan", "A plan for your answer", this.#plan()) : nothing}
        ${this.#fold("bullets", "Notes to glance at while you record", this.#bullets())}
        <p class="quiet small notes-state" role="status">${STATES[notes.state] ?? ""}</p>`,
      this.element,
    );
  }

  #fold(part, words, content) {
    return html`<details class="notes-fold notes-${part}" .open=${live(this.#open[part])} @toggle=${(event) => (this.#open[part] = event.target.open)}>
      <summary @click=${(event) => this.#turn(event, part)}>${words}</summary>
      <div class="notes-body" role="group" aria-label=${words}>${content}</div>
    </details>`;
  }

  /** At once: "toggle" comes later, and what is drawn until then would close the fold again. */
  #turn(event, part) {
    event.preventDefault();
    this.#open[part] = !this.#open[part];
    this.#render();
  }

  #plan() {
    return html`<p class="quiet">Three short lines make a hard question easier. Use your own words, not those of the examples.</p>
      <div class="notes-lines">${PLAN_LINES.map((line) => this.#line(line))}</div>
      <label class="mark-field" for="${this.#prefix}-shown">
        <input id="${this.#prefix}-shown" type="checkbox" .checked=${live(preferences().planShown)} @change=${(event) => this.#showPlan(event.target.checked)} />
        <span>Show the plan while I record</span>
      </label>`;
  }

  #showPlan(planShown) {
    remember({ planShown });
    this.#render();
  }

  #line({ name, words }) {
    const hint = HINTS[name];
    const example = (EXAMPLES[this.notes.kind] ?? EXAMPLES.gaps)[name];
    const id = `${this.#prefix}-${name}`;
    return html`<div class="notes-line">
      <label class="field-label" for=${id}>${words}</label>
      <p id="${id}-hint" class="quiet small">${hint}</p>
      <div class="field">
        <textarea
          id=${id}
          rows="2"
          maxlength=${LONGEST_LINE}
          aria-describedby="${id}-hint ${id}-example"
          .value=${live(this.notes.plan[name])}
          @input=${(event) => this.notes.typePlan(name, event.target.value)}
          @blur=${() => this.notes.save()}
        ></textarea>
      </div>
      <p id="${id}-example" class="quiet small notes-example">Example: “${example}”</p>
    </div>`;
  }

  #bullets() {
    const { notes } = this;
    const filled = notes.bullets.findLastIndex((text) => text.trim());
    return html`<p class="quiet">Up to five, of eight words at most. They stand near the camera.</p>
      <ol>
        ${notes.bullets.slice(0, Math.min(MOST_BULLETS, filled + 2)).map((text, place) => this.#bullet(text, place))}
      </ol>`;
  }

  #bullet(text, place) {
    const id = `${this.#prefix}-bullet-${place}`;
    const refusal = this.notes.refused.get(place);
    return html`<li class="field">
      <label class="visually-hidden" for=${id}>Note ${place + 1}</label>
      <input
        id=${id}
        autocomplete="off"
        maxlength=${LONGEST_BULLET}
        aria-invalid=${refusal ? "true" : nothing}
        aria-describedby=${refusal ? `${id}-refusal` : nothing}
        .value=${text}
        @change=${(event) => this.notes.writeBullet(place, event.target.value)}
        @keydown=${(event) => this.#next(event, place)}
      />
      ${refusal ? html`<p id="${id}-refusal" class="notes-refusal small">${refusal}</p>` : nothing}
    </li>`;
  }
}

const STATES = {
  saved: "Saved.",
  failed: "Not saved yet. Your words are still here: change one to try again.",
};
