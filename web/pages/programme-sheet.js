// The sheet of a programme: who will ask, what is special there, what to ask them. It prints on one page.

import { addresses, api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { interviewAddress, practiseAddress, whyHere } from "../prepare/addresses.js";
import { ChosenQuestions } from "../prepare/chosen-questions.js";
import { KeptSheet } from "../prepare/kept-sheet.js";
import { SpecificsEditor } from "../prepare/specifics-editor.js";
import { setPageTitle } from "../router.js";
import { html, nothing, render } from "../templating.js";

export function openProgrammeSheet(container, id) {
  const page = new SheetPage(container, id);
  return () => page.close();
}

class SheetPage {
  /** @type {any} */
  #interview = null;
  /** @type {KeptSheet|null} */
  #kept = null;
  /** @type {SpecificsEditor|null} */
  #specifics = null;
  /** @type {ChosenQuestions|null} */
  #questions = null;
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
    this.#specifics?.close();
  }

  async #load() {
    try {
      const [interview, sheet] = await Promise.all([api.scheduledInterview(this.#id), api.sheet(this.#id)]);
      this.#interview = interview;
      this.#kept = new KeptSheet(sheet);
      this.#specifics = new SpecificsEditor(this.#kept);
      this.#questions = new ChosenQuestions(this.#kept);
      this.#kept.addEventListener("change", () => this.#draw());
      this.#problem = null;
      setPageTitle(`Sheet: ${sheet.programme}`);
    } catch (error) {
      this.#problem = error.code === "not_found" ? { code: "no_such_interview" } : error;
    }
    this.#draw();
  }

  #draw() {
    if (!this.#closed) {
      render(html`<div class="sheet-page">${this.#template()}</div>`, this.container);
    }
  }

  #template() {
    if (this.#problem) {
      return html`<h1>Programme sheet</h1>
        ${problemNotice(this.#problem)}
        <div class="buttons"><button class="button" type="button" @click=${() => this.#load()}>Try again</button><a class="button" href="/prepare" data-page>Prepare</a></div>`;
    }
    if (!this.#kept) {
      return html`<h1>Programme sheet</h1>
        <div aria-hidden="true"><div class="skeleton skeleton-headline"></div><div class="skeleton"></div></div>`;
    }
    const interview = this.#interview;
    return html`
      <div class="interview-head">
        <a href=${interviewAddress(interview)} data-page>${interview.programme}</a>
        <h1>Programme sheet</h1>
      </div>
      <p class="sheet-lead">One page for your desk: who is there, why you want to come, and what you will ask.</p>
      ${this.#kept.problem ? problemNotice(this.#kept.problem) : nothing}
      <section aria-labelledby="specifics-title">
        <h2 id="specifics-title" class="section-title">Why here</h2>
        <p class="sheet-words">
          Three or four things that you found only here. Write each in a few words. After an answer to ‘Why this
          programme?’ the report shows which of them you said.
        </p>
        ${this.#specifics?.element}
        <div class="buttons">
          <a class="button button-main" href=${practiseAddress(whyHere(interview), interview.id)} data-page>
            ${interview.applying_to === "medical_school" ? "Practise ‘Why this school?’" : "Practise ‘Why our programme?’"}
          </a>
        </div>
      </section>
      <section aria-labelledby="to-ask-title">
        <h2 id="to-ask-title" class="section-title">Questions to ask</h2>
        ${this.#questions?.element}
      </section>
      <section aria-labelledby="people-title">
        <h2 id="people-title" class="section-title">Who you will meet</h2>
        ${this.#people()}
      </section>
      <section aria-labelledby="print-title">
        <h2 id="print-title" class="section-title">Print it</h2>
        <p class="sheet-words">It fits on one page. It opens beside this one: print it from there, or keep it as a file.</p>
        <div class="buttons">
          <a class="button" href=${addresses.sheetPage(interview.id)} target="_blank" rel="noopener">Open the page to print</a>
          <a class="button" href=${`${addresses.sheetPage(interview.id)}?download=true`} download>Keep it as a file</a>
        </div>
      </section>
    `;
  }

  #people() {
    const { interviewers } = /** @type {KeptSheet} */ (this.#kept).present;
    const link = html`<a href=${interviewAddress(this.#interview)} data-page>the interview’s page</a>`;
    if (interviewers.length === 0) {
      return html`<p class="sheet-words">Nobody is written down yet. Add the names on ${link}.</p>`;
    }
    return html`<ul class="sheet-people">
        ${interviewers.map(({ name, role }) => html`<li>${name}${role ? html` <span class="quiet">${role}</span>` : nothing}</li>`)}
      </ul>
      <p class="quiet small">Names are changed on ${link}.</p>`;
  }
}
