// A question in the person's own words: written, changed.

import { aimWords } from "../format/time.js";
import { html, render } from "../templating.js";

/** Aims that a question can have, in seconds. */
const AIMS = [
  { low: 60, high: 120 },
  { low: 30, high: 60 },
  { low: 120, high: 180 },
];

const aimValue = (aim) => (aim ? `${aim.low}-${aim.high}` : "");

/**
 * Ask for a question.
 * @param {{kinds: object[], structures: object[]}} bank
 * @param {object|null} present the question to change; null for a new one
 * @returns {Promise<{text: string, kind: string|null, structure: string|null, aim: object|null}|null>} null: never mind
 */
export function askForQuestion(bank, present = null) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "dialog-title");
  document.body.append(dialog);
  const aims = [...AIMS];
  if (present?.aim && !AIMS.some((aim) => aimValue(aim) === aimValue(present.aim))) {
    aims.push(present.aim);
  }
  render(
    html`<form method="dialog" class="dialog-body">
      <h2 id="dialog-title">${present ? "Change your question" : "Your own question"}</h2>
      <label class="field">
        <span class="field-label">The question</span>
        <textarea name="text" rows="3" maxlength="500" required autofocus .value=${present?.text ?? ""}></textarea>
      </label>
      ${select("kind", "Kind", "None of these", bank.kinds, present?.kind)}
      ${select("structure", "A structure that fits it", "None in particular", bank.structures, present?.structure)}
      ${select("aim", "How long an answer should be", "As the format says", aims.map((aim) => ({ id: aimValue(aim), name: aimWords(aim) })), aimValue(present?.aim))}
      <div class="buttons">
        <button class="button" type="button" @click=${() => dialog.close("no")}>${present ? "Leave as it was" : "Never mind"}</button>
        <button class="button button-main" value="yes">Save</button>
      </div>
    </form>`,
    dialog,
  );
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const entered = Object.fromEntries(new FormData(form));
      dialog.remove();
      resolve(dialog.returnValue === "yes" ? asDetails(entered, aims) : null);
    });
    dialog.showModal();
  });
}

function select(name, label, none, options, chosen) {
  return html`<label class="field">
    <span class="field-label">${label} <span class="quiet">(optional)</span></span>
    <select name=${name}>
      <option value="">${none}</option>
      ${options.map((option) => html`<option value=${option.id} ?selected=${option.id === chosen}>${option.name}</option>`)}
    </select>
  </label>`;
}

/** @param {Record<string, any>} entered */
function asDetails({ text, kind, structure, aim }, aims) {
  return {
    text: text.trim(),
    kind: kind || null,
    structure: structure || null,
    aim: aims.find((one) => aimValue(one) === aim) ?? null,
  };
}
