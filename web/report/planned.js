// What was written down before the take: beside the answer afterwards.

import { html, nothing } from "../templating.js";

/** @param {{plan: {label: string, text: string}[], bullets: string[], text: string}|null} planned of the answer */
export function plannedSection(planned) {
  if (!planned) {
    return nothing;
  }
  const { plan, bullets, text } = planned;
  return html`<section class="report-planned" aria-labelledby="planned-title">
    <h2 id="planned-title" class="section-title">What you planned</h2>
    ${plan.length > 0 ? html`<dl>${plan.map((line) => html`<div><dt>${line.label}</dt><dd>${line.text}</dd></div>`)}</dl>` : nothing}
    ${bullets.length > 0 ? html`<ul>${bullets.map((bullet) => html`<li>${bullet}</li>`)}</ul>` : nothing}
    <p class="quiet small">${text}</p>
  </section>`;
}
