// The report of a mock interview: what stands out over all of it, then each answer below its question.

import { addresses, api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { skeleton } from "../components/work-state.js";
import { listen } from "../events.js";
import { countWords, dayWords, timeOfDay } from "../format/time.js";
import { progressWords } from "../format/work.js";
import { interviewAnswers } from "../interview-report/answers.js";
import { overTime } from "../interview-report/chart.js";
import { keepAndTry, again } from "../interview-report/next-step.js";
import { print } from "../report/downloads.js";
import { pooledRows } from "../report/pooled.js";
import { notThere } from "../report/sections.js";
import { mainFigures, unbroken } from "../report/verdict.js";
import { isComing, stillWithout } from "../report/waiting.js";
import { setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";
import { listenToTimeLeft, timeLeft } from "../time-left.js";

/** Milliseconds: news of several answers at once lead to one look at the report. */
const GATHER = 300;

export function openInterviewReport(container, id) {
  const page = new InterviewReportPage(container, id);
  return () => page.close();
}

class InterviewReportPage {
  /** @type {any} */
  #interview = null;
  /** @type {any} */
  #report = null;
  /** Answers of this interview without a report, while none has one. @type {any[]} */
  #waiting = [];
  /** Answers under way, as the service told of them last, by id. */
  #underWay = new Map();
  /** @type {any} */
  #problem = null;
  #closed = false;
  #timer = 0;
  #loaded;

  constructor(container, id) {
    this.container = container;
    this.id = id;
    const stops = [
      listen({
        answer: (answer) => answer.interview === id && this.#changed(answer),
        deleted: (gone) => this.#interview?.answers.some((answer) => answer.id === gone) && this.#soon(),
        interview: (interview) => interview.id === id && this.#wentOn(interview),
        connected: () => this.#lookAgain(),
      }),
      listenToTimeLeft(() => this.#draw()),
    ];
    this.close = () => {
      this.#closed = true;
      clearTimeout(this.#timer);
      stops.forEach((stop) => stop());
    };
    this.#draw();
    this.#loaded = this.#load();
  }

  get #without() {
    return this.#report?.without_report ?? this.#waiting;
  }

  /** What became of the work on its answers before the page was told of changes. */
  async #lookAgain() {
    await this.#loaded;
    if (!this.#closed && this.#without.length > 0) {
      this.#soon();
    }
  }

  async #load() {
    try {
      await this.#fetch();
      setPageTitle(this.#interview.name);
    } catch (error) {
      this.#problem = error.code === "not_found" ? { code: "no_such_interview" } : error;
    }
    this.#draw();
    await this.#fetchProgress();
  }

  async #fetch() {
    this.#interview = await api.interview(this.id);
    try {
      this.#report = await api.interviewReport(this.id);
    } catch (error) {
      if (error.code !== "not_ready") {
        throw error;
      }
      this.#report = null;
      this.#waiting = error.problem.answers ?? [];
    }
    this.#problem = null;
  }

  /** How far the work on each answer has come; where that cannot be asked, its state is shown. */
  async #fetchProgress() {
    await Promise.all(
      this.#without.filter(isComing).map(({ answer }) => api.answer(answer).then((found) => this.#underWay.set(answer, found), () => {})),
    );
    this.#draw();
  }

  #changed(answer) {
    this.#underWay.set(answer.id, answer);
    if (answer.available.includes("report") || answer.work.state === "failed" || !this.#knows(answer.id)) {
      this.#soon();
    } else {
      this.#draw();
    }
  }

  /** While it goes on, an interview says every second where it is: only what the report shows is news here. */
  #wentOn({ ended_at: ended, answers }) {
    if (ended !== this.#interview?.ended_at || answers.length !== this.#interview?.answers.length) {
      this.#soon();
    }
  }

  #knows(answer) {
    return this.#without.some((without) => without.answer === answer);
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      const before = this.#without.length;
      await this.#fetch().catch((error) => (this.#problem = error.code === "not_found" ? { code: "no_such_interview" } : error));
      if (this.#problem?.code === "no_such_interview") {
        this.#interview = null;
      } else if (before > 0 && this.#without.length === 0) {
        announce("All answers have their report.");
      }
      this.#draw();
    }, GATHER);
  }

  #draw() {
    if (!this.#closed) {
      render(html`<article class="report interview-report">${this.#template()}</article>`, this.container);
    }
  }

  #template() {
    if (!this.#interview) {
      return this.#problem ? notThere(this.#problem) : skeleton();
    }
    return html`${this.#head()} ${this.#problem ? problemNotice(this.#problem) : nothing}
    ${this.#report ? this.#body(this.#report) : this.#nothingYet()}`;
  }

  #head() {
    const { name, format, created_at: created, ended_at: ended, session, answers } = this.#interview;
    // The name that Practise gives has the day and the second in it, which stand below.
    const heading = name.startsWith(`${format.name}, `) ? format.name : name;
    return html`<header class="report-head">
      <h1>${heading}</h1>
      <div class="facts">
        <time datetime=${created}>${dayWords(created)}, ${timeOfDay(created)}</time>
        ${format.name === heading ? nothing : html`<span>${format.name}</span>`}
        <span>${countWords(answers.length, "answer")}</span>
        ${ended ? nothing : html`<span>Not ended yet. <a href="/" data-page>Go on with it</a></span>`}
        ${session ? html`<span><a href="/answers?session=${encodeURIComponent(session.id)}" data-page>See them as a list</a></span>` : nothing}
        ${this.#report
          ? html`<span><a href=${addresses.interviewReportPage(this.id)} target="_blank" @click=${print}>Print it or save it as a PDF<span class="visually-hidden"> (opens a new tab)</span></a></span>`
          : nothing}
      </div>
    </header>`;
  }

  /** No answer has a report: what is being done, or what to do. */
  #nothingYet() {
    if (this.#waiting.length === 0) {
      return html`<section class="under-way">
        <p class="under-way-words">No answer yet.</p>
        <p class="quiet">The report begins with your first answer.</p>
        <p><a class="button button-main" href="/" data-page>Go to Practise</a></p>
      </section>`;
    }
    return this.#waiting.some(isComing)
      ? html`<section class="under-way" aria-label="Progress">
            <p class="under-way-words" role="status">Being analysed…</p>
            <p class="quiet">You can leave this page. The analysis continues, and the report will be here.</p>
          </section>
          ${this.#stillWithout(this.#waiting)}`
      : this.#stillWithout(this.#waiting);
  }

  #stillWithout(answers) {
    return stillWithout(answers, (id) => {
      const answer = this.#underWay.get(id);
      return answer ? progressWords(answer, timeLeft(answer)).toLowerCase() : "";
    });
  }

  #body(report) {
    const { view } = report;
    return html`<div class="report-top interview-top">
        <div class="report-verdict">
          <p class="headline">${unbroken(report.verdict)}</p>
          ${this.#stillWithout(report.without_report)}
          ${report.counted > 0 ? html`<div class="interview-figures">${mainFigures({ figures: view.figures })}<p class="quiet small">${view.counted}</p></div>` : nothing}
        </div>
      </div>
      ${again(view.again)} ${keepAndTry(view.observations)}
      <section aria-labelledby="interview-answers-title">
        <h2 id="interview-answers-title" class="section-title">Answer by answer</h2>
        ${interviewAnswers(view.answers)}
      </section>
      ${overTime(view)}
      ${report.counted > 0
        ? html`<section class="measures" aria-labelledby="together-title">
            <details class="fold">
              <summary><h2 id="together-title" class="section-title">All figures together</h2></summary>
              ${pooledRows(view)}
            </details>
          </section>`
        : nothing}`;
  }
}
