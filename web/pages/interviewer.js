// The window of a person who takes the part of the interviewer: what to ask next, and remarks while the answer runs.
// Nothing is recorded here.

import { api, newId } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { recordIcon } from "../components/icons.js";
import { skeleton } from "../components/work-state.js";
import { isOlder, listen } from "../events.js";
import { Applicant } from "../interviewer/applicant.js";
import { askButtons, COULD_YOU_REPEAT, followUpPanel, questionPanel } from "../interviewer/ask-panel.js";
import { CommandSender } from "../interviewer/command-sender.js";
import { RemarkOutbox } from "../interviewer/remark-outbox.js";
import { remarkNotes, remarkPad, remarkSettings } from "../interviewer/remark-pad.js";
import { changeShortRemark, resetShortRemarks, shortRemarks } from "../interviewer/short-remarks.js";
import { onKeys } from "../practice/stage.js";
import { setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";

/** Milliseconds between two looks at the clock. */
const LOOK_EVERY = 250;

export function openInterviewer(container, id) {
  const page = new InterviewerPage(container, id);
  return () => page.close();
}

class InterviewerPage {
  /** @type {any} */
  #interview = null;
  #applicant = new Applicant();
  #questions = [];
  #groups = [];
  /** What remarks are made on: the recording that goes on, or the last one. @type {any} */
  #subject = null;
  /** Remarks on it that the service has. */
  #kept = [];
  /** How often they were asked for: only the last reply counts. */
  #askedForKept = 0;
  #short = shortRemarks();
  #words = "";
  #ending = false;
  /** When the remark that is being written was begun. @type {any} */
  #begun = null;
  /** @type {any} */
  #problem = null;
  #closed = false;
  #outbox;
  #sender;
  #stops;

  constructor(container, id) {
    this.container = container;
    this.id = id;
    this.#outbox = new RemarkOutbox(id, {
      onChange: () => this.#draw(),
      onSent: (answer) => answer === this.#subject?.answer && this.#loadKept(),
    });
    this.#sender = new CommandSender(id, { onChange: () => this.#draw(), onReply: (interview) => this.#take(interview) });
    const timer = setInterval(() => this.#draw(), LOOK_EVERY);
    this.#stops = [
      () => clearInterval(timer),
      () => this.#outbox.close(),
      () => this.#sender.close(),
      listen({
        interview: (interview) => interview.id === id && this.#take(interview),
        answer: (answer) => answer.interview === id && this.#takeAnswer(answer),
        connected: () => this.#load(),
        polled: () => this.#load(),
      }),
      onKeys({
        n: () => this.#ask({ kind: "next" }),
        r: () => this.#subject && this.#ask({ kind: "repeat" }),
        e: () => this.#end(),
        Escape: () => this.#goOn(),
        t: () => this.#focus("remark"),
        f: () => this.#focus("follow_up"),
        q: () => this.#focus("find"),
        ...Object.fromEntries(this.#short.map((_, place) => [String(place + 1), () => this.#remark(this.#short[place])])),
      }),
    ];
    this.#draw();
    this.#load();
    this.#loadBank();
  }

  close() {
    this.#closed = true;
    for (const stop of this.#stops) {
      stop();
    }
  }

  async #load() {
    try {
      this.#take(await api.interview(this.id));
      this.#problem = null;
      this.#outbox.again();
    } catch (error) {
      this.#problem = error.code === "not_found" ? { code: "no_such_interview" } : error;
    }
    this.#draw();
  }

  async #loadBank() {
    // Without them one can still ask in one's own words.
    const [questions, followUps] = await Promise.all([api.questions().catch(() => null), api.followUps().catch(() => null)]);
    this.#questions = questions?.items ?? [];
    this.#groups = followUps?.groups ?? [];
    this.#draw();
  }

  /** The interview as it is now. Replies and news may overtake one another. */
  #take(interview) {
    if (this.#interview && isOlder(interview, this.#interview)) {
      return;
    }
    const before = this.#applicant.words;
    this.#interview = interview;
    this.#applicant.take(interview.live);
    setPageTitle("Interviewer");
    this.#follow();
    if (this.#applicant.words !== before) {
      announce(`${this.#applicant.words}.`);
    }
    this.#draw();
  }

  /** Which recording remarks are made on now. */
  #follow() {
    const { live } = this.#applicant;
    if (!live) {
      return;
    }
    const known = live.take && live.answer ? [...live.known, { take: live.take, answer: live.answer }] : live.known;
    if (live.take && live.take !== this.#subject?.take) {
      this.#subject = { take: live.take, answer: null, end: 0 };
      this.#kept = [];
    }
    const answer = known.find(({ take }) => take === this.#subject?.take)?.answer;
    if (answer && !this.#subject.answer) {
      this.#subject.answer = answer;
      this.#loadKept();
    }
    this.#outbox.place(known);
  }

  #takeAnswer(answer) {
    if (answer.id === this.#subject?.answer) {
      this.#loadKept();
    }
  }

  async #loadKept() {
    this.#askedForKept += 1;
    const asked = this.#askedForKept;
    const list = await api.remarks(this.#subject.answer).catch(() => null);
    if (list && asked === this.#askedForKept) {
      this.#kept = list.items;
      this.#draw();
    }
  }

  get #isOver() {
    return Boolean(this.#interview?.ended_at) || this.#applicant.live?.state === "over";
  }

  get #canAsk() {
    return Boolean(this.#interview?.choices.person_asks) && !this.#isOver;
  }

  #ask(command) {
    if (this.#canAsk) {
      this.#ending = false;
      this.#words = command.kind === "question" ? "" : this.#words;
      this.#sender.send(command);
      if (document.activeElement?.closest(".ask-part")) {
        /** @type {HTMLElement} */ (this.container.querySelector("h1"))?.focus({ preventScroll: true });
        scrollTo(0, 0);
      }
    }
  }

  #end() {
    if (this.#ending) {
      this.#ask({ kind: "end" });
    } else if (this.#canAsk) {
      this.#ending = true;
      this.#draw();
      scrollTo(0, 0);
    }
  }

  #goOn() {
    this.#ending = false;
    this.#draw();
  }

  #focus(name) {
    /** @type {HTMLElement|null} */ (this.container.querySelector(`input[name=${name}]`))?.focus();
  }

  /** Where a remark that is thought of now belongs: in the recording, or at its end. */
  get #now() {
    return this.#applicant.isRecorded ? this.#applicant.position : this.#subject.end;
  }

  #remark(text, at = this.#subject ? this.#now : 0) {
    if (!text || !this.#subject) {
      return;
    }
    const { take, answer } = this.#subject;
    this.#outbox.add({ id: newId(), text, at: Math.round(at * 10) / 10, take, answer });
    announce("Noted.");
  }

  #write(event) {
    event.preventDefault();
    const field = event.target.elements.remark;
    const text = field.value.trim();
    if (text && this.#subject) {
      const sameSubject = this.#begun?.take === this.#subject.take;
      this.#remark(text, sameSubject ? this.#begun.at : this.#now);
      field.value = "";
      field.blur();
    }
    this.#begun = null;
  }

  /** The first letter of a remark gives it its time. */
  #typed(event) {
    if (event.target.name !== "remark") {
      return;
    }
    if (!event.target.value) {
      this.#begun = null;
    } else if (!this.#begun && this.#subject) {
      this.#begun = { take: this.#subject.take, at: this.#now };
    }
  }

  async #remove({ id }) {
    try {
      await api.removeRemark(this.#subject.answer, id);
      announce("Removed.");
    } catch (error) {
      this.#problem = error.code === "not_found" ? null : error;
    }
    this.#loadKept();
  }

  #draw() {
    if (this.#subject && this.#applicant.isRecorded) {
      // As near to the end as one knows, once it has ended.
      this.#subject.end = this.#applicant.position;
    }
    if (!this.#closed) {
      render(this.#template(), this.container);
    }
  }

  #template() {
    if (!this.#interview) {
      return this.#problem ? notThere(this.#problem) : skeleton();
    }
    return html`<div class="interviewer-page" @input=${(event) => this.#typed(event)} @keydown=${leaveField}>
      ${this.#asking()} ${this.#remarks()} ${this.#asksElse()}
    </div>`;
  }

  #asking() {
    const applicant = this.#applicant;
    const ready = this.#canAsk;
    const does = {
      next: () => this.#ask({ kind: "next" }),
      repeat: () => this.#ask({ kind: "repeat" }),
      end: () => this.#end(),
      goOn: () => this.#goOn(),
    };
    return html`<div class="interviewer-now">
      <p class=${applicant.live?.state === "recording" && !this.#isOver ? "applicant-state applicant-recorded" : "applicant-state"}>
        ${applicant.live?.state === "recording" && !this.#isOver ? recordIcon() : nothing}
        <strong>${this.#isOver ? "The interview is over" : applicant.words}</strong>
        ${applicant.isRecorded && !this.#isOver ? html`<span class="applicant-clock" role="timer">${applicant.clock}</span>` : nothing}
        <span class="quiet">${placeWords(this.#interview)}</span>
      </p>
      ${this.#scenario ? html`<p class="ask-scenario">${this.#scenario}</p>` : nothing}
      <h1 class="question" tabindex="-1">${this.#title}</h1>
      ${this.#planned}
      ${this.#troubles()}
      ${this.#interview.choices.person_asks
        ? html`${askButtons({ ready, answered: this.#subject !== null, ending: this.#ending, onward: this.#onward, does })}
            <p class="ask-state quiet" role="status">${this.#sent()}</p>`
        : html`<p class="lead">In this interview Greenroom asks. You can note down remarks.</p>`}
    </div>`;
  }

  /** What else could be asked: below the remarks where there is one column, since those must be quick. */
  #asksElse() {
    if (!this.#interview.choices.person_asks) {
      return nothing;
    }
    const ready = this.#canAsk;
    const onAsk = (command) => this.#ask(command);
    const onWords = (words) => {
      this.#words = words;
      this.#draw();
    };
    return html`<div class="interviewer-else">
      ${followUpPanel(this.#ownFollowUps, this.#groups, { ready: ready && this.#subject !== null, onAsk })} ${questionPanel(this.#questions, this.#words, { ready, onAsk, onWords })}
    </div>`;
  }

  /** What is being asked, large. */
  get #title() {
    const { live } = this.#applicant;
    if (this.#isOver) {
      return "Thank you for your help.";
    }
    if (live?.text) {
      return live.text;
    }
    return live ? "What would you like to ask?" : "The interview begins soon.";
  }

  /** What the applicant reads before the question that is being asked. */
  get #scenario() {
    const { live } = this.#applicant;
    const step = this.#interview.steps[live?.step ?? -1];
    return step && step.text === live.text ? step.scenario : null;
  }

  /** The step of the plan that comes next, while nothing is asked; null otherwise. */
  get #nextStep() {
    const { live } = this.#applicant;
    return live && !live.text ? (this.#interview.steps[this.#interview.position] ?? null) : null;
  }

  get #onward() {
    const next = this.#nextStep;
    return next && next.kind !== "question" ? "Next in the plan" : "Next question";
  }

  get #planned() {
    const next = this.#nextStep;
    return next && this.#canAsk ? html`<p class="ask-planned"><span class="quiet">Next in the plan:</span> ${next.text}</p>` : nothing;
  }

  #remarks() {
    const { late } = this.#outbox;
    const subject = this.#subject;
    const waiting = this.#outbox.waiting.filter((remark) => remark.take === subject?.take);
    const elsewhere = this.#outbox.waiting.length - waiting.length;
    return html`<section class="interviewer-remarks" aria-labelledby="remarks-title">
      <h2 id="remarks-title">Remarks on this answer</h2>
      ${subject ? nothing : html`<p class="quiet">Once the answer begins, one key notes a remark with its time.</p>`}
      ${remarkPad(this.#short, { ready: subject !== null, onRemark: (text) => this.#remark(text), onWrite: (event) => this.#write(event) })}
      ${subject
        ? remarkNotes(this.#kept, waiting, {
            late,
            onRemove: (remark) => this.#remove(remark),
            onDrop: (remark) => this.#outbox.drop(remark.id),
          })
        : nothing}
      ${elsewhere > 0 ? html`<p class="quiet small">${elsewhere === 1 ? "1 remark" : `${elsewhere} remarks`} on earlier answers not stored yet. Leave this window open.</p>` : nothing}
      ${remarkSettings(this.#short, {
        onChange: (place, text) => {
          changeShortRemark(place, text);
          this.#short = shortRemarks();
          this.#draw();
        },
        onReset: () => {
          resetShortRemarks();
          this.#short = shortRemarks();
          this.#draw();
        },
      })}
    </section>`;
  }

  /** Follow-ups that fit the question that is being answered. */
  get #ownFollowUps() {
    const { live } = this.#applicant;
    const question = this.#questions.find(({ id }) => id === live?.question_id);
    const all = this.#groups.flatMap(({ items }) => items);
    return (question?.follow_ups ?? []).map((id) => all.find((each) => each.id === id)).filter(Boolean);
  }

  #troubles() {
    const notices = [];
    if (this.#problem) {
      notices.push(problemNotice(this.#problem));
    }
    if (this.#applicant.isSilent && !this.#isOver) {
      notices.push(html`<div class="notice" role="alert"><strong>The other window is silent.</strong> Perhaps it was closed. What was recorded is safe.</div>`);
    }
    if (this.#outbox.late) {
      notices.push(html`<div class="notice" role="alert"><strong>Remarks are not stored yet.</strong> They are kept here and sent again. Leave this window open.</div>`);
    }
    const refused = this.#outbox.waiting.filter((remark) => remark.refused);
    if (refused.length > 0) {
      notices.push(html`<div class="notice" role="alert"><strong>A remark could not be stored.</strong> ${refused[0].refused.text}</div>`);
    }
    return notices;
  }

  /** What became of the last wish. */
  #sent() {
    const { last } = this.#sender;
    if (!last) {
      return "";
    }
    const what = commandWords(last.command, this.#questions, this.#groups);
    if (last.state === "refused") {
      return html`Not asked: ${what}. ${last.error.text}`;
    }
    if (last.state === "late") {
      return html`Not sent yet: ${what}. It is tried again.
        <button class="link-button" type="button" @click=${() => this.#sender.takeBack()}>Take it back</button>`;
    }
    if (last.state === "sending") {
      return html`Sending: ${what}.`;
    }
    const handled = (this.#applicant.live?.handled ?? 0) >= last.number;
    if (handled) {
      return "";
    }
    return this.#applicant.isRecorded ? html`When this answer ends: ${what}.` : html`Sent: ${what}.`;
  }
}

/** Out of a field by Escape, so that single keys work again. */
function leaveField(event) {
  if (event.key === "Escape" && event.target instanceof HTMLInputElement) {
    event.target.blur();
  }
}

function commandWords({ kind, question_id: question, follow_up: followUp, text }, questions, groups) {
  if (kind === "next") {
    return "the next question";
  }
  if (kind === "end") {
    return "the end of the interview";
  }
  if (kind === "repeat") {
    return `“${COULD_YOU_REPEAT}”`;
  }
  const known = [...questions, ...groups.flatMap(({ items }) => items)].find(({ id }) => id === (question ?? followUp));
  return `“${text ?? known?.text ?? ""}”`;
}

/** 'Question 2 of 7' */
function placeWords({ steps, live }) {
  const questions = steps.map((step, place) => ({ step, place })).filter(({ step }) => step.kind === "question");
  const number = questions.findIndex(({ place }) => place === live?.step);
  return number < 0 ? "" : `Question ${number + 1} of ${questions.length}`;
}

function notThere(problem) {
  return html`<div class="empty">
    ${problemNotice(problem)}
    <a class="button" href="/" data-page>Go to Practise</a>
  </div>`;
}
