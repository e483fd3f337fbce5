// The figures: the main ones in a table, and all of them as rows. A row opens to what it means, how sure it is, and where it came from. Every text comes
// with the view of the report.

import { markShape } from "../components/figure-marks.js";
import { momentButton } from "../components/icons.js";
import { html, nothing } from "../templating.js";

/** Moments shown at once in an open row. */
const MOMENTS_SHOWN = 24;

/**
 * The four main figures in a table, and all of them as rows behind one line.
 * @param {object} report its view
 * @param {{view: Object<string, {text: string, sentence: string}>}|null} usual the person's own ranges, where there are any
 * @param {(start: number) => void} play
 */
export function measureList(report, usual, play) {
  const ranges = usual?.view ?? {};
  const context = { ranges, hasUsual: report.groups.some(({ rows }) => rows.some(({ name }) => ranges[name])), play };
  return html`<section class=${context.hasUsual ? "measures measures-with-usual" : "measures"} aria-labelledby="measures-title">
    <h2 id="measures-title" class="section-title">The figures</h2>
    ${report.span ? mainTable(report.figures, ranges) : nothing}
    <details class="fold all-measures">
      <summary>${report.groups_title}</summary>
      ${measureGroups(report.groups, context)}
    </details>
  </section>`;
}

/** Length, pace, pauses and fillers, each with its interval, the usual one, the guide and the mark. */
function mainTable(figures, ranges) {
  const hasUsual = figures.some(({ measure }) => ranges[measure]);
  const has = (part) => figures.some((figure) => figure[part]);
  const cell = (title, text) => html`<td data-title=${title}>${text}</td>`;
  return html`<table class="main-table">
    <thead>
      <tr>
        <td></td>
        <th scope="col">This answer</th>
        <th scope="col">95 % interval</th>
        ${hasUsual ? html`<th scope="col">Your usual</th>` : nothing} ${has("guide") ? html`<th scope="col">Guide</th>` : nothing}
        ${has("standing_text") ? html`<td></td>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${figures.map(
        ({ label, measure, value, unit, interval, guide, mark, standing_text: standing }) => html`<tr>
          <th scope="row">${label}</th>
          <td class="main-table-value">${value ? html`<strong>${value}</strong> ${unit}` : "–"}</td>
          ${cell("95 % interval", interval)} ${hasUsual ? cell("Your usual", ranges[measure]?.text ?? "") : nothing}
          ${has("guide") ? cell("Guide", guide) : nothing}
          ${has("standing_text") ? html`<td class="main-table-standing">${standing ? html`${markShape(mark)}${standing}` : nothing}</td>` : nothing}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function measureGroups(groups, context) {
  return html`
    ${groups.map(
      ({ title, rows }, index) => html`<div class="measure-group">
        <div class="measure-columns">
          <h3>${title}</h3>
          ${index === 0 ? html`${context.hasUsual ? html`<span aria-hidden="true">Your usual</span>` : nothing}<span aria-hidden="true">Guide</span><span aria-hidden="true">How sure</span>` : nothing}
        </div>
        ${rows.map((row) => measureRow(row, context))}
      </div>`,
    )}
  `;
}

function measureRow(row, { ranges, hasUsual, play }) {
  const usual = ranges[row.name];
  const { explanation } = row;
  return html`<details class="measure" data-measure=${row.name}>
    <summary>
      <span class="measure-name">${row.label}</span>
      <span class="measure-figure">${figure(row)}</span>
      ${hasUsual ? html`<span class="measure-usual quiet">${usual ? html`<span class="measure-tag">Your usual </span>${usual.text}` : nothing}</span>` : nothing}
      <span class="measure-guide quiet">${row.guide ? html`<span class="measure-tag">Guide </span>${row.guide}` : nothing}</span>
      <span class="measure-state quiet">${row.value ? stateMark(row) : nothing}</span>
    </summary>
    <div class="measure-more">
      ${explanation.sentences.map((sentence) => html`<p>${sentence}</p>`)}
      ${explanation.definition
        ? html`<dl>
            <div><dt>What it is</dt><dd>${explanation.definition}</dd></div>
            <div><dt>How it is measured</dt><dd>${explanation.method}</dd></div>
            <div><dt>Known error</dt><dd>${knownError(explanation)}</dd></div>
            ${usual ? html`<div><dt>Your usual</dt><dd>${usual.sentence}</dd></div>` : nothing}
            ${explanation.guide ? html`<div><dt>Guide</dt><dd>${explanation.guide}</dd></div>` : nothing}
          </dl>`
        : nothing}
      ${moments(explanation.moments, play)}
    </div>
  </details>`;
}

/** The figure with its interval, or why there is none. @param {object} row of a view */
export function figure(row) {
  return row.value
    ? html`<strong>${row.value}</strong>${row.interval ? html` <span class="quiet">(${row.interval})</span>` : nothing}`
    : html`<span class="quiet">${row.missing}</span>`;
}

/** Full or half bar before the text: measured, less sure. The text carries the meaning. */
export function stateMark({ state, state_text: text }) {
  return html`<span class=${`state-mark state-${state}`} aria-hidden="true"></span>${text}`;
}

function moments(found, play) {
  if (found.length === 0) {
    return nothing;
  }
  const rest = found.length - MOMENTS_SHOWN;
  return html`<div class="moments">
      ${found.slice(0, MOMENTS_SHOWN).map((moment) => momentButton(moment, play, moment.text))}
    </div>
    ${rest > 0 ? html`<p class="quiet small">and ${rest} more, on the timeline above.</p>` : nothing}`;
}

/** How wrong a measure was on labelled speech. */
function knownError({ known_error: text, published, published_note: note }) {
  return html`<p>${text}</p>
    ${published.length > 0
      ? html`<dl class="known-error">
            ${published.map((error) => html`<div><dt>${error.recordings}</dt><dd>${error.text}</dd></div>`)}
          </dl>
          <p class="quiet small">${note}</p>`
      : nothing}`;
}
