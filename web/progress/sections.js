// The short parts of the progress page: its head, what is not in it, how changes are called, and where there is nothing.

import { addresses } from "../api.js";
import { countWords } from "../format/time.js";
import { languageName, DEMO_TAG, takeDay } from "../format/trends.js";
import { html, live, nothing } from "../templating.js";

/** @param {object} report with its view @param {object} chosen filters @param {number} without answers that have no report yet */
export function progressHead(report, chosen, without) {
  return html`
    ${chosen.tag === DEMO_TAG
      ? html`<div class="notice"><p><strong>This history is made up.</strong> A generator wrote its figures, for tests and for looking around. Nobody said any of it.</p></div>`
      : nothing}
    <p class="headline">${report.view.stand || report.headline}</p>
    <p class="facts">
      ${report.view.amounts.map((text) => html`<span>${text}</span>`)}
      ${without > 0 ? html`<span>${countWords(without, "answer has", "answers have")} no report yet</span>` : nothing}
    </p>
  `;
}

/** Where the figures change their maker, in words. */
export function breakList({ breaks }) {
  if (breaks.length === 0) {
    return nothing;
  }
  return html`<ul class="progress-breaks quiet small">
    ${breaks.map(({ at, text }) => html`<li><time datetime=${at}>${takeDay(at)}.</time> ${text}</li>`)}
  </ul>`;
}

/** Whether the figures changed, how sure that is, and whose guides are drawn. */
export function changesSection(report) {
  const guided = report.trends.filter(({ view }) => view.guide);
  return html`<details class="progress-method">
    <summary>Have they changed? How sure is that?</summary>
    <p class="trend-sentence">${report.headline}</p>
    <dl class="changes">
      ${report.trends.map(
        ({ label, sentence, view }) => html`<div><dt>${label}</dt><dd>${sentence}${view.evidence ? html` <span class="quiet">${view.evidence}</span>` : nothing}</dd></div>`,
      )}
    </dl>
    <p>${report.method}</p>
    ${guided.length > 0
      ? html`<dl>
          ${guided.map(
            ({ label, view }) => html`<div><dt>Guide for ${label.toLowerCase()}: ${view.guide}</dt><dd>${view.source}</dd></div>`,
          )}
        </dl>`
      : nothing}
  </details>`;
}

export function takeWithYou(chosen) {
  return html`<section class="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title" class="section-title">Download</h2>
    <ul>
      <li><a href=${addresses.progressTable(chosen)} download="progress.csv">These takes with every measure (CSV)</a></li>
    </ul>
  </section>`;
}

/**
 * No take has a report yet.
 * @param {number} without answers whose report is still to come
 * @param {boolean} madeUp whether there is a made-up history to look around in
 */
export function nothingYet(without, madeUp) {
  return html`<div class="empty">
    <h2>Your takes over time will be here.</h2>
    <p class="lead">
      Length, pace, pauses and fillers, with a dot for every take. After five takes you see what is usual for you. A
      change is shown only when there is evidence for it.
    </p>
    ${without > 0 ? html`<p class="lead">${countWords(without, "answer is", "answers are")} still without a report.</p>` : nothing}
    <div class="buttons">
      <a class="button button-main button-large" href="/" data-page>Practise a question</a>
      ${madeUp ? html`<a class="button button-large" href="/progress?tag=${DEMO_TAG}" data-page>Look around in a made-up history</a>` : nothing}
    </div>
  </div>`;
}

/** Takes there are, but none like this. */
export function nothingFits(onAll) {
  return html`<div class="empty">
    <h2>No take fits.</h2>
    <p class="lead">Choose something else above to see your takes.</p>
    <button class="button" type="button" @click=${onAll}>Show all takes</button>
  </div>`;
}

export function progressSkeleton() {
  return html`<div class="progress-skeleton" aria-hidden="true">
    <div class="skeleton skeleton-headline"></div>
    ${[0, 1, 2, 3].map(() => html`<div class="skeleton skeleton-title"></div><div class="skeleton skeleton-chart"></div>`)}
  </div>`;
}

// Which takes are looked at. What is chosen stands in the address, so that a page can be kept.

const TAKES = [
  { id: "first", name: "First takes" },
  { id: "retakes", name: "Retakes" },
];
const TIMING = [
  { id: "timed", name: "Timed" },
  { id: "untimed", name: "Untimed" },
];
/** In the order in which they are shown. */
const NAMES = ["takes", "timing", "kind", "language", "spoken", "session", "tag", "since", "until"];

/** What the address asks for, by name. */
export function filtersFrom(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) ?? ""]).filter(([, value]) => value));
}

/** The address of the page with these filters. */
export function addressOf(filters) {
  const query = new URLSearchParams(filters).toString();
  return query ? `/progress?${query}` : "/progress";
}

const counted = (id, name, takes) => ({ id, name: `${name} (${takes})` });

/** Selects that leave a choice: those with one alternative only would say the same as all. */
function selects(choices, chosen) {
  const several = (name, options) => options.length > 1 || chosen[name];
  return [
    { name: "takes", label: "Takes", all: "All takes", options: TAKES },
    { name: "timing", label: "Time limit", all: "Timed or not", options: TIMING },
    { name: "kind", label: "Kind of question", all: "All kinds", options: choices.kinds.map(({ id, name, takes }) => counted(id, name, takes)) },
    { name: "language", label: "First language", all: "All", options: choices.first_languages.map(({ name, takes }) => counted(name, name, takes)) },
    { name: "spoken", label: "Spoken language", all: "All", options: choices.spoken.map(({ code, takes }) => counted(code, languageName(code), takes)) },
    { name: "session", label: "Session", all: "All sessions", options: choices.sessions.map(({ id, name, takes }) => counted(id, name, takes)) },
    { name: "tag", label: "Tag", all: "All tags", options: choices.tags.map(({ tag, takes }) => counted(tag, tag, takes)), alone: true },
  ].filter(({ name, options, alone }) => several(name, options) || (alone && options.length > 0));
}

/**
 * @param {object} choices of the service
 * @param {object} chosen by name
 * @param {{onChange: (chosen: object) => void, shown: boolean, onShow: () => void}} options
 *   `shown`: on narrow pages the row is behind a button until it is asked for
 */
export function filterRow(choices, chosen, { onChange, shown, onShow }) {
  const choose = (name, value) => {
    const { [name]: _, ...rest } = chosen;
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  const count = Object.keys(chosen).length;
  return html`<form class="progress-filters" role="search" aria-label="Which takes" @submit=${(event) => event.preventDefault()}>
    <button class="button filters-show" type="button" aria-expanded=${shown} aria-controls="filters" @click=${onShow}>
      Choose takes${count > 0 ? ` (${count} chosen)` : ""}
    </button>
    <div id="filters" class=${shown ? "filters-row filters-shown" : "filters-row"}>
      ${selects(choices, chosen).map((filter) => select(filter, chosen[filter.name] ?? "", choose))}
      ${day("since", "From", chosen, choose)} ${day("until", "To", chosen, choose)}
      ${count > 0 ? html`<button class="button button-plain filters-all" type="button" @click=${() => onChange({})}>Show all</button>` : nothing}
    </div>
  </form>`;
}

function select({ name, label, all, options }, chosen, choose) {
  const known = options.some(({ id }) => id === chosen) || !chosen;
  const offered = known ? options : [...options, { id: chosen, name: chosen }];
  // Said of each option and not of the list: its value would be set before the option that has it.
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <select name=${name} @change=${(event) => choose(name, event.target.value)}>
      <option value="" .selected=${live(!chosen)}>${all}</option>
      ${offered.map((option) => html`<option value=${option.id} .selected=${live(option.id === chosen)}>${option.name}</option>`)}
    </select>
  </label>`;
}

function day(name, label, chosen, choose) {
  return html`<label class="field">
    <span class="field-label">${label}</span>
    <input type="date" name=${name} .value=${live(chosen[name] ?? "")} @change=${(event) => choose(name, event.target.value)} />
  </label>`;
}
