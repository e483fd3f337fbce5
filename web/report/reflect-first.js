// Before the figures of an answer whose assignment asks for it: how did it feel?

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { reflectionFields } from "../practice/after-take.js";
import { html, nothing } from "../templating.js";

export class ReflectFirst {
  #values = { length: null, fillers: null };
  #busy = false;
  /** @type {unknown} */
  #problem = null;

  /** @param {string} answer its id @param {{onChange: () => void, onDone: () => Promise<void>}} does */
  constructor(answer, does) {
    this.answer = answer;
    this.does = does;
  }

  of(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    this.does.onChange();
  }

  get #said() {
    return Object.values(this.#values).some((value) => value !== null);
  }

  async #send() {
    if (this.#busy || !this.#said) {
      return;
    }
    this.#busy = true;
    this.does.onChange();
    try {
      await api.change(this.answer, { reflection: this.#values });
      await this.does.onDone();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#busy = false;
    this.does.onChange();
  }

  template() {
    return html`<section class="reflect-first" aria-label="How it felt">
      <p class="headline">First: how was it for you?</p>
      <p class="lead">This assignment asks you before you see any figure.</p>
      ${reflectionFields({ question: "", reflection: this }, 0, false)} ${this.#problem ? problemNotice(this.#problem) : nothing}
      <div class="buttons">
        <button class="button button-main button-large" type="button" aria-disabled=${String(!this.#said || this.#busy)} @click=${() => this.#send()}>See the report</button>
      </div>
    </section>`;
  }
}
