// The report of a session: its answers together, and each by itself.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { listen } from "../events.js";
import { announce } from "../components/announce.js";
import { problemNotice } from "../components/problem.js";
import { loadDefinitions } from "../components/definitions.js";
import { notThere } from "../report/sections.js";
import { bones } from "../components/work-state.js";
import { setPageTitle } from "../router.js";
import { pooledMeasures, sessionObservations, sessionRows, stillWithout } from "../report/session-sections.js";
import { countWords } from "../format/sizes.js";
import { dayWords, timeOfDay } from "../format/time.js";

/** Milliseconds: news of several answers at once lead to one look at the report. */
const GATHER = 300;

export function openSessionReport(room, id) {
  const page = new SessionReportPage(room, id);
  return () => page.close();
}

class SessionReportPage {
  #session = null;
  #report = null;
  /** Answers of this session that have no report, while no answer has one. */
  #waiting = [];
  #definitions = new Map();
  #problem = null;
  #closed = false;
  #timer = 0;
  #loaded;

  constructor(room, id) {
    this.room = room;
    this.id = id;
    const stop = listen({
      answer: (answer) => answer.session?.id === id && this.#soon(),
      deleted: (gone) => this.#rows.some(({ answer }) => answer === gone) && this.#soon(),
      connected: () => this.#lookAgain(),
    });
    this.close = () => {
      this.#closed = true;
      clearTimeout(this.#timer);
      stop();
    };
    this.#draw();
    this.#loaded = this.#load();
  }

  /** What became of the work on its answers before the page was told of changes. */
  async #lookAgain() {
    await this.#loaded;
    if (!this.#closed && (this.#report?.without_report ?? this.#waiting).length > 0) {
      this.#soon();
    }
  }

  get #rows() {
    return [...(this.#report?.rows ?? []), ...(this.#report?.without_report ?? this.#waiting)];
  }

  async #load() {
    loadDefinitions().then((definitions) => {
      this.#definitions = definitions;
      this.#draw();
    });
    try {
      const { items } = await api.sessions();
      this.#session = items.find(({ id }) => id === this.id) ?? null;
      setPageTitle(this.#session?.name ?? "Session");
      await this.#fetch();
    } catch (error) {
      this.#problem = error.code === "not_found" ? { code: "no_such_session" } : error;
    }
    this.#draw();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const before = this.#report?.rows.length ?? 0;
      await this.#fetch().catch((error) => (this.#problem = error));
      if ((this.#report?.rows.length ?? 0) > before) {
        announce(`${countWords(this.#report.rows.length, "report")} ready.`);
      }
      this.#draw();
    }, GATHER);
  }

  async #fetch() {
    try {
      this.#report = await api.sessionReport(this.id);
      this.#problem = null;
    } catch (error) {
      if (error.code !== "not_ready") {
        throw error;
      }
      this.#report = null;
      this.#waiting = error.problem.answers ?? [];
    }
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="report">${this.#template()}</article>`, this.room);
    }
  }

  #template() {
    if (!this.#session) {
      return this.#problem ? notThere(this.#problem) : bones();
    }
    const report = this.#report;
    return html`
      <header class="report-head">
        <h1>${this.#session.name}</h1>
        <div class="facts">
          <span>${countWords(this.#rows.length, "answer")}</span>
          <time datetime=${this.#session.created_at}>${dayWords(this.#session.created_at)}, ${timeOfDay(this.#session.created_at)}</time>
          <span><a href="/answers?session=${encodeURIComponent(this.id)}" data-place>See them as a list</a></span>
        </div>
      </header>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${report
        ? html`<p class="headline">${report.headline}</p>
            ${stillWithout(report.without_report)} ${sessionObservations(report.observations)} ${sessionRows(report.rows)}
            ${pooledMeasures(report, this.#definitions)}`
        : html`${stillWithout(this.#waiting)} ${this.#waiting.length === 0 && !this.#problem ? bones() : nothing}`}
    `;
  }
}
