// The short parts of the progress page: its head, what is not in it, how changes are called, and where there is nothing.

import { html, nothing } from "../templating.js";
import { addresses } from "../api.js";
import { guideWords } from "../format/measures.js";
import { amountWords, MADE_UP, takeDay } from "../format/trends.js";
import { countWords } from "../format/sizes.js";

export function progressHead(report, chosen, without) {
  return html`
    ${chosen.tag === MADE_UP
      ? html`<div class="notice"><p><strong>This history is made up.</strong> A generator wrote its figures, for tests and for looking around. Nobody said any of it.</p></div>`
      : nothing}
    <p class="headline">${report.headline}</p>
    <p class="facts">
      ${amountWords(report).map((part) => html`<span>${part}</span>`)}
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

/** How a change is called, and whose guides are drawn. */
export function methodSection(report) {
  const guided = report.trends.filter(({ guide }) => guide);
  return html`<details class="progress-method">
    <summary>How a change is called</summary>
    <p>${report.method}</p>
    ${guided.length > 0
      ? html`<dl>
          ${guided.map(
            ({ label, unit, guide }) => html`<div><dt>Guide for ${label.toLowerCase()}: ${guideWords({ guide, unit })}</dt><dd>${guide.source}</dd></div>`,
          )}
        </dl>`
      : nothing}
  </details>`;
}

export function takeWithYou(chosen) {
  return html`<section class="downloads" aria-labelledby="downloads-title">
    <h2 id="downloads-title" class="section-title">Take it with you</h2>
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
      Length, pace, pauses and fillers, a dot for every take. From five takes on you see what is usual for you; a change is
      called one only when there is evidence for it.
    </p>
    ${without > 0 ? html`<p class="lead">${countWords(without, "answer is", "answers are")} still without a report.</p>` : nothing}
    <div class="buttons">
      <a class="button button-main button-large" href="/" data-place>Practise a question</a>
      ${madeUp ? html`<a class="button button-large" href="/progress?tag=${MADE_UP}" data-place>Look around in a made-up history</a>` : nothing}
    </div>
  </div>`;
}

/** Takes there are, but none like this. */
export function nothingFits(onAll) {
  return html`<div class="empty">
    <h2>No take is like this.</h2>
    <p class="lead">What is chosen above leaves none over.</p>
    <button class="button" type="button" @click=${onAll}>Show all takes</button>
  </div>`;
}

export function progressBones() {
  return html`<div class="progress-bones" aria-hidden="true">
    <div class="bone bone-headline"></div>
    ${[0, 1, 2, 3].map(() => html`<div class="bone bone-title"></div><div class="bone bone-chart"></div>`)}
  </div>`;
}
