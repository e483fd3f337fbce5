// The report of a session: its answers together, and each by itself.

import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { skeleton } from "../components/work-state.js";
import { listen } from "../events.js";
import { figure, stateMark } from "../report/measures.js";
import { countWords, dayWords, timeOfDay } from "../format/time.js";
import { notThere } from "../report/sections.js";
import { setPageTitle } from "../router.js";
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

const STATES = {
  waiting: "waiting to start",
  working: "being analysed",
  receiving: "still arriving",
  interrupted: "interrupted: open it to finish it",
  failed: "stopped: open it to see why",
  ready: "measured, but its report is missing",
};

/** Answers that are not in the figures, and why. */
function stillWithout(answers) {
  if (answers.length === 0) {
    return nothing;
  }
  return html`<section class="notice" aria-label="Without a report">
    <strong>${countWords(answers.length, "answer")} ${answers.length === 1 ? "has" : "have"} no report yet.</strong>
    <ul class="session-without">
      ${answers.map(
        ({ answer, title, state }) =>
          html`<li><a href="/answers/${answer}" data-page>${title || "Untitled answer"}</a> <span class="quiet">${STATES[state] ?? state}</span></li>`,
      )}
    </ul>
    ${answers.some(({ state }) => ["waiting", "working", "receiving"].includes(state)) ? html`<p class="quiet">This page updates by itself.</p>` : nothing}
  </section>`;
}

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
function pooledMeasures({ together, together_note: note }) {
  return html`<section class="measures" aria-labelledby="together-title">
    <h2 id="together-title" class="section-title">All answers together</h2>
    <dl class="pooled">
      <div class="pooled-row pooled-columns" aria-hidden="true"><dt></dt><dd></dd><dd>Guide</dd><dd>How sure</dd></div>
      ${together.map(({ row, sureness }) => pooledRow(row, sureness))}
    </dl>
    <p class="quiet small pooled-note">${note}</p>
  </section>`;
}

function pooledRow(row, sureness) {
  return html`<div class="pooled-row">
    <dt>${row.label}</dt>
    <dd>${figure(row)}</dd>
    <dd class="quiet">${row.guide ? html`<span class="measure-tag">Guide </span>${row.guide}` : nothing}</dd>
    <dd class="quiet">${row.value ? stateMark({ ...row, state_text: sureness }) : nothing}</dd>
  </div>`;
}
