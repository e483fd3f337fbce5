// One interview that somebody is invited to: when and where, how sure, its plan, all that is known of it; and a new one.

import { addresses, api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { binIcon } from "../components/icons.js";
import { problemNotice } from "../components/notices.js";
import { Bank } from "../practice/bank.js";
import { confirmations } from "../prepare/confirmations.js";
import { contactCard } from "../prepare/contact-card.js";
import { Details } from "../prepare/details.js";
import { markField } from "../prepare/fields.js";
import { Impressions } from "../prepare/impressions.js";
import { KeptInterview } from "../prepare/kept-interview.js";
import { Messages } from "../prepare/messages.js";
import { NewInterview } from "../prepare/new-interview.js";
import { PlanView } from "../prepare/plan-view.js";
import { sheetSummary } from "../prepare/sheet-summary.js";
import { bothTimes } from "../prepare/times.js";
import { factsOf } from "../prepare/wording.js";
import { goTo, setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";

/** In place of an id, in the address at which one is added. */
const NEW = "new";

export function openScheduledInterview(container, id) {
  const page = id === NEW ? new NewPage(container) : new InterviewPage(container, id);
  return () => page.close();
}

class NewPage {
  /** @type {any} */
  #form = null;
  /** @type {unknown} */
  #problem = null;
  #closed = false;

  constructor(container) {
    this.container = container;
    setPageTitle("New interview");
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  async #load() {
    try {
      const [{ items }, { applying_to: applyingTo }] = await Promise.all([api.timeZones(), api.preferences()]);
      this.#form = new NewInterview({ zones: items, applyingTo });
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(
        html`<div class="interview-page">
          ${head("Add an interview")}
          ${this.#problem ? tryAgain(this.#problem, () => this.#load()) : (this.#form?.element ?? skeleton())}
        </div>`,
        this.container,
      );
    }
  }
}

class InterviewPage {
  /** @type {KeptInterview|null} */
  #kept = null;
  /** @type {Details|null} */
  #details = null;
  /** @type {PlanView|null} */
  #plan = null;
  /** What is written once it is over. @type {{impressions: Impressions, messages: Messages}|null} */
  #after = null;
  /** @type {any} */
  #problem = null;
  #closed = false;
  #id;

  constructor(container, id) {
    this.container = container;
    this.#id = id;
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
    this.#details?.close();
    this.#after?.impressions.close();
    this.#after?.messages.close();
  }

  async #load() {
    try {
      const [interview, plan] = await Promise.all([api.scheduledInterview(this.#id), api.plan(this.#id)]);
      this.#kept = new KeptInterview(interview);
      this.#details = new Details(this.#kept);
      this.#plan = new PlanView(plan, { folded: true });
      this.#kept.addEventListener("change", () => this.#changed());
      this.#kept.addEventListener("kept", () => this.#followed());
      this.#problem = null;
      setPageTitle(interview.programme);
    } catch (error) {
      this.#problem = error.code === "not_found" ? { code: "no_such_interview" } : error;
    }
    this.#draw();
    await this.#offer();
  }

  /** What can be chosen in its fields: nobody waits for it, and all of it can be typed. */
  async #offer() {
    try {
      const [{ items: zones }, { specialties }] = await Promise.all([api.timeZones(), Bank.load()]);
      this.#details?.offer({ zones, specialties: specialties.map(({ name }) => name) });
      this.#draw();
    } catch {
      // Without them the fields are the same.
    }
  }

  /** The plan and the messages follow what is known of it. */
  #followed() {
    this.#plan?.refresh();
    this.#after?.messages.update(this.#kept?.present);
  }

  /** Made when they are first needed: the date may be moved into the past. */
  #afterwards(interview) {
    if (!this.#after) {
      this.#after = { impressions: new Impressions(interview), messages: new Messages(interview) };
      for (const { element } of Object.values(this.#after)) {
        element.addEventListener("kept", () => this.#plan?.refresh());
      }
    }
    return html`${this.#after.impressions.element} ${this.#after.messages.element}`;
  }

  #changed() {
    setPageTitle(this.#kept?.present.programme);
    this.#draw();
  }

  async #delete() {
    const kept = /** @type {KeptInterview} */ (this.#kept);
    const yes = await confirm({
      title: "Delete this interview?",
      text: "Its plan, its programme sheet, your impressions and your messages go with it. Your recordings stay.",
      yes: "Delete it",
    });
    if (yes && (await kept.delete())) {
      goTo("/prepare", { replace: true });
    }
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="interview-page">${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    if (this.#problem) {
      return this.#problem.code === "no_such_interview"
        ? html`${head("This interview is not here")}<p>It may have been deleted.</p>`
        : html`${head("Interview")}${tryAgain(this.#problem, () => this.#load())}`;
    }
    if (!this.#kept || !this.#details) {
      return html`${head("Interview")}${skeleton()}`;
    }
    const interview = this.#kept.present;
    const { programme, when_words: when, cancelled, late_slot: lateSlot } = interview;
    const [over, isToday] = [isOver(interview), interview.days === 0];
    return html`
      ${head(programme)}
      <section class="interview-top" aria-label="When it is">
        <p class="facts">${factsOf(interview).map((fact) => html`<span>${fact}</span>`)}</p>
        <p class="next-when">${cancelled ? "Cancelled" : sentence(when)}</p>
        ${bothTimes(interview, { over })}
        ${over
          ? nothing
          : html`<div class="buttons"><a class="button" href=${addresses.interviewCalendar(interview.id)} download>Add it to your calendar</a></div>`}
      </section>
      ${this.#kept.problem ? problemNotice(this.#kept.problem) : nothing}
      ${cancelled ? nothing : over ? this.#afterwards(interview) : confirmations(this.#kept)}
      ${lateSlot && !over && !cancelled ? lateSlotAdvice(lateSlot) : nothing}
      ${sheetSummary(interview)} ${over ? nothing : contactCard(interview)}
      ${isToday && !over && !cancelled ? this.#afterwards(interview) : nothing} ${cancelled ? nothing : this.#plan?.element}
      <section class="interview-details" aria-labelledby="details-title">
        <h2 id="details-title" class="section-title">Details</h2>
        <p class="quiet">What you write is saved at once, on this machine.</p>
        <div class="settings">${this.#details.template()} ${this.#end()}</div>
      </section>
    `;
  }

  #end() {
    const mark = (field, words) =>
      markField({
        id: `interview-${field}`,
        words,
        checked: this.#kept?.present[field],
        change: (value) => this.#kept?.change(field, value),
        said: /** @type {KeptInterview} */ (this.#kept).said(field),
      });
    return html`<section aria-labelledby="state-title">
      <h3 id="state-title">What the programme said</h3>
      <div class="settings-body interview-marks">
        ${mark("no_thanks_wanted", "They asked for no thank-you notes")} ${mark("second_look_invited", "They invited me to a second look")}
        ${mark("cancelled", "This interview is cancelled")}
        <button class="button button-delete" type="button" @click=${() => this.#delete()}>${binIcon()} Delete this interview…</button>
      </div>
    </section>`;
  }
}

/** Whether it has begun; without a time, whether its day is over. */
function isOver({ times, days }) {
  return times.starts_at ? Date.parse(times.starts_at) <= Date.now() : days < 0;
}

function head(title) {
  return html`<div class="interview-head">
    <a href="/prepare" data-page>Prepare</a>
    <h1>${title}</h1>
  </div>`;
}

function lateSlotAdvice({ words, advice }) {
  return html`<section class="late-slot" aria-labelledby="late-title">
    <h2 id="late-title" class="section-title">Outside your usual hours</h2>
    <p>${words}</p>
    <ul class="advice">${advice.map((line) => html`<li>${line}</li>`)}</ul>
  </section>`;
}

const tryAgain = (problem, again) =>
  html`${problemNotice(problem)}
    <div class="buttons"><button class="button button-main" type="button" @click=${again}>Try again</button></div>`;

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function skeleton() {
  return html`<div class="prepare-skeleton" aria-hidden="true">
    <div class="skeleton skeleton-headline"></div>
    <div class="skeleton"></div>
    <div class="skeleton"></div>
  </div>`;
}
