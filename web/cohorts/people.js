// Who is in a cohort, by name, and inviting more: by a link that one sends oneself.

import { advising } from "../advising/requests.js";
import { confirm } from "../components/dialog.js";
import { announce, problemNotice } from "../components/notices.js";
import { html, nothing } from "../templating.js";

export class CohortPeople {
  /** The link for the person who was invited last. @type {{name: string, link: string, mailed: boolean}|null} */
  #invited = null;
  #copied = false;
  /** @type {unknown} */
  #problem = null;

  /** @param {string} cohort @param {{onChange: () => void, onReload: () => Promise<void>}} does */
  constructor(cohort, does) {
    this.cohort = cohort;
    this.does = does;
  }

  async #invite(event) {
    event.preventDefault();
    const form = event.target;
    const { name, email } = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    if (!name.trim() || !email.trim()) {
      form.elements[name.trim() ? "email" : "name"].focus();
      return;
    }
    try {
      const { link, mailed } = await advising.invite(this.cohort, { name: name.trim(), email: email.trim() });
      this.#invited = { name: name.trim(), link, mailed };
      this.#copied = false;
      this.#problem = null;
      form.reset();
      announce("The link is ready to copy.");
      await this.does.onReload();
    } catch (error) {
      if (error.code === "email_taken") {
        await this.#add(form, email.trim());
        return;
      }
      this.#problem = error;
      this.does.onChange();
    }
  }

  /** Somebody who has an account needs no link. */
  async #add(form, email) {
    try {
      await advising.addMember(this.cohort, email);
      this.#invited = null;
      this.#problem = null;
      form.reset();
      announce("They have an account, and are in this cohort now.");
      await this.does.onReload();
    } catch (error) {
      this.#problem = error;
      this.does.onChange();
    }
  }

  async #copy(link, field) {
    try {
      await navigator.clipboard.writeText(link);
      this.#copied = true;
      announce("Copied.");
    } catch {
      // Not allowed here: it is chosen, and can be copied by key.
      field.select();
    }
    this.does.onChange();
  }

  async #remove({ person, name }) {
    const yes = await confirm({
      title: `Remove ${name}?`,
      text: "They leave this cohort. Their account and their answers stay theirs. Its advisers can no longer hear those.",
      yes: "Remove",
      no: "Keep them",
      deletes: false,
    });
    if (!yes) {
      return;
    }
    try {
      await advising.removeMember(this.cohort, person);
      this.#problem = null;
      await this.does.onReload();
    } catch (error) {
      this.#problem = error;
      this.does.onChange();
    }
  }

  /** @param {{members: any[], invitations: any[]}} cohort */
  template({ members, invitations }) {
    const applicants = members.filter(({ role }) => role === "applicant");
    const advisers = members.filter(({ role }) => role === "adviser");
    return html`<section class="cohort-people" aria-labelledby="people-title">
      <h2 id="people-title" class="section-title">People</h2>
      ${this.#problem ? problemNotice(this.#problem) : nothing}
      ${applicants.length === 0 ? html`<p class="quiet">No applicant has joined yet. Invite the first one below.</p>` : this.#names(applicants, "Applicants")}
      ${advisers.length > 0 ? this.#names(advisers, "Advisers") : nothing}
      ${invitations.length > 0
        ? html`<h3>Invited, not here yet</h3>
            <ul class="people-list">${invitations.map(({ name, email }) => html`<li><span>${name}</span><span class="quiet small">${email}</span></li>`)}</ul>`
        : nothing}
      ${this.#form()}
    </section>`;
  }

  #names(people, title) {
    return html`<h3>${title} <span class="quiet">${people.length}</span></h3>
      <ul class="people-list">
        ${people.map(
          (member) => html`<li>
            <span>${member.name}</span>
            ${member.role === "applicant" ? html`<button class="button button-plain" type="button" aria-label=${`Remove ${member.name}`} @click=${() => this.#remove(member)}>Remove</button>` : nothing}
          </li>`,
        )}
      </ul>`;
  }

  #form() {
    const invited = this.#invited;
    return html`<h3 class="invite-title">Invite an applicant, or add somebody who has an account</h3>
      <form class="invite-form" novalidate @submit=${(event) => this.#invite(event)}>
        <label class="field"><span class="field-label">Name</span><input name="name" type="text" maxlength="200" autocomplete="off" /></label>
        <label class="field"><span class="field-label">E-mail address</span><input name="email" type="email" maxlength="254" autocomplete="off" /></label>
        <button class="button" type="submit">Invite</button>
      </form>
      ${invited
        ? html`<div class="invite-link">
            <label class="field"><span class="field-label">Link for ${invited.name}</span><input class="invite-address" type="text" readonly .value=${invited.link} @focus=${(event) => event.target.select()} /></label>
            <button class="button" type="button" @click=${(event) => this.#copy(invited.link, event.target.closest(".invite-link").querySelector("input"))}>${this.#copied ? "Copied" : "Copy the link"}</button>
            <p class="quiet small">${invited.mailed ? "It was sent by mail too." : `Send it to ${invited.name} yourself.`} It works once.</p>
          </div>`
        : nothing}`;
  }
}
