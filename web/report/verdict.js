// The verdict of a report: the sentence, the four figures with their marks, and the next step.

import { markShape } from "../components/figure-marks.js";
import { html, nothing } from "../templating.js";
import { lengthBar } from "./length-bar.js";

/** @param {object} report its view @param {object} answer */
export function verdict(report, answer) {
  return html`<p class="headline">${unbroken(report.headline)}</p>
    ${report.span ? mainFigures(report) : nothing} ${hiddenFigures(report)} ${nextSteps(report, answer)}`;
}

/** Which figures an assignment does not show; the headline says so where it hides all of them. @param {object} report */
function hiddenFigures({ headline, hidden_text: text = "" }) {
  return text && text !== headline ? html`<p class="quiet">${text}</p>` : nothing;
}

/** A sentence in whose ranges, as in '1–2 minutes', no line ends. @param {string} text */
export function unbroken(text) {
  return text.split(/(\d+–\d+)/).map((part, index) => (index % 2 ? html`<span class="unbroken">${part}</span>` : part));
}

/**
 * Length, pace, pauses and fillers; the one to change stands out by its line.
 * @param {{figures: object[], drill?: object|null, length_bar?: object|null}} view of a report
 */
export function mainFigures({ figures, drill = null, length_bar: bar = null }) {
  return html`<dl class="main-figures">
    ${figures.map(
      ({ figure, label, value, unit, mark, guide, standing_text: standing }) => html`<div class=${figure === drill?.figure ? "main-figure main-figure-to-change" : "main-figure"} data-figure=${figure}>
        <dt>${label}</dt>
        <dd class="main-figure-value">${value ? html`<strong>${value}</strong>${unit ? html` <span>${unit}</span>` : nothing}` : html`<strong aria-hidden="true">–</strong>`}</dd>
        ${standing ? html`<dd class="main-figure-standing">${markShape(mark)}${standing}</dd>` : nothing}
        ${figure === "length" && bar
          ? html`<dd class="main-figure-bar">${lengthBar(bar)}</dd>`
          : guide && value
            ? html`<dd class="main-figure-guide">Guide: ${guide}</dd>`
            : nothing}
      </div>`,
    )}
  </dl>`;
}

// The next step: one main button, and one other.

/** Where the question can be answered again, and where another one is drawn. */
const againAddress = ({ id }) => `/?again=${encodeURIComponent(id)}`;
const nextAddress = ({ id }) => `/?next=${encodeURIComponent(id)}`;

function nextSteps(report, answer) {
  const [first, second] = stepsFor(report, answer);
  const other = report.another_question;
  return html`<div class="next-steps">
    ${other
      ? html`<div class="another-question">
          <p>${other.text}</p>
          <details>
            <summary>Why</summary>
            <p>${other.why}</p>
          </details>
        </div>`
      : nothing}
    <div class="buttons">
      <a class="button button-main button-large" href=${first.address} data-page>${first.words}</a>
      ${second ? html`<a class="button button-large" href=${second.address} data-page>${second.words}</a>` : nothing}
    </div>
  </div>`;
}

/** The main step and the other one, as words and address. */
function stepsFor(report, answer) {
  const next = { words: "Next question", address: nextAddress(answer) };
  if (!answer.question) {
    // There is no question that it could be recorded for again.
    return report.span ? [next] : [{ words: "Choose another recording", address: "/upload" }, next];
  }
  const again = { words: report.drill?.button ?? "Record it again", address: againAddress(answer) };
  const toDoAgain = report.drill || !report.span;
  return toDoAgain && !report.another_question ? [again, next] : [next, again];
}
