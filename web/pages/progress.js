// Progress: what changes over many takes and how sure that is, the week, and the days of practice.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { listen } from "../events.js";
import { announce, problemNotice } from "../components/notices.js";
import { Calendar } from "../progress/calendar.js";
import {
  addressOf,
  filterRow,
  filtersFrom,
  breakList,
  changesSection,
  nothingFits,
  nothingYet,
  progressSkeleton,
  progressHead,
  takeWithYou,
} from "../progress/sections.js";
import { timeZone } from "../progress/axes.js";
import { Reanalysis } from "../progress/reanalysis.js";
import { takeTable } from "../progress/take-table.js";
import { readinessSection } from "../progress/readiness.js";
import { TrendCharts } from "../progress/trend-charts.js";
import { Week } from "../progress/week.js";
import { DEMO_TAG } from "../format/trends.js";
import { countWords } from "../format/time.js";

/** Milliseconds: news of several answers at once lead to one look at the report. */
const GATHER = 500;

export function openProgress(container) {
  const page = new Progress(container);
  return () => page.close();
}

class Progress {
  #chosen = filtersFrom(location.search);
  /** @type {any} */
  #found = null;
  /** @type {unknown} */
  #problem = null;
  #filtersShown = false;
  #table = { open: false, page: 0 };
  #charts = new TrendCharts();
  /** @type {any} */
  #week = null;
  /** @type {any} */
  #calendar = null;
  #reanalysis = new Reanalysis(() => this.#load());
  /** What was last heard of each answer, so that only news lead to a look. */
  #heard = new Map();
  #timer = 0;
  #closed = false;

  constructor(container) {
    this.container = container;
    const stop = listen({ answer: (answer) => this.#changed(answer), deleted: () => this.#soon() });
    this.close = () => {
      this.#closed = true;
      clearTimeout(this.#timer);
      stop();
      for (const part of [this.#charts, this.#week, this.#calendar, this.#reanalysis]) {
        part?.close();
      }
    };
    this.#draw();
    this.#load();
    this.#reanalysis.refresh();
  }

  async #load() {
    const chosen = this.#chosen;
    try {
      const scope = { zone: timeZone(), ...(chosen.tag === DEMO_TAG ? { tag: DEMO_TAG } : {}) };
      const [found, readiness] = await Promise.all([api.progress({ ...chosen, zone: timeZone() }), api.readiness(scope)]);
      if (chosen !== this.#chosen || this.#closed) {
        return;
      }
      this.#found = { ...found, readiness, report: withViews(found) };
      this.#problem = null;
    } catch (error) {
      if (chosen !== this.#chosen) {
        return;
      }
      this.#problem = error;
    }
    this.#draw();
  }

  #changed(answer) {
    const news = `${answer.work.state} ${answer.measured ?? ""} ${answer.available.includes("report")}`;
    const known = this.#heard.get(answer.id);
    this.#heard.set(answer.id, news);
    if (news !== known && (answer.work.state === "ready" || known?.startsWith("ready"))) {
      this.#soon();
    }
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#load();
      this.#reanalysis.refresh();
      this.#week?.refresh();
      this.#calendar?.refresh();
    }, GATHER);
  }

  async #choose(chosen) {
    const elsewhere = (chosen.tag === DEMO_TAG) !== (this.#chosen.tag === DEMO_TAG);
    this.#chosen = chosen;
    if (elsewhere) {
      this.#week?.close();
      this.#calendar?.close();
      this.#week = this.#calendar = null;
    }
    this.#table = { open: this.#table.open, page: 0 };
    history.replaceState(null, "", addressOf(chosen));
    this.#draw();
    await this.#load();
    if (this.#found && this.#chosen === chosen) {
      announce(`${countWords(this.#found.report.takes, "take")}.`);
    }
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="progress-page"><h1>Progress</h1>${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    const problem = this.#problem ? problemNotice(this.#problem) : nothing;
    if (!this.#found) {
      return this.#problem ? html`${problem}<div class="buttons"><button class="button" type="button" @click=${() => this.#again()}>Try again</button></div>` : progressSkeleton();
    }
    const { report, choices, readiness, without_report: without } = this.#found;
    const filtered = Object.keys(this.#chosen).length > 0;
    if (report.takes === 0 && !filtered) {
      return html`${problem}${nothingYet(without, choices.tags.some(({ tag }) => tag === DEMO_TAG))}`;
    }
    return html`
      ${problem} ${report.takes > 0 ? html`<div class="progress-top">${progressHead(report, this.#chosen, without)}</div>` : nothing}
      ${readinessSection(readiness)}
      ${filterRow(choices, this.#chosen, {
        onChange: (chosen) => this.#choose(chosen),
        shown: this.#filtersShown,
        onShow: () => {
          this.#filtersShown = !this.#filtersShown;
          this.#draw();
        },
      })}
      ${this.#reanalysis.element}
      ${report.takes > 0 ? this.#trends(report) : nothingFits(() => this.#choose({}))}
      ${this.#weekParts()}
      ${report.takes > 0 ? takeWithYou(this.#chosen) : nothing}
    `;
  }

  #trends(report) {
    this.#charts.show(report);
    return html`<section class="progress-trends" aria-labelledby="trends-title">
      <h2 id="trends-title" class="section-title">Your takes over time</h2>
      ${this.#charts.element}
      ${breakList(report)} ${changesSection(report)}
      ${takeTable(report, {
        ...this.#table,
        onToggle: (open) => this.#turn({ open }),
        onPage: (page) => this.#turn({ page }),
      })}
    </section>`;
  }

  #turn(how) {
    if (Object.entries(how).some(([name, value]) => this.#table[name] !== value)) {
      this.#table = { ...this.#table, ...how };
      this.#draw();
    }
  }

  #weekParts() {
    // What a person's own tags leave out of the charts is still in their week; a made-up history has weeks of its own.
    const scope = { zone: timeZone(), ...(this.#chosen.tag === DEMO_TAG ? { tag: DEMO_TAG } : {}) };
    this.#week ??= new Week(scope);
    this.#calendar ??= new Calendar(scope);
    return html`${this.#week.element} ${this.#calendar.element}`;
  }

  #again() {
    this.#problem = null;
    this.#draw();
    this.#load();
  }
}

/** The report with its view, and each trend with its own. */
function withViews({ report, view }) {
  return { ...report, view, trends: report.trends.map((trend, index) => ({ ...trend, view: view.trends[index] })) };
}
