// The report of a session: its answers together, and each by itself.

import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { skeleton } from "../components/work-state.js";
import { listen } from "../events.js";
import { countWords, dayWords, timeOfDay } from "../format/time.js";
import { pooledRows } from "../report/pooled.js";
import { notThere } from "../report/sections.js";
import { stillWithout } from "../report/waiting.js";
import { goTo, setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";

/** Milliseconds: news of several answers at once lead to one look at the report. */
const GATHER = 300;

export function openSessionReport(container, id) {
  const page = new SessionReportPage(container, id);
  return () => page.close();
}

class SessionReportPage {
  /** @type {any} */
  #session = null;
  /** @type {any} */
  #report = null;
  /** Answers of this session that have no report, while no answer has one. */
  #waiting = [];
  /** @type {unknown} */
  #problem = null;
  #closed = false;
  #timer = 0;
  #loaded;

  constructor(container, id) {
    this.container = container;
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
    try {
      const { items } = await api.sessions();
      this.#session = items.find(({ id }) => id === this.id) ?? null;
      if (this.#session?.interview) {
        goTo(`/interviews/${encodeURIComponent(this.#session.interview)}`, { replace: true });
        return;
      }
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
      render(html`<article class="report">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    if (!this.#session) {
      return this.#problem ? notThere(this.#problem) : skeleton();
    }
    const report = this.#report;
    return html`
      <header class="report-head">
        <h1>${this.#session.name}</h1>
        <div class="facts">
          <span>${countWords(this.#rows.length, "answer")}</span>
          <time datetime=${this.#session.created_at}>${dayWords(this.#session.created_at)}, ${timeOfDay(this.#session.created_at)}</time>
          <span><a href="/answers?session=${encodeURIComponent(this.id)}" data-page>See them as a list</a></span>
        </div>
      </header>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${report
        ? html`<p class="headline">${report.headline}</p>
            ${stillWithout(report.without_report)} ${sessionObservations(report.observations)} ${sessionRows(report)}
            ${pooledMeasures(report.view)}`
        : html`${stillWithout(this.#waiting)} ${this.#waiting.length === 0 && !this.#problem ? skeleton() : nothing}`}
    `;
  }
}

// The parts of a session's report: what to keep and try, a row for each answer, the figures over all of them.

const TITLES = { keep: "Keep", try: "Try" };

/** One thing to keep, one to try, with the answer in which to hear it. */
function sessionObservations(observations) {
  if (observations.length === 0) {
    return nothing;
  }
  return html`<section class="observations" aria-label="One thing to keep, one to try">
    ${observations.map(
      ({ kind, text, answer, title, answers }) => html`<div class="observation">
        <h2>${TITLES[kind] ?? "Note"}</h2>
        <p>${text}</p>
        <div class="quiet small">
          In <a href="/answers/${answer}" data-page>${title || "Untitled answer"}</a>${answers > 1 ? `. The same in ${countWords(answers - 1, "other answer")}.` : ""}
        </div>
      </div>`,
    )}
  </section>`;
}

/** @param {{rows: object[], view: object}} report of a session */
function sessionRows({ rows, view }) {
  return html`<section aria-labelledby="session-answers-title">
    <h2 id="session-answers-title" class="section-title">Answer by answer</h2>
    <ol class="session-rows">
      ${rows.map(
        ({ answer, title, headline }, index) => html`<li class="session-row">
          <div class="session-what">
            <a class="answer-title" href="/answers/${answer}" data-page>${title || "Untitled answer"}</a>
            <p>${headline}</p>
          </div>
          <ul class="session-figures">
            ${view.answers[index].figures.map((text) => html`<li>${text}</li>`)}
          </ul>
        </li>`,
      )}
    </ol>
  </section>`;
}

/** @param {object} view of a session's report */
function pooledMeasures(view) {
  return html`<section class="measures" aria-labelledby="together-title">
    <h2 id="together-title" class="section-title">All answers together</h2>
    ${pooledRows(view)}
  </section>`;
}
