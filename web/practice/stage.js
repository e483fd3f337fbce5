// One step at a time in the same container: the last is closed, the next gets the focus and is said.

import { announce } from "../components/notices.js";
import { recordingErrorWords } from "../format/errors.js";
import { html, nothing, render } from "../templating.js";

/**
 * A step is a function (container, context, done) -> close. It draws into `container`, calls `done(outcome)` once when the
 * person is through with it, and is closed by the stage.
 */
export class Stage {
  #close = () => {};
  #closed = false;

  /** @param {HTMLElement} container */
  constructor(container) {
    this.container = container;
  }

  /**
   * Show a step.
   * @param {Function} step
   * @param {object} context what the step works with
   * @param {{quiet?: boolean, focus?: boolean, words?: string}} how `quiet` takes everything else off the page;
   *   `words` are said to those who listen, beside the heading, which takes the focus
   * @returns {Promise<any>} the outcome; never settles when the stage is closed before
   */
  show(step, context, { quiet = false, focus = true, words = "" } = {}) {
    return new Promise((resolve) => {
      if (this.#closed) {
        return;
      }
      this.#close();
      const container = document.createElement("div");
      container.className = "step";
      this.container.replaceChildren(container);
      document.body.classList.toggle("practice-only", quiet);
      this.#close = step(container, context, resolve) ?? (() => {});
      if (focus) {
        scrollTo(0, 0);
        container.querySelector("h1")?.focus({ preventScroll: true });
        announce(words);
      }
    });
  }

  close() {
    this.#closed = true;
    this.#close();
    document.body.classList.remove("practice-only");
  }
}

// Keys that work on a whole step, and leave alone what a field or a button does with them.

const PRESSES = new Set(["Enter", " "]);

/** Whether this key means something to what has the focus. */
function isTakenBy(element, key) {
  if (element.closest("input, textarea, select, [contenteditable]")) {
    return true;
  }
  return PRESSES.has(key) && element.closest("button, a, summary") !== null;
}

/**
 * @param {Record<string, () => void>} actions by key as KeyboardEvent.key says it; letters in lower case
 * @returns {() => void} stop
 */
export function onKeys(actions) {
  const press = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = actions[key];
    const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    // A question in a dialog comes first; what it does not use is not meant for the step behind it.
    if (!action || held || event.defaultPrevented || document.querySelector("dialog[open]") || isTakenBy(event.target, key)) {
      return;
    }
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

// When recording cannot begin: what happened, what is safe, and the ways on.

/** Where the same page can be opened so that a browser lets it record. */
export const safeAddress = () => `http://127.0.0.1${location.port ? `:${location.port}` : ""}/`;

/** Step while the browser asks the person. It has no outcome: what follows takes its place. */
export function askingStep(container, { camera }) {
  render(
    html`<section class="empty">
      <h1 tabindex="-1">Your browser asks for your permission.</h1>
      <p class="lead">
        Allow it to use the microphone${camera ? " and the camera" : ""}. What is recorded stays on this machine.
      </p>
    </section>`,
    container,
  );
}

/** Step. Outcome: "again", "without_camera" or "back". */
export function troubleStep(container, { error, camera }, done) {
  const { title, text } = recordingErrorWords(error);
  const insecure = error.code === "insecure_page";
  render(
    html`<section class="empty">
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      ${insecure ? html`<p>On the computer that Greenroom runs on, open <a href=${safeAddress()}>${safeAddress()}</a>.</p>` : nothing}
      <div class="buttons">
        ${insecure ? nothing : html`<button class="button button-main button-large" type="button" @click=${() => done("again")}>Try again</button>`}
        ${camera && (error.camera || error.code === "no_camera")
          ? html`<button class="button button-large" type="button" @click=${() => done("without_camera")}>Record without the camera</button>`
          : nothing}
        <a class=${insecure ? "button button-main button-large" : "button button-large"} href="/upload" data-page>Upload a recording instead</a>
        <button class="button button-plain" type="button" @click=${() => done("back")}>Back to the question</button>
      </div>
    </section>`,
    container,
  );
  return onKeys({ Escape: () => done("back") });
}
