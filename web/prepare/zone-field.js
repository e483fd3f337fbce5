// A time zone, typed or chosen from the list of all; the zone of this device can be offered.

import { timeZone } from "../progress/axes.js";
import { html, nothing } from "../templating.js";
import { textField } from "./fields.js";
import { zoneName } from "./time-zones.js";

/** All zones to choose from, for every such field of the page. @param {Array<{name: string, words: string}>} zones */
export const zoneList = (zones) =>
  html`<datalist id="time-zones">${zones.map(({ name, words }) => html`<option value=${name}>${words}</option>`)}</datalist>`;

/**
 * @param {import("./fields.js").Field & {zones: Array<{name: string, words: string}>, offered: boolean}} field `change` is called
 *   with the name of a zone where one was typed; `offered`: the zone of this device is
 */
export function zoneField({ zones, offered, ...field }) {
  // A browser may report a name that the zone had before.
  const own = zoneName(timeZone(), zones);
  const present = zones.find(({ name }) => name === field.value);
  const typed = (text, input) => {
    const name = zoneName(text ?? "", zones);
    input.value = name;
    field.change?.(name || null, input);
  };
  const takeOwn = (event) => {
    const input = event.target.closest(".zone-field").querySelector("input");
    input.value = own;
    field.change?.(own, input);
    input.focus();
  };
  return html`<div class="zone-field">
    ${textField({ ...field, list: "time-zones", change: typed, placeholder: "City, as in Chicago", hint: present?.words ?? field.hint ?? "" })}
    ${!offered || zones.length === 0 || field.value === own
      ? nothing
      : html`<button class="link-button small" type="button" @click=${takeOwn}>Use the zone of this device: ${own}</button>`}
  </div>`;
}
