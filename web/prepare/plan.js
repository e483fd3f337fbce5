// The plan for an interview, phase by phase: what to do, why, where, and what Greenroom saw of it.

import { html, live, nothing } from "../templating.js";
import { stateMark } from "./marks.js";

/**
 * @param {any} plan of the service
 * @param {{folded: boolean, mark: (step: any, done: boolean) => void}} how `folded`: no phase stands open; `mark`: as done
 *   by hand, or no more
 */
export function planSection({ phases, compressed, compressed_words: compressedWords, left_out: leftOut }, { folded, mark }) {
  // Between phases and before the first one it is the first that is not done.
  const open = !folded && (phases.find(({ present }) => present) ?? phases.find(({ steps }) => steps.some(({ state }) => state !== "done")));
  return html`<section class="plan" aria-labelledby="plan-title">
    <h2 id="plan-title" class="section-title">Your plan</h2>
    ${compressed
      ? html`<div class="plan-short">
          <p>${compressedWords}</p>
          ${leftOut.length > 0
            ? html`<details>
                <summary>What was left out</summary>
                <ul class="plan-left-out">${leftOut.map(({ what }) => html`<li>${what}</li>`)}</ul>
              </details>`
            : nothing}
        </div>`
      : nothing}
    ${phases.map((phase) => phaseFold(phase, phase === open, mark))}
  </section>`;
}

function phaseFold({ id, name, dates_words: dates, present, steps }, open, mark) {
  const done = steps.filter(({ state }) => state === "done").length;
  const state = done === steps.length ? "done" : steps.some((step) => step.state !== "open") ? "partly" : "open";
  return html`<details class="phase" data-phase=${id} ?open=${open}>
    <summary aria-current=${present ? "step" : nothing}>
      ${stateMark(state)}
      <h3>${name}${present ? html` <span class="phase-now">Now</span>` : nothing}</h3>
      <span class="quiet">${dates}</span>
    </summary>
    <ul class="plan-steps">${steps.map((step) => stepRow(step, mark))}</ul>
  </details>`;
}

function stepRow(step, mark) {
  const { id, what, why, source, place, by_hand: byHand, state, progress_words: progress, seen_words: seen } = step;
  return html`<li class="plan-step" data-step=${id}>
    ${byHand
      ? html`<input id=${`step-${id}`} class="plan-step-mark" type="checkbox" .checked=${live(state === "done")} @change=${(event) => mark(step, event.target.checked)} />
          <label class="plan-step-what" for=${`step-${id}`}>${what}</label>`
      : html`${stateMark(state)}<p class="plan-step-what">${what}</p>`}
    ${place ? html`<a class="plan-step-place" href=${place.href} data-page>${place.label}<span class="visually-hidden">: ${what}</span></a>` : nothing}
    <div class="plan-step-more">
      ${progress ? html`<p>${progress}</p>` : nothing} ${seen ? html`<p class="quiet">${seen}</p>` : nothing}
      <details class="plan-step-why">
        <summary>Why<span class="visually-hidden">: ${what}</span></summary>
        <p>${why}</p>
        <p class="quiet small">
          Source:
          ${source.address
            ? html`<a href=${source.address} target="_blank" rel="noopener noreferrer">${source.name}<span class="visually-hidden"> (opens a new tab)</span></a>`
            : source.name}
        </p>
      </details>
    </div>
  </li>`;
}
