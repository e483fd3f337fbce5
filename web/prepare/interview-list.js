// All interviews of a season: those to come, and folded below them those that have been.

import { addresses } from "../api.js";
import { html, nothing } from "../templating.js";
import { interviewAddress, NEW_INTERVIEW } from "./addresses.js";
import { confirmedState } from "./confirmations.js";
import { stateMark } from "./marks.js";
import { factsOf } from "./wording.js";

const CONFIRMED = { open: "Not confirmed yet", partly: "Confirmed once", done: "Confirmed" };

/** @param {any[]} interviews the soonest first */
export function interviewList(interviews) {
  const toCome = interviews.filter(({ days, cancelled }) => days >= 0 && !cancelled);
  const past = interviews.filter((interview) => !toCome.includes(interview)).reverse();
  return html`<section class="season" aria-labelledby="season-title">
    <h2 id="season-title" class="section-title">Your interviews</h2>
    ${toCome.length > 0 ? html`<ul class="season-list">${toCome.map(row)}</ul>` : html`<p class="quiet">None is to come.</p>`}
    ${past.length > 0
      ? html`<details class="season-past">
          <summary>Past or cancelled</summary>
          <ul class="season-list">${past.map(row)}</ul>
        </details>`
      : nothing}
    <div class="buttons">
      <a class="button" href=${NEW_INTERVIEW} data-page>Add an interview</a>
      ${toCome.length > 0 ? html`<a href=${addresses.calendarOfAll} download>All of it as a calendar file</a>` : nothing}
    </div>
  </section>`;
}

function row(interview) {
  const { programme, times, when_words: when, cancelled, days } = interview;
  return html`<li class="season-row">
    <div>
      <a class="season-programme" href=${interviewAddress(interview)} data-page>${programme}</a>
      <p class="facts">${factsOf(interview).map((fact) => html`<span>${fact}</span>`)}</p>
    </div>
    <p>${times.own.words}<span class="quiet small season-days">${cancelled ? "Cancelled" : when}</span></p>
    ${cancelled || days < 0
      ? nothing
      : html`<p class="season-state">${stateMark(confirmedState(interview), "")}<span>${CONFIRMED[confirmedState(interview)]}</span></p>`}
  </li>`;
}
