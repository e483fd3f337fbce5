// A week in short: how much, on what, and the four figures beside those of the weeks before.

import { html, nothing } from "../templating.js";
import { valueWords } from "../format/measures.js";
import { countWords } from "../format/sizes.js";

/**
 * @param {object} week of the service
 * @param {Map<string, string>} labels of measures by their names
 */
export function weekSummary(week, labels) {
  const kinds = week.kinds.filter(({ name }) => name);
  return html`
    <p class="week-sentence">${week.sentence}</p>
    ${kinds.length > 0 ? html`<p class="facts">${kinds.map(({ name, takes }) => html`<span>${name}: ${countWords(takes, "take")}</span>`)}</p>` : nothing}
    ${Object.keys(week.measures).length > 0 ? figures(week.measures, labels) : nothing}
  `;
}

function figures(measures, labels) {
  const words = (value, unit, takes) => html`${valueWords({ value, unit })} <small class="quiet">${countWords(takes, "take")}</small>`;
  return html`<table class="week-figures">
    <caption class="visually-hidden">The four measures in this week and in the four weeks before</caption>
    <thead>
      <tr>
        <td></td>
        <th scope="col">In this week</th>
        <th scope="col">Four weeks before</th>
      </tr>
    </thead>
    <tbody>
      ${Object.entries(measures).map(
        ([name, { value, unit, takes, before }]) => html`<tr>
          <th scope="row">${labels.get(name) ?? name.replaceAll("_", " ")}</th>
          <td>${words(value, unit, takes)}</td>
          <td>${before ? words(before.value, unit, before.takes) : html`<span class="quiet">no takes</span>`}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}
