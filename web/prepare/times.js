// When an interview is: at the programme and where one is oneself, in the words of the service.

import { html, nothing } from "../templating.js";

/**
 * @param {any} interview
 * @param {{over?: boolean}} [how] `over`: nobody logs in any more
 */
export function bothTimes({ times }, { over = false } = {}) {
  const { programme, own, same_zone: sameZone, log_in: logIn, notes } = times;
  return html`<div class="both-times">
    <dl class="times">
      ${sameZone
        ? time("Your time and the programme's", own)
        : html`${time("Your time", own)} ${time("At the programme", programme)}`}
      ${logIn && !over ? time(`${logIn.label}, your time`, { words: logIn.own, zone_words: "" }) : nothing}
    </dl>
    ${notes.length > 0 ? html`<p class="notice">${notes.join(" ")}</p>` : nothing}

  </div>`;
}

function time(name, { words, zone_words: zone }) {
  return html`<div>
    <dt class="quiet">${name}</dt>
    <dd><span class="time-words">${words}</span> <span class="quiet">${zone}</span></dd>
  </div>`;
}
