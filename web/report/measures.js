// The measures as rows; a row opens to what it means, how sure it is, and where it came from. Every text comes
// with the view of the report.

import { momentButton } from "../components/icons.js";
import { html, nothing } from "../templating.js";

/** Moments shown at once in an open row. */
const MOMENTS_SHOWN = 24;

/**
 * @param {object} report its view
 * @param {{view: Object<string, {text: string, sentence: string}>}|null} usual the person's own ranges, where there are any
 * @param {(start: number) => void} play
 */
export function measureList(report, usual, play) {
  // Without speech nearly every row would say the same: they stand behind one line.
  const apart = Boolean(report.withheld_title);
  const shown = apart ? groupsWith(report.groups, (row) => row.value) : report.groups;
  const ranges = usual?.view ?? {};
  const context = { ranges, hasUsual: shown.some(({ rows }) => rows.some(({ name }) => ranges[name])), play };
  return html`<section class=${context.hasUsual ? "measures measures-with-usual" : "measures"} aria-labelledby="measures-title">
    <h2 id="measures-title" class="section-title">What was measured</h2>
    ${measureGroups(shown, context)}
    ${apart
      ? html`<details class="withheld">
          <summary>${report.withheld_title}</summary>
          ${measureGroups(groupsWith(report.groups, (row) => !row.value), context)}
        </details>`
      : nothing}
  </section>`;
}

/** The groups with only some of their rows; those without any are left out. */
function groupsWith(groups, wanted) {
  return groups.map(({ title, rows }) => ({ title, rows: rows.filter(wanted) })).filter(({ rows }) => rows.length > 0);
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
