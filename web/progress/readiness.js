// How ready one is for each kind of question, today's question and this week's focus: on Practise and on Progress.

import { html, nothing, svg } from "../templating.js";

/** Address at which a question is practised. */
export const practiseAddress = (question) => `/?question=${encodeURIComponent(question.id)}`;

/**
 * The map: one row a kind.
 * @param {object} view of the service
 * @param {{heading: string}} options `heading`: id of the heading that names it
 */
export function readinessMap(view, { heading }) {
  return html`<ul class="readiness" aria-labelledby=${heading}>
    ${view.kinds.map((kind) => kindRow(kind))}
  </ul>`;
}

function kindRow({ name, mark, state, state_text: stateText, detail, next_question: next }) {
  return html`<li class=${`readiness-kind readiness-${state}`}>
    <span class="readiness-mark">${markShape(mark)}</span>
    <span class="readiness-name">${name}</span>
    <span class="readiness-state">${stateText}${detail ? html`<span class="quiet readiness-detail">${detail}</span>` : nothing}</span>
    ${next
      ? html`<a class="readiness-next" href=${practiseAddress(next)} data-page title=${next.text}>Practise<span class="visually-hidden">: ${next.text}</span></a>`
      : nothing}
  </li>`;
}

/** An empty, a half or a full circle, so that a state is told by its shape. */
function markShape(mark) {
  const inside = {
    empty: nothing,
    half: svg`<path d="M8 2a6 6 0 0 1 0 12z"></path>`,
    full: svg`<circle class="readiness-full" cx="8" cy="8" r="6"></circle><path class="readiness-check" d="M5 8.2l2.1 2.1L11 6.2"></path>`,
  }[mark];
  return html`<svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true"><circle class="readiness-ring" cx="8" cy="8" r="6"></circle>${inside}</svg>`;
}

/** How many full mock interviews there were, and why two are advised. @param {{mark: string, text: string, means: string}} view */
function interviewsLine({ mark, text, means }) {
  return html`<p class=${`readiness-interviews readiness-${mark === "empty" ? "untried" : "working"}`}><span class="readiness-mark">${markShape(mark)}</span><span>${text}. <span class="quiet small">${means}</span></span></p>`;
}

/**
 * The map as a section of the progress page.
 * @param {object} view of the service
 */
export function readinessSection(view) {
  return html`<section class="readiness-section" aria-labelledby="readiness-title">
    <div class="progress-section-head">
      <h2 id="readiness-title" class="section-title">Ready for which questions</h2>
      <p class="quiet">${view.summary}</p>
    </div>
    ${view.today ? todayLine(view) : nothing} ${readinessMap(view, { heading: "readiness-title" })}
    ${interviewsLine(view.interviews)}
    <p class="quiet small readiness-means">${view.ready_means}</p>
  </section>`;
}

function todayLine({ today }) {
  return html`<div class="readiness-today">
    <div>
      <p class="quiet">${today.title} · ${today.kind}</p>
      <p class="readiness-question">${today.question.text}</p>
    </div>
    <a class=${today.answered ? "button" : "button button-main"} href=${practiseAddress(today.question)} data-page>
      ${today.answered ? "Practise it again" : "Practise it"}
    </a>
  </div>`;
}

/**
 * The map beside the question on Practise: open on a desktop, folded on a phone.
 * @param {object} view of the service
 * @param {boolean} open
 */
export function readinessAside(view, open) {
  return html`<details class="readiness-aside" ?open=${open}>
    <summary>
      <h2 id="readiness-title" class="readiness-aside-title">Your readiness</h2>
      <span class="quiet">${view.summary}</span>
    </summary>
    ${readinessMap(view, { heading: "readiness-title" })} ${interviewsLine(view.interviews)}
    ${view.focus ? html`<p class="readiness-focus">${view.focus}</p>` : nothing}
    <p class="quiet small readiness-means">${view.ready_means}</p>
  </details>`;
}
