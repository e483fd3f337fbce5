// Inviting people to an office, and the invitations that are still open.

import { LinkToCopy } from "../components/link-to-copy.js";
import { announce, problemNotice } from "../components/notices.js";
import { dayWords } from "../format/time.js";
import { html, nothing } from "../templating.js";
import { office } from "./requests.js";

const ROLES = { applicant: "Applicant", adviser: "Adviser", administrator: "Administrator" };

export class OfficeInvitations {
  /** @type {any[]} */
  #open = [];
  /** @type {LinkToCopy|null} */
  #link = null;
  /** @type {unknown} */
  #problem = null;

  /** @param {{onChange: () => void, onDone: () => void}} does */
  constructor(does) {
    this.does = does;
  }

  async load() {
    try {
      this.#open = (await office.invitations()).items;
    } catch (error) {
      this.#problem = error;
    }
    this.does.onChange();
  }

  async #invite(event) {
    event.preventDefault();
    const form = event.target;
    const given = /** @type {any} */ (Object.fromEntries(new FormData(form)));
    const missing = ["name", "email"].find((field) => !given[field].trim());
    if (missing) {
      form.elements[missing].focus();
      return;
    }
    try {
      const { path, mailed } = await office.invite(given);
      const way = mailed ? "It was sent by mail too." : `Send it to ${given.name.trim()} yourself.`;
      const advice = `${way} It works once, for 14 days.`;
      this.#link = new LinkToCopy({ label: `Link for ${given.name.trim()}`, path, advice }, this.does.onChange);
      this.#problem = null;
      form.reset();
      announce("The link is ready to copy.");
      await this.load();
      this.does.onDone();
    } catch (error) {
      this.#problem = error;
      this.does.onChange();
    }
  }

  async #withdraw({ id, name }) {
    try {
      await office.withdraw(id);
      this.#link = null;
      this.#problem = null;
      announce(`The invitation of ${name} is taken back.`);
      await this.load();
      this.does.onDone();
    } catch (error) {
      this.#problem = error;
      this.does.onChange();
    }
  }

  template() {
    return html`<section aria-labelledby="office-invite">
      <h2 id="office-invite">Invite</h2>
      <div class="settings-body">
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        <form class="office-invite" novalidate @submit=${(event) => this.#invite(event)}>
          <label class="field"><span class="field-label">Name</span><input name="name" type="text" maxlength="200" autocomplete="off" /></label>
          <label class="field"><span class="field-label">E-mail address</span><input name="email" type="email" maxlength="254" autocomplete="off" /></label>
          <label class="field">
            <span class="field-label">Role</span>
            <select name="role">
              ${Object.entries(ROLES).map(([role, words]) => html`<option value=${role}>${words}</option>`)}
            </select>
          </label>
          <button class="button button-main" type="submit">Make the link</button>
        </form>
        ${this.#link ? this.#link.template() : nothing}
        ${this.#open.length > 0
          ? html`<h3>Not accepted yet</h3>
              <ul class="office-people">
                ${this.#open.map(
                  (invitation) => html`<li class="office-person">
                    <div class="office-who"><span class="office-name">${invitation.name}</span><span class="quiet small">${invitation.email}</span></div>
                    <div class="facts"><span>${ROLES[invitation.role]}</span><span>Invited: ${dayWords(invitation.created_at)}</span></div>
                    <div class="row-does">
                      <button class="button button-plain" type="button" aria-label=${`Take back the invitation of ${invitation.name}`} @click=${() => this.#withdraw(invitation)}>Take back</button>
                    </div>
                  </li>`,
                )}
              </ul>`
          : nothing}
      </div>
    </section>`;
  }
}
