// The second step of signing in: a code of an authenticator app. Turning it on shows the recovery codes, once.

import { html, render } from "../templating.js";
import { field, form } from "./fields.js";
import { accounts } from "./requests.js";

export class SecondFactor {
  #account;
  #onChange;
  /** @type {{secret: string, address: string, qr: string}|null} */
  #proposed = null;
  /** @type {string[]|null} */
  #codes = null;
  /** Whether the password is being asked for, to turn it on or off. */
  #asking = false;
  /** @type {unknown} */
  #problem = null;
  #busy = false;

  /**
   * @param {any} account
   * @param {() => void} onChange it was turned on or off
   */
  constructor(account, onChange) {
    this.#account = account;
    this.#onChange = onChange;
    this.element = document.createElement("section");
    this.element.setAttribute("aria-labelledby", "second-factor-title");
    this.#draw();
  }

  /** @param {any} account as it is now */
  update(account) {
    this.#account = account;
    this.#draw();
  }

  async #do(work) {
    this.#busy = true;
    this.#problem = null;
    this.#draw();
    try {
      await work();
    } catch (error) {
      this.#problem = error;
    }
    this.#busy = false;
    this.#draw();
  }

  #begin({ "password-again": password }) {
    return this.#do(async () => {
      this.#proposed = await accounts.proposeSecondFactor({ password });
      this.#asking = false;
    });
  }

  #turnOn({ code }) {
    return this.#do(async () => {
      this.#codes = (await accounts.turnOnSecondFactor(code)).recovery_codes;
      this.#proposed = null;
      this.#onChange();
    });
  }

  #turnOff({ "password-again": password, code }) {
    return this.#do(async () => {
      await accounts.turnOffSecondFactor({ password, code });
      this.#asking = false;
      this.#codes = null;
      this.#onChange();
    });
  }

  #draw() {
    render(
      html`<h2 id="second-factor-title">Second step</h2>
        <div class="settings-body">${this.#content()}</div>`,
      this.element,
    );
  }

  #content() {
    if (this.#codes) {
      return this.#recovery(this.#codes);
    }
    if (this.#proposed) {
      return this.#set(this.#proposed);
    }
    return this.#account.second_factor ? this.#whenOn() : this.#whenOff();
  }

  #whenOff() {
    return html`<p>With a second step, a stolen password alone opens nothing. You enter a code of an authenticator app too.</p>
      ${this.#asking
        ? form({
            fields: passwordField(),
            button: "Go on",
            main: false,
            busy: this.#busy,
            problem: this.#problem,
            send: (values) => this.#begin(values),
          })
        : this.#askButton("Turn it on…")}`;
  }

  #set({ secret, address, qr }) {
    return html`<ol class="account-steps">
        <li>
          <p>Scan this with an authenticator app. On this phone, <a href=${address}>open it in the app</a>.</p>
          <img class="account-qr" width="200" height="200" alt="QR code for an authenticator app" src=${`data:image/svg+xml,${encodeURIComponent(qr)}`} />
          <p class="quiet small">No camera? Type this key into the app: <code class="account-secret">${secret.replace(/(.{4})/gu, "$1 ").trim()}</code></p>
        </li>
        <li>Enter the code that the app shows.</li>
      </ol>
      ${form({
        fields: field({ name: "code", label: "Code", complete: "one-time-code", keys: "numeric" }),
        button: "Turn it on",
        busy: this.#busy,
        problem: this.#problem,
        send: (values) => this.#turnOn(values),
      })}`;
  }

  #recovery(codes) {
    return html`<p role="status"><strong>The second step is on.</strong></p>
      <p>Keep these recovery codes in a safe place. Each works once, when you do not have the app. They are not shown again.</p>
      <ul class="account-codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
      <div class="buttons">
        <a class="button" download="greenroom-recovery-codes.txt" href=${`data:text/plain,${encodeURIComponent(`${codes.join("\n")}\n`)}`}>Save as a file</a>
        <button class="button button-main" type="button" @click=${() => this.#close()}>I have kept them</button>
      </div>`;
  }

  #close() {
    this.#codes = null;
    this.#draw();
  }

  #whenOn() {
    const left = this.#account.recovery_codes_left;
    return html`<p>It is on. You have ${left === 1 ? "1 recovery code" : `${left} recovery codes`} left.</p>
      ${this.#asking
        ? form({
            fields: html`${passwordField()}
            ${field({ name: "code", label: "Code", complete: "one-time-code", hint: "Of the app, or a recovery code." })}`,
            button: "Turn it off",
            main: false,
            busy: this.#busy,
            problem: this.#problem,
            send: (values) => this.#turnOff(values),
          })
        : this.#askButton("Turn it off…")}`;
  }

  #askButton(words) {
    return html`<div class="buttons"><button class="button" type="button" @click=${() => this.#ask()}>${words}</button></div>`;
  }

  #ask() {
    this.#asking = true;
    this.#draw();
    /** @type {HTMLElement|null} */ (this.element.querySelector("input"))?.focus();
  }
}

/** Asked for again: an unlocked browser must not be enough to lock its owner out. */
const passwordField = () => field({ name: "password-again", label: "Password", type: "password", complete: "current-password" });
