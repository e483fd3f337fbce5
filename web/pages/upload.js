// Upload: choose or drop recordings, see them sent and worked on, open the report.

import { html, render, nothing, classMap, repeat } from "../templating.js";
import { api } from "../api.js";
import { askAgain, isOlder, listen } from "../events.js";
import { announce, problemNotice } from "../components/notices.js";
import { forget, addUploads, listenToUploads, uploads } from "../upload/queue.js";
import { listenToTimeLeft } from "../time-left.js";
import { workRow } from "../upload/rows.js";
import { isUnderWay, stageWords } from "../format/work.js";
import { lengthWords, sizeWords } from "../format/time.js";

export function openUpload(container) {
  const page = new UploadPage(container);
  return () => page.close();
}

class UploadPage {
  /** @type {any} */
  #limits = null;
  /** @type {unknown} */
  #problem = null;
  #sessions = [];
  #dragging = false;
  #early = [];
  /** Answers by id that are under way, or were when this place was opened, and are no upload of this visit. */
  #answers = new Map();
  #words = { question: "", session: "" };
  #loaded;

  constructor(container) {
    this.container = container;
    const stops = [
      listenToUploads(() => this.#draw()),
      listenToTimeLeft(() => this.#draw()),
      listen({ answer: (answer) => this.#changed(answer), deleted: (id) => this.#deleted(id), connected: () => this.#lookAgain() }),
    ];
    this.close = () => stops.forEach((stop) => stop());
    this.#draw();
    this.#loaded = this.#load();
  }

  /** What became of the work before the page was told of changes. */
  async #lookAgain() {
    await this.#loaded;
    await askAgain(this.#answers.values(), (answer) => this.#changed(answer));
  }

  async #load() {
    try {
      const [about, sessions, answers] = await Promise.all([api.about(), api.sessions(), api.answers({ limit: 20 })]);
      this.#limits = about.limits;
      this.#sessions = sessions.items;
      for (const answer of answers.items) {
        if (isUnderWay(answer) && answer.intake === "complete") {
          this.#answers.set(answer.id, answer);
        }
      }
    } catch (error) {
      this.#problem = error;
    }
    this.#take([]);
    this.#draw();
  }

  #changed(answer) {
    const known = this.#answers.get(answer.id);
    if (known && isOlder(answer, known)) {
      return;
    }
    this.#announce(answer);
    if (this.#answers.has(answer.id) || (isUnderWay(answer) && answer.intake === "complete")) {
      this.#answers.set(answer.id, answer);
      this.#draw();
    }
  }

  #announce(answer) {
    const words = answer.work.state === "ready" ? `${answer.title}: the report is ready.` : stageWords(answer);
    const shown = this.#answers.has(answer.id) || uploads.some((upload) => upload.answer?.id === answer.id);
    if (shown && words) {
      announce(words);
    }
  }

  async #delete(answer, upload) {
    await this.#attempt(async () => {
      await api.delete(answer.id);
      this.#deleted(answer.id);
      if (upload) {
        forget(upload);
      }
    });
  }

  async #attempt(action) {
    this.#problem = null;
    try {
      await action();
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #deleted(id) {
    this.#answers.delete(id);
    this.#draw();
  }

  /** Files that come before the limits are known wait for them. */
  #take(files) {
    this.#early.push(...files);
    if (this.#limits && this.#early.length > 0) {
      addUploads(this.#early.splice(0), { ...this.#words }, this.#limits);
    }
  }

  #dragOver(event) {
    event.preventDefault();
    this.#setDragging(true);
  }

  #setDragging(dragging) {
    if (this.#dragging !== dragging) {
      this.#dragging = dragging;
      this.#draw();
    }
  }

  #drop(event) {
    event.preventDefault();
    this.#setDragging(false);
    this.#take(event.dataTransfer.files);
  }

  #draw() {
    const ofThisVisit = new Set(uploads.map((upload) => upload.answer?.id));
    const others = [...this.#answers.values()].filter((answer) => !ofThisVisit.has(answer.id));
    const rows = [
      ...uploads.map((upload) => ({ key: upload, upload, answer: upload.answer })),
      ...others.map((answer) => ({ key: answer.id, upload: null, answer })),
    ];
    const actions = {
      onDelete: (answer, upload) => this.#delete(answer, upload),
      onRetry: (answer) => this.#attempt(async () => this.#changed(await api.retry(answer.id))),
    };
    render(
      html`
        <div class="page-head">
          <h1>Upload a practice answer</h1>
          <p class="lead">It is transcribed and measured on this machine. Nothing leaves it.</p>
        </div>
        ${this.#problem ? problemNotice(this.#problem) : nothing} ${this.#form(rows.length > 0)}
        <section class="work" aria-labelledby="work-title" ?hidden=${rows.length === 0}>
          <h2 id="work-title">Uploads</h2>
          <ul class="work-list">
            ${repeat(rows, ({ key }) => key, (row) => workRow(row, actions))}
          </ul>
        </section>
      `,
      this.container,
    );
  }

  /** @param {boolean} started whether something was uploaded already: then the list is what matters */
  #form(started) {
    const limits = this.#limits;
    return html`
      <div class="upload-words">
        <label class="field">
          <span class="field-label">Question <span class="quiet">(optional)</span></span>
          <input id="question" maxlength="500" autocomplete="off" placeholder="Tell me about yourself." @input=${(event) => (this.#words.question = event.target.value.trim())} />
        </label>
        <label class="field">
          <span class="field-label">Session <span class="quiet">(optional)</span></span>
          <input id="session" maxlength="200" autocomplete="off" list="sessions" placeholder="Sunday practice" @input=${(event) => (this.#words.session = event.target.value.trim())} />
          <datalist id="sessions">${this.#sessions.map(({ name }) => html`<option value=${name}></option>`)}</datalist>
        </label>
      </div>
      <div
        class=${classMap({ drop: true, "drop-small": started, "drop-over": this.#dragging })}
        @dragenter=${(event) => this.#dragOver(event)}
        @dragover=${(event) => this.#dragOver(event)}
        @dragleave=${(event) => event.currentTarget.contains(event.relatedTarget) || this.#setDragging(false)}
        @drop=${(event) => this.#drop(event)}
      >
        <input
          id="files"
          class="visually-hidden"
          type="file"
          multiple
          accept="audio/*,video/*,.m4a,.mov,.opus,.flac,.3gp,.amr,.aiff,.aif,.caf,.avi"
          @change=${(event) => {
            this.#take(event.target.files);
            event.target.value = "";
          }}
        />
        <label class="button button-main button-large" for="files">Choose recordings</label>
        <p>or drop them here, one or several</p>
        <p class="quiet small">
          ${limits
            ? html`Sound or video from a phone, a browser or a recorder. Up to ${sizeWords(limits.maximum_bytes)} and
              ${lengthWords(limits.maximum_duration)} each.`
            : html`&nbsp;`}
        </p>
      </div>
    `;
  }
}
