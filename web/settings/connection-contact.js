// Whom to write to or call when the connection drops in an interview: one card, kept as it is written.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { inOrder } from "../components/in-order.js";
import { html, nothing, render } from "../templating.js";

const FIELDS = [
  { name: "name", words: "Name", type: "text", longest: 100 },
  { name: "phone", words: "Phone", type: "tel", longest: 40 },
  { name: "email", words: "Email", type: "email", longest: 254 },
];

export class ConnectionContact {
  /** @type {Record<string, string|null>|null} Null until it is here. */
  #contact = null;
  /** @type {unknown} */
  #problem = null;
  #saved = false;
  #inOrder = inOrder();

  constructor() {
    this.element = document.createElement("section");
    this.element.setAttribute("aria-labelledby", "contact-title");
    this.#draw();
    this.#attempt(async () => {
      this.#contact = (await api.preferences()).contact ?? {};
    });
  }

  async #change(name, field) {
    const text = field.value.trim();
    field.value = text;
    if (!this.#contact || text === (this.#contact[name] ?? "")) {
      return;
    }
    // At once, so that the next field is saved with this one.
    const contact = { ...this.#contact, [name]: text || null };
    this.#contact = contact;
    this.#saved = false;
    this.#draw();
    await this.#attempt(() => api.setPreferences({ contact }));
    this.#saved = this.#problem === null;
    this.#draw();
  }

  async #attempt(action) {
    try {
      await this.#inOrder(action);
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  // A field is written only where what is kept has changed: drawing again while one types must not undo a letter.
  #draw() {
    const waiting = this.#contact === null;
    render(
      html`<h2 id="contact-title">If the connection drops</h2>
        <div class="settings-body">
          <p>
            Who would you write to or call? The invitation often names a coordinator. You see this card when you practise
            a connection that drops.
          </p>
          <div class="settings-fields">
            ${FIELDS.map(
              ({ name, words, type, longest }) => html`<label class="field">
                <span class="field-label">${words}</span>
                <input
                  type=${type}
                  autocomplete="off"
                  maxlength=${longest}
                  .value=${this.#contact?.[name] ?? ""}
                  ?disabled=${waiting}
                  @change=${(event) => this.#change(name, event.target)}
                />
              </label>`,
            )}
          </div>
          <p class="quiet small" role="status">${this.#saved ? "Saved." : nothing}</p>
          ${this.#problem ? problemNotice(this.#problem) : nothing}
        </div>`,
      this.element,
    );
  }
}
