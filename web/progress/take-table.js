// All takes of the charts as a table: newest first, a page at a time.

import { html, nothing } from "../templating.js";
import { takeDay } from "../format/trends.js";

const ROWS = 50;

/**
 * @param {object} report
 * @param {{open: boolean, page: number, onToggle: (open: boolean) => void, onPage: (page: number) => void}} options
 */
export function takeTable(report, { open, page, onToggle, onPage }) {
  return html`<details class="progress-table" ?open=${open} @toggle=${(event) => onToggle(event.target.open)}>
    <summary>Show all takes as a table</summary>
    ${open ? table(report, page, onPage) : nothing}
  </details>`;
}

function table(report, page, onPage) {
  const { trends } = report;
  const count = trends[0].points.length;
  const newest = count - 1 - page * ROWS;
  const oldest = Math.max(0, newest - ROWS + 1);
  const indexes = Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);
  const pages = Math.ceil(count / ROWS);
  return html`<div class="table-scroller" role="region" tabindex="0" aria-label="All takes">
      <table>
        <caption>
          ${pages > 1 ? `Takes ${oldest + 1} to ${newest + 1} of ${count}, newest first` : "All takes, newest first"}
        </caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Question</th>
            ${trends.map(({ label }) => html`<th scope="col">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${indexes.map((index) => row(trends, index))}
        </tbody>
      </table>
    </div>
    ${reasons(trends)}
    ${pages > 1
      ? html`<div class="buttons">
          <button class="button" type="button" ?disabled=${page === 0} @click=${() => onPage(page - 1)}>Newer takes</button>
          <button class="button" type="button" ?disabled=${page === pages - 1} @click=${() => onPage(page + 1)}>Older takes</button>
        </div>`
      : nothing}`;
}

/** Why figures are less sure or missing: once for all rows. */
function reasons(trends) {
  const found = trends.map(({ label, view }) => [label, view.reasons]).filter(([, words]) => words);
  return found.length === 0
    ? nothing
    : html`<dl class="progress-reasons quiet small">
        ${found.map(([label, words]) => html`<div><dt>${label}, less sure or missing:</dt> <dd>${words}.</dd></div>`)}
      </dl>`;
}

function row(trends, index) {
  const { answer, title, at } = trends[0].points[index];
  return html`<tr>
    <td><time datetime=${at}>${takeDay(at)}</time></td>
    <th scope="row"><a href=${`/answers/${encodeURIComponent(answer)}`} data-page>${title}</a></th>
    ${trends.map(({ name, view }) => {
      const { value, state } = view.points[index];
      return html`<td data-measure=${name}>${value}${state ? html`<small class="quiet">${state}</small>` : nothing}</td>`;
    })}
  </tr>`;
}
