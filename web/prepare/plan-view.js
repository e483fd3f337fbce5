// The plan on a page, with the steps that are ticked off by hand.

import { api } from "../api.js";
import { announce, problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";
import { planSection } from "./plan.js";

export class PlanView {
  #plan;
  /** @type {unknown} */
  #problem = null;

  /** @param {any} plan of the service */
  constructor(plan) {
    this.#plan = plan;
    this.element = document.createElement("div");
    this.#draw();
  }

  /** The dates may have changed, or what was seen. */
  refresh() {
    return this.#after(() => undefined);
  }

  #mark(step, done) {
    return this.#after(async () => {
      await api.setPlanStep(this.#plan.interview.id, step.id, done);
      announce(done ? `Done: ${step.what}` : `Not done yet: ${step.what}`);
    });
  }

  /** What the plan is once something was done. */
  async #after(action) {
    try {
      await action();
      this.#plan = await api.plan(this.#plan.interview.id);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    render(
      html`${this.#problem ? problemNotice(this.#problem) : nothing} ${planSection(this.#plan, (step, done) => this.#mark(step, done))}`,
      this.element,
    );
  }
}
