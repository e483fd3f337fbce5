// Settings: how one speaks, where things are, what is allowed, what this is made of, and the way out with everything.

import { addresses, api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { binIcon } from "../components/icons.js";
import { problemNotice } from "../components/notices.js";
import { countWords, lengthWords, sizeWords } from "../format/time.js";
import { forgetInBrowser } from "../recording/forget.js";
import { ConnectionContact } from "../settings/connection-contact.js";
import { html, live, nothing, render } from "../templating.js";

/** What the page itself is built on. The service's own packages come with their licences. */
const VENDORED = [
  { name: "lit-html", version: "3.3.3", licence: "BSD 3-Clause", text: "/static/vendor/lit-html-3.3.3/LICENSE.txt" },
];

export function openSettings(container) {
  /** @type {any} */
  let about = null;
  /** @type {any} */
  let answers = null;
  /** @type {unknown} */
  let problem = null;
  let deleted = false;
  let speaking = new HowYouSpeak();
  let contact = new ConnectionContact();

  const deleteEverything = async () => {
    const yes = await confirm({
      title: "Delete everything?",
      text: `${whatGoes(answers)} What you keep under Prepare goes too. This cannot be undone. You can keep an export that you made before.`,
      yes: "Delete everything",
      no: "Keep everything",
      typed: "delete",
    });
    if (!yes) {
      return;
    }
    try {
      await api.deleteEverything();
      await forgetInBrowser();
      deleted = true;
      answers = 0;
      speaking = new HowYouSpeak();
      contact = new ConnectionContact();
    } catch (error) {
      problem = error;
    }
    draw();
  };

  const draw = () =>
    render(
      html`
        <div class="page-head"><h1>Settings</h1></div>
        ${problem ? problemNotice(problem) : nothing}
        <div class="settings">
          ${speaking.element} ${contact.element} ${keeping(about, answers)} ${limits(about)}
          <section aria-labelledby="everything-title">
            <h2 id="everything-title">Export or delete everything</h2>
            <div class="settings-body">
              <p>
                The export is one zip file. It has your recordings, transcripts, reports, notes, tags and corrections. It
                also has your interviews, what you prepared for them, and your settings.
              </p>
              <div class="buttons">
                <a class="button" href=${addresses.export} download>Export everything</a>
                <button class="button button-delete" type="button" ?disabled=${answers === null} @click=${deleteEverything}>${binIcon()} Delete everything…</button>
              </div>
              <p role="status">${deleted ? "Everything is deleted. Nothing is left on this machine." : nothing}</p>
            </div>
          </section>
          ${madeOf(about)}
        </div>
      `,
      container,
    );

  draw();
  Promise.all([api.about(), api.answers({ limit: 1 })]).then(
    ([machine, list]) => {
      about = machine;
      answers = list.total;
      draw();
    },
    (error) => {
      problem = error;
      draw();
    },
  );
}

function whatGoes(answers) {
  const rest = "all that you wrote or set";
  return answers > 0
    ? `${countWords(answers, "answer")} with recordings, transcripts and reports will be deleted, and ${rest}.`
    : `${rest[0].toUpperCase()}${rest.slice(1)} will be deleted.`;
}

const waiting = () => html`<span class="skeleton settings-skeleton" aria-hidden="true"></span>`;

function row(name, value) {
  return html`<div><dt>${name}</dt><dd>${value ?? waiting()}</dd></div>`;
}

function keeping(about, answers) {
  return html`<section aria-labelledby="keeping-title">
    <h2 id="keeping-title">Where your recordings are</h2>
    <div class="settings-body">
      <p>
        ${
          about?.data_folder === null
            ? "On the machines of your office, and nowhere else."
            : "On this machine, in the folder below, and nowhere else. Nothing leaves this machine."
        }
        <a href="/privacy" data-page>Privacy and accessibility</a>
      </p>
      <dl class="settings-facts">
        ${row("Folder", about && (about.data_folder === null ? "On the machines of your office" : html`<code>${about.data_folder}</code>`))}
        ${row("Kept now", answers === null ? null : countWords(answers, "answer"))}
      </dl>
    </div>
  </section>`;
}

function limits(about) {
  return html`<section aria-labelledby="limits-title">
    <h2 id="limits-title">What you can upload</h2>
    <div class="settings-body">
      <dl class="settings-facts">
        ${row("Largest file", about && sizeWords(about.limits.maximum_bytes))}
        ${row("Longest recording", about && lengthWords(about.limits.maximum_duration))}
      </dl>
      <p class="quiet small">You can change both. The README says how.</p>
    </div>
  </section>`;
}

function madeOf(about) {
  const model = about && (typeof about.model === "string" ? about.model : about.model?.name);
  return html`<section aria-labelledby="made-title">
    <h2 id="made-title">What this is</h2>
    <div class="settings-body">
      <dl class="settings-facts">
        ${row("Greenroom", about?.version)} ${row("Analysis", about?.analysis_version)}
        ${row("Recogniser", about && html`Whisper, model ${model}`)}
        ${VENDORED.map(({ name, version, licence, text }) => row(name, html`${version}, <a href=${text}>${licence}</a>`))}
      </dl>
      <p class="quiet small">
        Greenroom describes how an answer sounds. It does not judge accents, and it does not predict what an interviewer
        will decide.
      </p>
    </div>
  </section>`;
}

// How this person speaks, as far as they want to say: kept at once, for all of their answers.

class HowYouSpeak {
  /** @type {any} Null until they are here. */
  #preferences = null;
  /** @type {unknown} */
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
              Greenroom then shows the figures for pace, pauses and fillers, and makes no comment on them.
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
              Each figure then shows how exact it is for speakers of your language, where this was measured. New answers
              keep it, so that you can see progress by language. It is never judged.
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

// Languages to offer where somebody is asked for theirs. Any other can be typed.

const LANGUAGES = [
  "Afrikaans", "Akan", "Albanian", "Amharic", "Arabic", "Armenian", "Azerbaijani", "Bengali", "Bosnian", "Bulgarian",
  "Burmese", "Cantonese", "Catalan", "Cebuano", "Croatian", "Czech", "Danish", "Dutch", "English", "Estonian", "Farsi",
  "Filipino", "Finnish", "French", "Georgian", "German", "Greek", "Gujarati", "Haitian Creole", "Hausa", "Hebrew",
  "Hindi", "Hungarian", "Icelandic", "Igbo", "Indonesian", "Italian", "Japanese", "Kannada", "Kazakh", "Khmer", "Korean",
  "Kurdish", "Lao", "Latvian", "Lithuanian", "Macedonian", "Malay", "Malayalam", "Mandarin", "Marathi", "Mongolian",
  "Nepali", "Norwegian", "Odia", "Oromo", "Pashto", "Polish", "Portuguese", "Punjabi", "Romanian", "Russian", "Serbian",
  "Sindhi", "Sinhala", "Slovak", "Slovenian", "Somali", "Spanish", "Swahili", "Swedish", "Tagalog", "Tamil", "Telugu",
  "Thai", "Tigrinya", "Turkish", "Twi", "Ukrainian", "Urdu", "Uzbek", "Vietnamese", "Welsh", "Wolof", "Xhosa", "Yoruba",
  "Zulu",
];

/** What was typed, as the list writes it where the list has it: 'korean' is 'Korean'. */
export function languageName(typed) {
  const tidy = typed.trim().replace(/\s+/gu, " ");
  return LANGUAGES.find((name) => name.toLowerCase() === tidy.toLowerCase()) ?? tidy;
}
