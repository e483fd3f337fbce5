// A line of the application, to be changed.

import { html, render } from "../templating.js";

/** Characters, as the service takes them. */
const LONGEST_LINE = 1500;
const LONGEST_SECTION = 64;

/**
 * @param {{line: string, section: string|null}} present
 * @param {string[]} sections names to offer
 * @returns {Promise<{line: string, section: string|null}|null>} null: never mind
 */
export function askForLine(present, sections) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  render(
    html`<form method="dialog" class="dialog-body">
      <h2 id="dialog-title">Change this line</h2>
      <label class="field">
        <span class="field-label">The line</span>
        <textarea name="line" rows="4" maxlength=${LONGEST_LINE} required autofocus .value=${present.line}></textarea>
      </label>
      <label class="field">
        <span class="field-label">Section <span class="quiet">(optional)</span></span>
        <input name="section" autocomplete="off" maxlength=${LONGEST_SECTION} list="line-sections" .value=${present.section ?? ""} />
      </label>
      <datalist id="line-sections">${sections.map((name) => html`<option value=${name}></option>`)}</datalist>
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
      const { line, section } = /** @type {any} */ (Object.fromEntries(new FormData(form)));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? { line, section: section.trim() || null } : null);
    });
    dialog.showModal();
  });
}
