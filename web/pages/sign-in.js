// Signing in: e-mail address and password, then a code where the account has a second step; or through the institution.

import { enter } from "../account/entering.js";
import { field, form } from "../account/fields.js";
import { accounts } from "../account/requests.js";
import { api } from "../api.js";
import { ownPath } from "../person.js";
import { html, nothing, render } from "../templating.js";

/** What is wrong, when the institution's page has led back here. */
const INSTITUTION_PROBLEMS = {
  not_invited: "Your office has not invited this e-mail address yet. Ask your office.",
  address_not_confirmed:
    "Your institution has not confirmed your e-mail address. Sign in with your password, or use the link of your invitation.",
  account_has_password: "You have an account with a password here. Sign in with your e-mail address and that password.",
  account_of_another: "An account with your e-mail address belongs to another sign-in of your institution. Ask your office.",
  account_suspended: "Your office has suspended this account. What is in it is safe. Ask the office.",
  institution_failed: "The sign-in of your institution did not work. Please try again.",
};

/** @param {HTMLElement} container */
export function openSignIn(container) {
  const page = new SignIn(container);
  return () => page.close();
}

class SignIn {
  /** @type {{password: boolean, oidc: {name: string}|null}|null} */
  #ways = null;
  /** What was typed, while the code is asked for. @type {{email: string, password: string}|null} */
  #typed = null;
  /** @type {unknown} */
  #problem = null;
  #busy = false;
  #closed = false;
  #next;

  constructor(container) {
    this.container = container;
    const query = new URLSearchParams(location.search);
    this.#next = ownPath(query.get("next"));
    const text = INSTITUTION_PROBLEMS[query.get("problem") ?? ""];
    this.#problem = text ? { code: "", text } : null;
    this.#draw();
    this.#load();
  }

  close() {
    this.#closed = true;
  }

  /** Somebody who is signed in already goes on at once: also whoever comes back from the institution's page. */
  async #load() {
    const me = await api.me().catch(() => null);
    if (me && !this.#problem) {
      await enter(me, this.#next);
      return;
    }
    try {
      this.#ways = await accounts.ways();
    } catch (error) {
      this.#problem ??= error;
    }
    this.#draw();
  }

  async #send(values) {
    this.#busy = true;
    this.#problem = null;
    this.#draw();
    const typed = this.#typed ?? { email: values.email, password: values.password };
    try {
      await enter(await accounts.signIn(this.#typed ? { ...typed, code: values.code } : typed), this.#next);
      return;
    } catch (error) {
      if (error.code === "second_factor_needed" && !this.#typed) {
        this.#typed = typed;
      } else {
        this.#problem = error;
      }
    }
    this.#busy = false;
    this.#draw();
    /** @type {HTMLElement|null} */ (this.container.querySelector(this.#typed ? "#code" : "#password"))?.focus();
  }

  #startAgain() {
    this.#typed = null;
    this.#problem = null;
    this.#draw();
    /** @type {HTMLElement|null} */ (this.container.querySelector("#email"))?.focus();
  }

  #draw() {
    if (!this.#closed) {
      render(
        html`<div class="account-page">
          <h1>Sign in</h1>
          ${this.#typed ? this.#codeForm() : html`${this.#institution()} ${this.#passwordForm()}`}
          <p class="quiet small">Your recordings stay on the machines of your office. Only you see them, until you submit one to an adviser. <a href="/privacy" data-page>Privacy and accessibility</a></p>
        </div>`,
        this.container,
      );
    }
  }

  #institution() {
    if (!this.#ways?.oidc) {
      return nothing;
    }
    const address = `/api/sign-in/oidc${this.#next ? `?next=${encodeURIComponent(this.#next)}` : ""}`;
    return html`<div class="buttons"><a class="button button-main" href=${address}>Sign in with ${this.#ways.oidc.name}</a></div>
      <p class="quiet">Or with your e-mail address and password:</p>`;
  }

  #passwordForm() {
    return form({
      fields: html`${field({ name: "email", label: "E-mail address", type: "email", complete: "username" })}
      ${field({ name: "password", label: "Password", type: "password", complete: "current-password" })}`,
      button: "Sign in",
      busy: this.#busy,
      problem: this.#problem,
      send: (values) => this.#send(values),
      beside: html`<p class="quiet small">No password any more? Ask your office for a link.</p>`,
    });
  }

  #codeForm() {
    return form({
      fields: field({
        name: "code",
        label: "Code",
        complete: "one-time-code",
        hint: "Your authenticator app shows it. A recovery code works too.",
      }),
      button: "Sign in",
      busy: this.#busy,
      problem: this.#problem,
      send: (values) => this.#send(values),
      beside: html`<button class="link-button" type="button" @click=${() => this.#startAgain()}>Start again</button>`,
    });
  }
}
