// Where lines of the application are pasted. What is in it and not added yet stays in this browser.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";

/** Characters, as the service takes them. */
const LONGEST = 100_000;
const DRAFT = "greenroom.application-draft";

export class PasteLines {
  #onAdded;
  /** What was in the field at first: drawn again it changes nothing, whatever has been typed since. */
  #first = readDraft();
  #said = "";
  /** @type {unknown} */
  #problem = null;
  #adding = false;

  /** @param {(list: any) => void} onAdded */
  constructor(onAdded) {
    this.#onAdded = onAdded;
    this.element = document.createElement("div");
    this.#draw();
  }

  async #add(event) {
    event.preventDefault();
    const field = /** @type {HTMLTextAreaElement} */ (event.target.elements.text);
    if (this.#adding || !field.value.trim()) {
      field.focus();
      return;
    }
    this.#adding = true;
    this.#said = "";
    this.#draw();
    const added = field.value;
    try {
      const list = await api.addApplicationLines({ text: added, section: null });
      this.#problem = null;
      this.#said = list.added_words;
      // What was typed meanwhile stays. Lines that were just added count as there already.
      if (field.value === added) {
        field.value = "";
        keepDraft("");
      }
      this.#onAdded(list);
    } catch (error) {
      this.#problem = error;
    }
    this.#adding = false;
    this.#draw();
    field.focus();
  }

  #draw() {
    render(
      html`<form class="paste-lines" @submit=${(event) => this.#add(event)}>
        <label class="field">
          <span class="field-label">Paste or type lines</span>
          <textarea
            name="text"
            rows="8"
            maxlength=${LONGEST}
            aria-describedby="paste-hint"
            placeholder=${"Research experience:\nStroke registry, two years\nPoster at the national congress"}
            .value=${this.#first}
            @input=${(event) => keepDraft(event.target.value)}
          ></textarea>
        </label>
        <p id="paste-hint" class="quiet small">
          Every line becomes a question of its own. A line that ends with a colon is the heading of those below it. Lines
          that are there already are left out.
        </p>
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        <div class="buttons">
          <button class="button button-main" type="submit" aria-disabled=${this.#adding ? "true" : nothing}>Add these lines</button>
          <span role="status">${this.#said}</span>
        </div>
      </form>`,
      this.element,
    );
  }
}

function readDraft() {
  try {
    return localStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

function keepDraft(text) {
  try {
    if (text) {
      localStorage.setItem(DRAFT, text);
    } else {
      localStorage.removeItem(DRAFT);
    }
  } catch {
    // Without a store the words are only in the field.
  }
}
