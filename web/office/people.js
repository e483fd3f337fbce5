// The people of an office: their role and state, and what an administrator can do about an account.

import { confirm } from "../components/dialog.js";
import { LinkToCopy } from "../components/link-to-copy.js";
import { announce, problemNotice } from "../components/notices.js";
import { dayWords, sizeWords } from "../format/time.js";
import { html, nothing } from "../templating.js";
import { office } from "./requests.js";

/** From this many people on there is a field to find one by name. */
const MANY = 12;

/** The rest is shown when one asks for it. */
const SHOWN_FIRST = 25;

const MAILED = "The link was sent by mail. It works once, for one day.";

const ROLES = { applicant: "Applicant", adviser: "Adviser", administrator: "Administrator" };

export class OfficePeople {
  /** @type {any[]|null} */
  #people = null;
  /** What came of the last one: a link, or null where it was mailed. @type {{person: string, link: LinkToCopy|null}|null} */
  #reset = null;
  #wanted = "";
  #all = false;
  /** @type {unknown} */
  #problem = null;

  /** @param {string} own id of the administrator @param {{onChange: () => void, onDone: () => void}} does */
  constructor(own, does) {
    this.own = own;
    this.does = does;
  }

  async load() {
    try {
      this.#people = (await office.people()).items;
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.does.onChange();
  }

  async #apply(action, said) {
    try {
      await action();
      announce(said);
      await this.load();
      this.does.onDone();
    } catch (error) {
      this.#problem = error;
      this.does.onChange();
    }
  }

  async #suspend({ id, name }) {
    const yes = await confirm({
      title: `Suspend ${name}?`,
      text: "They are signed out and cannot sign in. Nothing of theirs is deleted. You can end it at any time.",
      yes: "Suspend",
      no: "Leave it",
      deletes: false,
    });
    if (yes) {
      await this.#apply(() => office.suspend(id), `${name} is suspended.`);
    }
  }

  async #delete({ id, name }) {
    const yes = await confirm({
      title: `Delete the account of ${name}?`,
      text: "Their recordings, reports and notes are deleted with it. This cannot be undone. Ask them first to export what they want to keep.",
      yes: "Delete the account",
      typed: "delete",
    });
    if (yes) {
      await this.#apply(() => office.deletePerson(id), `The account of ${name} is deleted.`);
    }
  }

  async #startReset({ id, name }) {
    try {
      const { path } = await office.startReset(id);
      const advice = `Send it to ${name} yourself. It works once, for one day. The second step of signing in stays as it is.`;
      const link = path && new LinkToCopy({ label: `Link for ${name} to set a new password`, path, advice }, this.does.onChange);
      this.#reset = { person: id, link: link || null };
      this.#problem = null;
      announce(link ? "The link is ready to copy." : MAILED);
      this.does.onDone();
    } catch (error) {
      this.#problem = error;
    }
    this.does.onChange();
  }

  template() {
    const people = this.#people;
    const shown = (people ?? []).filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(this.#wanted));
    const rows = this.#all ? shown : shown.slice(0, SHOWN_FIRST);
    return html`<section aria-labelledby="office-people">
      <h2 id="office-people">People ${people ? html`<span class="quiet">${people.length}</span>` : nothing}</h2>
      <div class="settings-body">
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${people === null && !this.#problem ? html`<div class="office-skeleton" aria-hidden="true"><div class="skeleton"></div><div class="skeleton"></div></div>` : nothing}
        ${people && people.length >= MANY
          ? html`<label class="field"><span class="field-label">Find a person</span><input type="search" autocomplete="off" @input=${(event) => this.#find(event)} /></label>`
          : nothing}
        ${people && shown.length === 0 ? html`<p class="quiet">Nobody has this name.</p>` : nothing}
        ${rows.length > 0 ? html`<ul class="office-people">${rows.map((person) => this.#row(person))}</ul>` : nothing}
        ${rows.length < shown.length ? html`<div class="buttons"><button class="button" type="button" @click=${() => this.#showAll()}>Show all ${shown.length}</button></div>` : nothing}
      </div>
    </section>`;
  }

  #find(event) {
    this.#wanted = event.target.value.trim().toLowerCase();
    this.does.onChange();
  }

  #showAll() {
    this.#all = true;
    this.does.onChange();
  }

  #row(person) {
    const suspended = person.state === "suspended";
    const made = this.#reset;
    const ended = made?.link ? made.link.template() : html`<p class="quiet small">${MAILED}</p>`;
    const reset = made && made.person === person.id ? ended : nothing;
    return html`<li class="office-person">
      <div class="office-who">
        <span class="office-name">${person.name}</span>
        <span class="quiet small">${person.email}</span>
      </div>
      <div class="facts">
        <span>${ROLES[person.role]}</span>
        ${suspended ? html`<span class="office-suspended">Suspended</span>` : nothing}
        <span>${person.last_signed_in_at ? `Last here: ${dayWords(person.last_signed_in_at)}` : "Not here yet"}</span>
        ${person.role === "administrator" ? nothing : html`<span>${person.bytes > 0 ? `Recordings: ${sizeWords(person.bytes)}` : "No recordings"}</span>`}
        ${person.second_factor ? html`<span>Second step on</span>` : nothing}
      </div>
      ${person.id === this.own ? html`<p class="quiet small">This is you.</p>` : this.#does(person, suspended)} ${reset}
    </li>`;
  }

  #does(person, suspended) {
    return html`<div class="row-does">
      <button class="button button-plain" type="button" aria-label=${`New password for ${person.name}`} @click=${() => this.#startReset(person)}>New password</button>
      ${suspended
        ? html`<button class="button button-plain" type="button" aria-label=${`End the suspension of ${person.name}`} @click=${() => this.#apply(() => office.resume(person.id), `${person.name} can sign in again.`)}>End the suspension</button>`
        : html`<button class="button button-plain" type="button" aria-label=${`Suspend ${person.name}`} @click=${() => this.#suspend(person)}>Suspend</button>`}
      <button class="button button-plain" type="button" aria-label=${`Delete the account of ${person.name}`} @click=${() => this.#delete(person)}>Delete…</button>
    </div>`;
  }
}
