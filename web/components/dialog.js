// A question that must be answered, in a real <dialog>: focus is kept inside and Escape says no.

import { html, render, nothing } from "../templating.js";
import { binIcon } from "./icons.js";

/**
 * Ask before something is deleted or taken back, and wait for the answer.
 * @param {{title: string, text: string, yes: string, no?: string, typed?: string, deletes?: boolean}} question
 *   `typed` is a word to type before `yes` can be pressed; `deletes`: something is gone for good then.
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, yes, no = "Keep it", typed, deletes = true }) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);

  const draw = (allowed) =>
    render(
      html`<form method="dialog" class="dialog-body">
        <h2 id="dialog-title">${title}</h2>
        <p>${text}</p>
        ${typed
          ? html`<label class="field">
              <span class="field-label">Type ${typed} to continue</span>
              <input name="typed" autocomplete="off" spellcheck="false" @input=${(event) => draw(event.target.value.trim().toLowerCase() === typed)} />
            </label>`
          : nothing}
        <div class="buttons">
          <button class="button" value="no" autofocus>${no}</button>
          <button class=${deletes ? "button button-main button-delete" : "button button-main"} value="yes" ?disabled=${!allowed}>${deletes ? binIcon() : nothing}${yes}</button>
        </div>
      </form>`,
      dialog,
    );
  draw(!typed);

  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    // Enter in the field must not press the first button, which is the one that keeps everything.
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
        event.preventDefault();
      }
    });
    dialog.showModal();
  });
}

/**
 * Ask for the words on an answer.
 * @typedef {{title: string, question: string, session: string, tags: string}} Details
 * @param {Details} present
 * @param {string[]} sessions names to offer
 * @returns {Promise<Details|null>} null when nothing is to change
 */
export function askForDetails(present, sessions) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  /**
   * @param {string} name
   * @param {string} label
   * @param {string} value
   * @param {{list?: string, hint?: string, longest?: number}} [options]
   */
  const field = (name, label, value, { list, hint, longest = 500 } = {}) =>
    html`<label class="field">
      <span class="field-label">${label} ${hint ? html`<span class="quiet">${hint}</span>` : nothing}</span>
      <input name=${name} .value=${value} autocomplete="off" maxlength=${longest} list=${list ?? nothing} />
    </label>`;
  render(
    html`<form method="dialog" class="dialog-body">
      <h2 id="dialog-title">Title, question, session, tags</h2>
      ${field("title", "Title", present.title)} ${field("question", "Question", present.question)}
      ${field("session", "Session", present.session, { list: "dialog-sessions" })}
      ${field("tags", "Tags", present.tags, { hint: "(with commas between them)", longest: 1500 })}
      <datalist id="dialog-sessions">${sessions.map((name) => html`<option value=${name}></option>`)}</datalist>
      <div class="buttons">
        <button class="button" type="button" @click=${() => dialog.close("no")}>Leave as it was</button>
        <button class="button button-main" value="yes">Save</button>
      </div>
    </form>`,
    dialog,
  );
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const entered = /** @type {any} */ (Object.fromEntries(new FormData(form)));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? entered : null);
    });
    dialog.showModal();
  });
}
