// How one practises: the format, more time, the camera, three breaths.

import { html, nothing, live } from "../templating.js";
import { arrangementWords, extensionWords } from "../format/formats.js";
import { hasTimes, timesOf } from "./times.js";

/**
 * @param {import("./bank.js").Bank} bank
 * @param {object} chosen the preferences
 * @param {{low: number, high: number}|null} aim of an answer in this format
 * @param {(changes: object) => void} choose
 * @param {() => void} check goes to the microphone
 */
export function arrangement(bank, chosen, aim, choose, check) {
  const format = bank.format(chosen.format);
  const times = timesOf(format, chosen.extension);
  const problem = bank.formatsProblem;
  return html`<section class="arrangement" aria-labelledby="arrangement-title">
    <h2 id="arrangement-title">How you practise</h2>
    <div class="arrangement-fields">
      <div class="field">
        <label class="field-label" for="format">Format</label>
        <select id="format" .value=${live(format.id)} @change=${(event) => choose({ format: event.target.value })}>
          ${bank.formats.map(({ id, name }) => html`<option value=${id} ?selected=${id === format.id}>${name}</option>`)}
        </select>
      </div>
      ${hasTimes(format)
        ? html`<div class="field">
            <label class="field-label" for="extension">Time</label>
            <select id="extension" @change=${(event) => choose({ extension: JSON.parse(event.target.value) })}>
              ${bank.extensions.map(
                (extension) =>
                  html`<option value=${JSON.stringify(extension)} ?selected=${extension === chosen.extension}>${extensionWords(extension)}</option>`,
              )}
            </select>
          </div>`
        : nothing}
      <div class="arrangement-marks">
        ${mark("camera", "Camera too", chosen.camera, (camera) => choose({ camera }))}
        ${mark("breaths", "Three slow breaths first", chosen.breaths, (breaths) => choose({ breaths }))}
      </div>
    </div>
    <p class="quiet">${format.summary}</p>
    <p class="facts arrangement-words">${arrangementWords(format, times, aim).map((part) => html`<span>${part}</span>`)}</p>
    ${problem ? html`<div class="notice"><strong>Your own formats cannot be read.</strong> ${problem.text}</div>` : nothing}
    <button class="link-button" type="button" @click=${check}>Check the microphone${chosen.camera ? " and camera" : ""}</button>
  </section>`;
}

function mark(id, label, checked, choose) {
  return html`<label class="mark-field" for=${id}>
    <input id=${id} type="checkbox" .checked=${live(checked)} @change=${(event) => choose(event.target.checked)} />
    <span>${label}</span>
  </label>`;
}
