// A link that is shown once, to copy and hand on.

import { html } from "../templating.js";
import { announce } from "./notices.js";

export class LinkToCopy {
  #copied = false;

  /**
   * @param {{label: string, path: string, advice: string}} link `path` on this service
   * @param {() => void} onChange
   */
  constructor(link, onChange) {
    this.label = link.label;
    this.address = new URL(link.path, location.origin).href;
    this.advice = link.advice;
    this.onChange = onChange;
  }

  async #copy(event) {
    const field = event.target.closest(".link-to-copy").querySelector("input");
    try {
      await navigator.clipboard.writeText(this.address);
      this.#copied = true;
      announce("Copied.");
    } catch {
      // Not allowed here: it is chosen, and can be copied by key.
      field.select();
    }
    this.onChange();
  }

  template() {
    return html`<div class="link-to-copy">
      <label class="field">
        <span class="field-label">${this.label}</span>
        <input type="text" readonly .value=${this.address} @focus=${(event) => event.target.select()} />
      </label>
      <button class="button" type="button" @click=${(event) => this.#copy(event)}>${this.#copied ? "Copied" : "Copy the link"}</button>
      <p class="quiet small">${this.advice}</p>
    </div>`;
  }
}
