// Practise: a question, a moment to think, a recorded answer, and the report when one stops.

import { html, render, nothing } from "../templating.js";
import { api } from "../api.js";
import { interviewName } from "../format/practice.js";
import { problemNotice } from "../components/notices.js";
import { Bank } from "../practice/bank.js";
import { browseStep } from "../practice/browse.js";
import { chooseStep } from "../practice/choose.js";
import { NextInterviewStrip } from "../practice/next-interview-strip.js";
import { ForAssignment, keepForInterview } from "../practice/for-assignment.js";
import { choseToday, preferences, remember, rememberQuestion } from "../practice/preferences.js";
import { PersonLedRun } from "../interview/person-led-run.js";
import { InterviewRun } from "../interview/run.js";
import { interviewChoices } from "../interview/settings.js";
import { unfinishedInterview, unfinishedInterviewNotice, withWhatBrokeOff } from "../interview/take-up.js";
import { PractisedFor } from "../practice/practised-for.js";
import { Round } from "../practice/round.js";
import { Stage, safeAddress } from "../practice/stage.js";
import { UnfinishedList } from "../practice/unfinished-list.js";
import { Welcome, firstAnswers } from "../practice/welcome.js";
import { timeZone } from "../progress/axes.js";
import { goTo } from "../router.js";

/** When a take that was going on as this place was left can be offered as unfinished. */
let left = Promise.resolve();

export function openPractice(container) {
  const page = new Practise(container);
  return () => page.close();
}

class Practise {
  #stage;
  /** @type {any} */
  #bank = null;
  /** @type {any} */
  #question = null;
  /** @type {any} */
  #readiness = null;
  #practisedFor = new PractisedFor(new URLSearchParams(location.search).get("programme"));
  /** @type {ForAssignment|null} Of an address that names one. */
  #forAssignment = null;
  /** The one change, while an answer is recorded again; empty otherwise. */
  #reminder = "";
  /** @type {any} */
  #round = null;
  /** @type {any} */
  #unfinished = null;
  /** An interview that was left before its end. */
  /** @type {any} */
  #interview = null;
  /** @type {any} */
  #welcome = null;
  /** What lies ahead. */
  #ahead = new NextInterviewStrip();
  /** The list of unfinished recordings and what else stands before the question. */
  #above = document.createElement("div");
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  constructor(container) {
    this.#stage = new Stage(container);
    this.close = () => {
      this.#closed = true;
      this.#leave();
      this.#stage.close();
      this.#unfinished?.close();
      this.#welcome?.close();
    };
    this.#load();
  }

  async #load() {
    this.#stage.show(skeletonStep, {}, { focus: false });
    /** @type {any} */
    let answers = null;
    try {
      [this.#bank, this.#readiness, answers, this.#interview] = await Promise.all([Bank.load(), readiness(), firstAnswers(), unfinishedInterview()]);
      this.#forAssignment = await ForAssignment.of(new URLSearchParams(location.search));
      this.#question = await this.#firstQuestion();
    } catch (error) {
      if (!this.#closed) {
        await this.#stage.show(problemStep, { error }, { focus: false });
        this.#load();
      }
      return;
    }
    if (!this.#closed) {
      this.#unfinished = new UnfinishedList(left, (answer) => goTo(`/answers/${answer.id}`));
      this.#welcome = answers && new Welcome(answers);
      this.#drawAbove();
      this.#choose({ focus: false });
      // After all that the question needs: it waits for nothing of this.
      this.#ahead.load(this.#question);
    }
  }

  /**
   * The question of `?again=ANSWER` or `?question=ID`, another one than that of `?next=ANSWER`, else today's, the one
   * looked at last, or one by chance. `?format=ID` says how it is practised; `?assignment=ID&assigned=NUMBER` names a
   * question of an assignment.
   */
  async #firstQuestion() {
    const asked = new URLSearchParams(location.search);
    const [again, next] = [asked.get("again"), asked.get("next")];
    const wanted = this.#bank.question(asked.get("question"));
    const format = this.#bank.formats.find(({ id }) => id === asked.get("format"));
    if (format) {
      history.replaceState(null, "", "/");
      remember({ format: format.id });
    }
    const assigned = this.#forAssignment?.question;
    if (assigned) {
      history.replaceState(null, "", "/");
      return this.#bank.question(assigned.question_id) ?? looseQuestion(assigned.text);
    }
    if (wanted) {
      history.replaceState(null, "", "/");
      rememberQuestion(wanted.id);
      return wanted;
    }
    const { question, source } = preferences();
    if (again || next) {
      history.replaceState(null, "", "/");
      const answer = await api.answer(again ?? next).catch(() => null);
      if (answer?.format) {
        remember({ format: answer.format.id });
      }
      if (next) {
        const answered = answer && this.#bank.questionOf(answer);
        const todays = this.#todaysQuestion();
        return todays && todays !== answered ? todays : this.#bank.draw(source, answered);
      }
      if (answer?.question) {
        this.#reminder = await api.reportView(again).then(({ drill }) => drill?.reminder ?? "", () => "");
        return this.#bank.question(answer.question_id) ?? looseQuestion(answer.question);
      }
    }
    const todays = choseToday() ? null : this.#todaysQuestion();
    return todays ?? this.#bank.question(question) ?? this.#bank.draw(source);
  }

  /** Until it has been answered today. */
  #todaysQuestion() {
    const today = this.#readiness?.today;
    return today && !today.answered ? this.#bank.question(today.question.id) : null;
  }

  async #choose(how) {
    this.#round = null;
    const context = { bank: this.#bank, question: this.#question, above: this.#above, readiness: this.#readiness, reminder: this.#reminder, practisedFor: this.#practisedFor, forAssignment: this.#forAssignment };
    const { go, question } = await this.#stage.show(chooseStep, context, how);
    this.#question = question;
    if (go === "browse") {
      await this.#browse();
    } else {
      await this.#enter(go);
    }
  }

  async #browse() {
    const { source } = preferences();
    const chosen = await this.#stage.show(browseStep, { bank: this.#bank, source, question: this.#question });
    remember({ source: chosen.source });
    if (chosen.question) {
      this.#question = chosen.question;
      rememberQuestion(chosen.question.id);
    } else {
      // It may have been deleted while browsing.
      this.#question = this.#question.id ? (this.#bank.question(this.#question.id) ?? this.#bank.draw(chosen.source)) : this.#question;
    }
    this.#choose({});
  }

  async #enter(go) {
    // A step back leads here again, not out of the place.
    history.pushState(null, "", "/");
    const { format: id, camera, breaths } = preferences();
    const format = this.#bank.format(id);
    const several = go !== "check" && format.interview !== null;
    if (several && !(await this.#planInterview(format))) {
      return;
    }
    this.#round = several ? interviewRun(this.#stage, this.#interview, this.#how({ camera, breaths })) : new Round(this.#stage, this.#plan(format));
    if (go === "check") {
      await this.#round.check("Back to the question");
      this.#leave();
      this.#choose({});
      return;
    }
    await this.#run();
  }

  async #run() {
    const address = await this.#round.run();
    this.#interview = null;
    if (address) {
      goTo(address);
    } else {
      await this.#refresh();
      this.#choose({});
    }
  }

  #plan(format) {
    const { extension, camera, breaths } = preferences();
    return { question: this.#question, format, extension, camera, breaths, practisedFor: this.#practisedFor, forAssignment: this.#forAssignment };
  }

  #how({ camera, breaths }) {
    return { camera, breaths, contact: this.#bank.contact };
  }

  /** @returns {Promise<boolean>} whether it is planned; where not, the person is told and is back at the choice */
  async #planInterview(format) {
    const chosen = preferences();
    try {
      this.#interview = await api.createInterview({
        format_id: format.id,
        name: interviewName(format),
        choices: interviewChoices(format, chosen),
      });
      const { assignment, question } = this.#forAssignment ?? {};
      if (assignment && !question) {
        keepForInterview(this.#interview.id, assignment.id);
      }
      return true;
    } catch (error) {
      this.#problem = error;
      this.#drawAbove();
      this.#choose({});
      return false;
    }
  }

  /** Go on with an interview where it was left. */
  async #takeUp() {
    history.pushState(null, "", "/");
    const interview = this.#interview;
    // Pressed twice, it is not run twice.
    this.#interview = null;
    this.#drawAbove();
    await left;
    this.#interview = await withWhatBrokeOff(interview);
    if (this.#closed) {
      return;
    }
    const { choices } = interview;
    this.#round = interviewRun(this.#stage, this.#interview, this.#how({ camera: choices.camera, breaths: false }));
    await this.#run();
  }

  async #endInterview() {
    const { id } = this.#interview;
    await api.changeInterview(id, { ended: true }).catch(() => {
      // It is offered again the next time.
    });
    goTo(`/interviews/${id}`);
  }

  /** Takes may have been added: the counts beside the questions follow. */
  async #refresh() {
    this.#ahead.load(this.#question);
    try {
      [this.#bank, this.#readiness] = await Promise.all([Bank.load(), readiness()]);
      this.#question = this.#bank.question(this.#question.id) ?? this.#question;
    } catch {
      // The counts are those of before.
    }
  }

  #leave() {
    left = this.#round?.close() ?? left;
    this.#round = null;
  }

  #drawAbove() {
    const insecure = !window.isSecureContext;
    render(
      html`
        ${insecure
          ? html`<div class="notice">
              <strong>This browser does not record here.</strong>
              Recording works only at an address that the browser trusts. On the computer that Greenroom runs on, open
              <a href=${safeAddress()}>${safeAddress()}</a>. Or record with anything else and <a href="/upload" data-page>upload it</a>.
            </div>`
          : nothing}
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${this.#interview ? unfinishedInterviewNotice(this.#interview, { goOn: () => this.#takeUp(), end: () => this.#endInterview() }) : nothing}
        ${this.#unfinished?.element ?? nothing} ${this.#ahead.element} ${this.#welcome?.element ?? nothing}
      `,
      this.#above,
    );
  }
}

/** Led by the plan, or by a person in a second window. */
function interviewRun(stage, interview, how) {
  return interview.choices.person_asks ? new PersonLedRun(stage, interview, how) : new InterviewRun(stage, interview, how);
}

/** The readiness map; null where it cannot be had: one can practise without it. */
const readiness = () => api.readiness({ zone: timeZone() }).catch(() => null);

/** A question that is in no bank: that of an uploaded answer, or one deleted since. */
function looseQuestion(text) {
  return { id: null, text, kind: null, structure: null, aim: null, listens_for: null, own: false, favourite: false, takes: 0 };
}

function skeletonStep(container) {
  render(
    html`<div class="choose-skeleton" aria-hidden="true">
      <div class="skeleton"></div>
      <div class="skeleton skeleton-headline"></div>
      <div class="skeleton skeleton-button"></div>
    </div>`,
    container,
  );
}

function problemStep(container, { error }, done) {
  render(
    html`<div class="empty">
      <h1 tabindex="-1">Practise</h1>
      ${problemNotice(error)}
      <button class="button button-main" type="button" @click=${() => done()}>Try again</button>
    </div>`,
    container,
  );
}
