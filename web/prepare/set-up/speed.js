// What a speed test said, as the person types it: both figures are kept once both are there.

import { html, nothing, render } from "../../templating.js";
import { typedNumber } from "./typed-number.js";

const FIELDS = [
  { name: "upload", words: "Upload" },
  { name: "download", words: "Download" },
];

export class SpeedFields {
  #problem = "";

  /** @param {(figures: {upload: number, download: number}) => void} keep */
  constructor(keep) {
    this.keep = keep;
    this.element = document.createElement("div");
    this.element.className = "set-up-speed";
    this.#draw();
  }

  /** What is kept, to show once: it is never written over what somebody types. @param {any} value */
  show(value) {
    for (const { name } of FIELDS) {
      const field = this.#field(name);
      if (value && field.value === "" && document.activeElement !== field) {
        field.value = String(value[name]);
      }
    }
  }

  #field(name) {
    return /** @type {HTMLInputElement} */ (this.element.querySelector(`[name=${name}]`));
  }

  #change() {
    const typed = FIELDS.map(({ name }) => this.#field(name).value);
    const [upload, download] = typed.map(typedNumber);
    this.#problem = typed.some((text, index) => text.trim() !== "" && [upload, download][index] === null) ? "Type a number, such as 12 or 12.5." : "";
    this.#draw();
    if (upload !== null && download !== null) {
      this.keep({ upload, download });
    }
  }

  #draw() {
    render(
      html`${FIELDS.map(
          ({ name, words }) => html`<label class="field">
            <span class="field-label">${words} <span class="quiet">(Mbps)</span></span>
            <input name=${name} inputmode="decimal" autocomplete="off" maxlength="12" aria-describedby="speed-problem" @change=${() => this.#change()} />
          </label>`,
        )}
        <p id="speed-problem" class="set-up-problem" role="status">${this.#problem || nothing}</p>`,
      this.element,
    );
  }
}
