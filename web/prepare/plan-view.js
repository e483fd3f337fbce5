// The plan on a page, with the steps that are ticked off by hand.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { announce, problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";
import { planSection } from "./plan.js";

export class PlanView {
  #plan;
  #folded;
  /** A reply that was overtaken would take back a later mark. */
  #inOrder = inOrder();
  /** @type {unknown} */
  #problem = null;

  /**
   * @param {any} plan of the service
   * @param {{folded?: boolean}} [how] `folded`: no phase stands open
   */
  constructor(plan, { folded = false } = {}) {
    this.#plan = plan;
    this.#folded = folded;
    this.element = document.createElement("div");
    this.#draw();
  }

  /** The dates may have changed, or what was seen. */
  refresh() {
    return this.#take(() => api.plan(this.#plan.interview.id));
  }

  async #mark(step, done) {
    await this.#take(() => api.setPlanStep(this.#plan.interview.id, step.id, done));
    if (!this.#problem) {
      announce(done ? `Done: ${step.what}` : `Not done yet: ${step.what}`);
    }
  }

  async #take(asked) {
    try {
      this.#plan = await this.#inOrder(asked);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    render(
      html`${this.#problem ? problemNotice(this.#problem) : nothing} ${planSection(this.#plan, { folded: this.#folded, mark: (step, done) => this.#mark(step, done) })}`,
      this.element,
    );
  }
}
