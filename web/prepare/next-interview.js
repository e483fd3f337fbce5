// The interview that comes next: where, when, how sure.

import { addresses } from "../api.js";
import { html } from "../templating.js";
import { interviewAddress } from "./addresses.js";
import { confirmedLine } from "./confirmations.js";
import { bothTimes } from "./times.js";
import { factsOf } from "./wording.js";

/** @param {any} interview */
export function nextInterview(interview) {
  const { programme, when_words: when, confirmed } = interview;
  return html`<section class="next-interview" aria-labelledby="next-title">
    <p class="next-when">Your next interview is ${when}</p>
    <h2 id="next-title" class="next-programme">${programme}</h2>
    <p class="facts">${factsOf(interview).map((fact) => html`<span>${fact}</span>`)}</p>
    ${bothTimes(interview)}
    ${confirmedLine(interview)}
    <div class="buttons">
      <a class="button button-main" href=${interviewAddress(interview)} data-page>${confirmed ? "Open this interview" : "Confirm it"}</a>
      <a class="button" href=${addresses.interviewCalendar(interview.id)} download>Add it to your calendar</a>
    </div>
  </section>`;
}

/** Where the rest of the preparation is done. */
const PLACES = [
  { href: "/prepare/set-up", name: "Set-up check", words: "Microphone, camera, light, internet" },
  { href: "/prepare/application", name: "Your application", words: "Practise every line of it" },
  { href: "/prepare/questions-to-ask", name: "Questions to ask", words: "For residents, faculty and the director" },
  { href: "/prepare/rank-list", name: "Rank list", words: "Your programmes in your order" },
  { href: "/prepare/resources", name: "Resources", words: "What the guides say" },
];

export function places() {
  return html`<nav class="places" aria-label="More to prepare">
    <ul>${PLACES.map(({ href, name, words }) => html`<li><a href=${href} data-page>${name}</a><span class="quiet small">${words}</span></li>`)}</ul>
  </nav>`;
}
