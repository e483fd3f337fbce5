// All takes of the question as a table, in which two are chosen.

import { html, live, nothing } from "../templating.js";
import { valueWords } from "../format/measures.js";
import { countWords } from "../format/sizes.js";
import { comparable } from "./choice.js";
import { SIDES, stateWords, takeDay, takeName } from "../format/takes.js";

/**
 * @param {{takes: Array<object>, measures: string[]}} list
 * @param {[string, string]|null} pair
 * @param {Map<string, object>} definitions by name; may be empty while they load
 * @param {(side: 0|1, id: string) => void} onChoose
 */
export function takesTable({ takes, measures }, pair, definitions, onChoose) {
  const ready = new Set(comparable(takes).map(({ answer }) => answer));
  const choosing = ready.size > 2;
  // Cells are laid out anew on a phone, where a browser may forget that this is a table: the roles stay.
  return html`<section aria-labelledby="takes-title">
    <h2 id="takes-title" class="section-title">All takes</h2>
    ${choosing ? html`<p class="quiet takes-how">Choose any two. The earlier one is A.</p>` : nothing}
    <table class="takes-table" role="table" aria-labelledby="takes-title">
      <thead role="rowgroup">
        <tr role="row">
          ${SIDES.map((side) => html`<th scope="col" role="columnheader" class="takes-pick">${side}</th>`)}
          <th scope="col" role="columnheader">Take</th>
          ${measures.map((name) => html`<th scope="col" role="columnheader">${label(name, definitions)}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${takes.map((take) => takeRow(take, measures, pair, ready.has(take.answer), choosing, definitions, onChoose))}
      </tbody>
    </table>
    <p class="visually-hidden">${countWords(takes.length, "take")}, oldest first.</p>
  </section>`;
}

function takeRow(take, measures, pair, ready, choosing, definitions, onChoose) {
  const name = takeName(take);
  return html`<tr role="row">
    ${SIDES.map((side, place) => pickCell(take, name, side, place, pair, ready, choosing, onChoose))}
    <th scope="row" role="rowheader">
      <a href="/answers/${encodeURIComponent(take.answer)}" data-place>${name}</a>
      <time datetime=${take.created_at}>${takeDay(take)}</time>
    </th>
    ${ready
      ? measures.map((measure) => {
          const figure = take.measures[measure];
          return html`<td role="cell">
            <span class="takes-label">${label(measure, definitions)}</span>
            <span>${figure?.value == null ? html`<span class="quiet">Not measurable</span>` : valueWords(figure)}</span>
          </td>`;
        })
      : html`<td role="cell" class="quiet" colspan=${measures.length}>${stateWords(take)}</td>`}
  </tr>`;
}

/** With two takes there is nothing to choose, so that the letters are only said. */
function pickCell(take, name, side, place, pair, ready, choosing, onChoose) {
  const chosen = pair?.[place] === take.answer;
  if (!choosing) {
    return html`<td role="cell" class="takes-pick">${chosen ? html`<span class="side-letter">${side}</span>` : nothing}</td>`;
  }
  return html`<td role="cell" class="takes-pick">
    <label class="pick">
      <input type="radio" name=${`take-${side}`} .checked=${live(chosen)} ?disabled=${!ready} @change=${() => onChoose(place, take.answer)} />
      <span aria-hidden="true">${side}</span><span class="visually-hidden">${name} as ${side}</span>
    </label>
  </td>`;
}

const label = (name, definitions) => definitions.get(name)?.label ?? name.replaceAll("_", " ");
