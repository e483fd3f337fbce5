// One's own account: what happened to it, name and time zone, password, second step, and where one is signed in.

import { field, form, passwordHint, zoneList } from "../account/fields.js";
import { accounts } from "../account/requests.js";
import { SecondFactor } from "../account/second-factor.js";
import { signInSessions } from "../account/sign-in-sessions.js";
import { signOut } from "../account/sign-out.js";
import { problemNotice } from "../components/notices.js";
import { ownPath } from "../person.js";
import { html, nothing, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openAccount(container) {
  const page = new AccountPage(container);
  return () => page.close();
}

class AccountPage {
  /** @type {any} */
  #account = null;
  /** @type {any[]|null} */
  #sessions = null;
  /** @type {SecondFactor|null} */
  #secondFactor = null;
  /** @type {unknown} */
  #problem = null;
  /** Of each form: whether it is being sent, and what came of it. */
  #forms = { details: quiet(), password: quiet() };
  #closed = false;
  #next = ownPath(new URLSearchParams(location.search).get("next"));

  constructor(container) {
    this.container = container;
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  async #load() {
    try {
      const [account, sessions] = await Promise.all([accounts.account(), accounts.signInSessions()]);
      this.#account = account;
      this.#sessions = sessions.items;
      if (account.has_password) {
        this.#secondFactor ??= new SecondFactor(account, () => this.#load());
        this.#secondFactor.update(account);
      }
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  async #send(name, work) {
    this.#forms[name] = { ...quiet(), busy: true };
    this.#draw();
    try {
      await work();
      this.#forms[name] = { ...quiet(), done: true };
    } catch (error) {
      this.#forms[name] = { ...quiet(), problem: error };
    }
    this.#draw();
  }

  #change({ name, zone }) {
    return this.#send("details", async () => {
      this.#account = await accounts.change(zone ? { name, time_zone: zone } : { name });
    });
  }

  #changePassword({ current, password }) {
    return this.#send("password", async () => {
      await accounts.changePassword({ current, new: password });
      this.container.querySelectorAll("#current, #password").forEach((input) => (input.value = ""));
      await this.#load();
    });
  }

  async #closeNotices() {
    await this.#quietly(() => accounts.closeNotices());
  }

  async #end(session) {
    await this.#quietly(() => accounts.endSession(session.id));
  }

  async #quietly(work) {
    try {
      await work();
    } catch (error) {
      this.#problem = error;
    }
    await this.#load();
  }

  #draw() {
    if (!this.#closed) {
      render(
        html`<div class="page-head"><h1>Account</h1></div>
          ${this.#problem ? problemNotice(this.#problem) : nothing}
          ${this.#account ? html`${this.#notices()}<div class="settings">${this.#sections()}</div>` : nothing}`,
        this.container,
      );
    }
  }

  #notices() {
    const { notices } = this.#account;
    const goOn = this.#next ? html`<a class="button button-main" href=${this.#next} data-page>Go on</a>` : nothing;
    if (notices.length === 0) {
      return this.#next ? html`<div class="buttons">${goOn}</div>` : nothing;
    }
    return html`<section class="account-notices" aria-labelledby="notices-title">
      <h2 id="notices-title">Since your last visit</h2>
      <ul>${notices.map((text) => html`<li>${text}</li>`)}</ul>
      <p>Was that not you? Change your password, and tell your office.</p>
      <div class="buttons">
        <button class="button" type="button" @click=${() => this.#closeNotices()}>I know of this</button>
        ${goOn}
      </div>
    </section>`;
  }

  #sections() {
    return html`${this.#details()} ${this.#account.has_password ? this.#password() : nothing} ${this.#secondFactor?.element ?? nothing}
    ${signInSessions(this.#sessions, (session) => this.#end(session))}
      <section aria-labelledby="sign-out-title">
        <h2 id="sign-out-title">Sign out</h2>
        <div class="settings-body">
          <div class="buttons"><button class="button" type="button" @click=${() => this.#signOut()}>Sign out of this browser</button></div>
        </div>
      </section>`;
  }

  #signOut() {
    return signOut().catch((error) => {
      this.#problem = error;
      this.#draw();
    });
  }

  #details() {
    const { email, name, time_zone: zone } = this.#account;
    const { busy, problem, done } = this.#forms.details;
    return html`<section aria-labelledby="details-title">
      <h2 id="details-title">You</h2>
      <div class="settings-body">
        <p>${email}</p>
        ${form({
          fields: html`${field({ name: "name", label: "Name", value: name, complete: "name" })}
          ${field({ name: "zone", label: "Time zone", value: zone ?? "", list: "account-zones", optional: true })} ${zoneList()}`,
          button: "Save",
          main: false,
          busy,
          problem,
          send: (values) => this.#change(values),
          beside: said(done, "Saved."),
        })}
      </div>
    </section>`;
  }

  #password() {
    const { busy, problem, done } = this.#forms.password;
    const shortest = this.#account.shortest_password;
    return html`<section aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <div class="settings-body">
        ${form({
          fields: html`<input type="text" name="username" autocomplete="username" .value=${this.#account.email} hidden readonly />
            ${field({ name: "current", label: "Password now", type: "password", complete: "current-password" })}
            ${field({ name: "password", label: "New password", type: "password", complete: "new-password", shortest, hint: passwordHint(shortest) })}`,
          button: "Change the password",
          main: false,
          busy,
          problem,
          send: (values) => this.#changePassword(values),
          beside: said(done, "Changed. You are signed out everywhere else."),
        })}
      </div>
    </section>`;
  }
}

const quiet = () => ({ busy: false, done: false, problem: /** @type {unknown} */ (null) });

const said = (done, words) => html`<p role="status">${done ? words : nothing}</p>`;
