// How this person speaks, as far as they want to say: kept at once, for all of their answers.

import { html, render, nothing, live } from "../templating.js";
import { api } from "../api.js";
import { problemNotice } from "../components/problem.js";
import { LANGUAGES, languageName } from "../format/languages.js";

export class HowYouSpeak {
  /** Null until they are here. */
  #preferences = null;
  #problem = null;
  /** What was saved last: `differently` or `language`. */
  #saved = "";

  constructor() {
    this.element = document.createElement("section");
    this.element.setAttribute("aria-labelledby", "speaking-title");
    this.#draw();
    this.#attempt(() => api.preferences());
  }

  async #change(what, changes) {
    this.#saved = "";
    this.#draw();
    await this.#attempt(async () => {
      const kept = await api.setPreferences(changes);
      this.#saved = what;
      return kept;
    });
  }

  async #attempt(action) {
    try {
      this.#preferences = await action();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #changeLanguage(field) {
    const name = languageName(field.value);
    field.value = name;
    if (this.#preferences && name !== (this.#preferences.first_language ?? "")) {
      this.#change("language", { first_language: name || null });
    }
  }

  #draw() {
    const { speaks_differently: differently = false, first_language: language = null } = this.#preferences ?? {};
    const waiting = this.#preferences === null;
    render(
      html`<h2 id="speaking-title">How you speak</h2>
        <div class="settings-body">
          <div class="settings-choice">
            <div class="settings-control">
              <label class="mark-field">
                <input
                  type="checkbox"
                  aria-describedby="differently-words"
                  .checked=${live(differently)}
                  ?disabled=${waiting}
                  @change=${(event) => this.#change("differently", { speaks_differently: event.target.checked })}
                />
                I stammer or speak differently
              </label>
              ${this.#savedLine("differently")}
            </div>
            <p id="differently-words" class="quiet">
              Greenroom then leaves out what it says about pace, pauses and fillers, and keeps the facts.
            </p>
          </div>
          <div class="settings-choice">
            <div class="settings-control">
              <label class="field">
                <span class="field-label">First language <span class="quiet">(optional)</span></span>
                <input
                  autocomplete="off"
                  maxlength="64"
                  list="first-languages"
                  aria-describedby="language-words"
                  .value=${language ?? ""}
                  ?disabled=${waiting}
                  @change=${(event) => this.#changeLanguage(event.target)}
                />
              </label>
              ${this.#savedLine("language")}
            </div>
            <datalist id="first-languages">${LANGUAGES.map((name) => html`<option value=${name}></option>`)}</datalist>
            <p id="language-words" class="quiet">
              Measures then show how far off they are for speakers like you, where there is labelled speech to say so.
              New answers keep it, so that progress can be looked at by language. It is never judged.
            </p>
          </div>
          ${this.#problem ? problemNotice(this.#problem) : nothing}
        </div>`,
      this.element,
    );
  }

  #savedLine(what) {
    return html`<span class="quiet small" role="status">${this.#saved === what ? "Saved." : ""}</span>`;
  }
}
