// Submitting an answer: to whom, with which words, and until when they may see it.

import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";
import { advising } from "./requests.js";

const LONGEST_MESSAGE = 2000;

/**
 * @param {string} answer its id
 * @param {{advisers: Array<{person: string, name: string}>, assignment?: string|null, title?: string}} known `assignment` that it is given for
 * @returns {Promise<boolean>} whether it was submitted
 */
export function askToSubmit(answer, { advisers, assignment = null, title = "Submit to an adviser" }) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  /** @type {unknown} */
  let problem = null;
  let nobody = false;
  let busy = false;

  const submit = async (event) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    const entered = new FormData(event.target);
    const chosen = entered.getAll("adviser").map(String);
    nobody = chosen.length === 0;
    problem = null;
    if (!nobody) {
      busy = true;
      draw();
      try {
        await advising.submit(answer, {
          advisers: chosen,
          message: String(entered.get("message")).trim() || undefined,
          until: String(entered.get("until")) || null,
          ...(assignment ? { assignment } : {}),
        });
        dialog.close("yes");
        return;
      } catch (error) {
        problem = error;
      }
      busy = false;
    }
    draw();
  };

  const draw = () =>
    render(
      html`<form class="dialog-body" novalidate @submit=${submit}>
        <h2 id="dialog-title">${title}</h2>
        <p>They can hear this answer and read its transcript and its figures. Nobody else can. You can take it back at any time.</p>
        <fieldset class="submit-advisers" aria-describedby=${nobody ? "submit-nobody" : nothing}>
          <legend class="field-label">To</legend>
          ${advisers.map(
            ({ person, name }, index) => html`<label class="mark-field">
              <input type="checkbox" name="adviser" value=${person} ?checked=${advisers.length === 1 || assignment !== null} ?autofocus=${index === 0} />
              <span>${name}</span>
            </label>`,
          )}
          ${nobody ? html`<p id="submit-nobody" class="field-problem small" role="alert">Choose who may hear it.</p>` : nothing}
        </fieldset>
        <label class="field">
          <span class="field-label">A message <span class="quiet">(optional)</span></span>
          <textarea name="message" rows="3" maxlength=${LONGEST_MESSAGE} placeholder="What you would like to hear about"></textarea>
        </label>
        <label class="field">
          <span class="field-label">Until <span class="quiet">(optional; empty: until you take it back)</span></span>
          <input name="until" type="date" min=${today()} />
        </label>
        ${problem ? problemNotice(problem) : nothing}
        <div class="buttons">
          <button class="button" type="button" @click=${() => dialog.close("no")}>Not now</button>
          <button class="button button-main" type="submit" aria-disabled=${String(busy)}>Submit</button>
        </div>
      </form>`,
      dialog,
    );
  draw();

  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    dialog.showModal();
  });
}

/** The day in this device's time zone, as 2026-06-01. */
const today = () => new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());
