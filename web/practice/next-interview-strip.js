// What lies ahead, in one line above the question: the next interview, today's question and the next step of its plan.

import { api } from "../api.js";
import { interviewAddress } from "../prepare/addresses.js";
import { timeZone } from "../progress/axes.js";
import { practiseAddress } from "../progress/readiness.js";
import { html, nothing, render } from "../templating.js";
import { preferences, remember } from "./preferences.js";

export class NextInterviewStrip {
  constructor() {
    this.element = document.createElement("div");
    // Where one was ahead the last time there is room for it at once: the question does not move when it comes.
    render(preferences().interviewAhead ? html`<div class="ahead ahead-waiting" aria-hidden="true"></div>` : nothing, this.element);
  }

  /**
   * Where it cannot be had there is none: one can practise without it.
   * @param {{id: string|null}} shown the question below it, which need not be named twice
   */
  async load(shown) {
    const { next, question, step } = await api.preparation({ zone: timeZone() }).catch(() => ({ next: null, question: null, step: null }));
    remember({ interviewAhead: next !== null });
    render(next ? strip(next, question?.id === shown.id ? null : question, step) : nothing, this.element);
  }
}

function strip(interview, question, step) {
  return html`<section class="ahead" aria-label="Your next interview">
    <p class="ahead-part ahead-interview">
      <span class="quiet small">Your next interview</span>
      <a href=${interviewAddress(interview)} data-page>${interview.when_words}: ${interview.programme}</a>
    </p>
    ${question
      ? html`<p class="ahead-part">
          <span class="quiet small">Today's question</span>
          <a href=${practiseAddress(question)} data-page title=${question.why_words ?? nothing}>${question.text}</a>
        </p>`
      : nothing}
    ${step
      ? html`<p class="ahead-part">
          <span class="quiet small">Next step</span>
          <a href=${step.place?.href ?? "/prepare"} data-page>${step.what}</a>
        </p>`
      : nothing}
  </section>`;
}
