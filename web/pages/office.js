// Office: what an administrator decides, whom they invite, and what was done. Nobody's recordings are here.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { dayWords, timeOfDay } from "../format/time.js";
import { OfficeInvitations } from "../office/invitations.js";
import { OfficeLimits } from "../office/limits.js";
import { OfficePeople } from "../office/people.js";
import { office } from "../office/requests.js";
import { html, nothing, render } from "../templating.js";

/** @param {HTMLElement} container */
export function openOffice(container) {
  /** @type {any[]|null} */
  let log = null;
  /** @type {OfficePeople|null} */
  let people = null;
  /** @type {unknown} */
  let problem = null;
  let closed = false;

  const draw = () => {
    if (!closed) {
      render(
        html`
          <div class="page-head">
            <h1>Office</h1>
            <p class="lead">You see who has an account, and what the office decides. Nobody's recordings or reports are shown to you.</p>
          </div>
          ${problem ? problemNotice(problem) : nothing}
          ${people === null ? nothing : html`<div class="settings office">${invitations.template()} ${people.template()} ${limits.template()} ${logList(log)}</div>`}
        `,
        container,
      );
    }
  };
  const loadLog = async () => {
    try {
      log = (await office.log()).items;
    } catch (error) {
      problem = error;
    }
    draw();
  };
  const does = { onChange: draw, onDone: loadLog };
  const invitations = new OfficeInvitations(does);
  const limits = new OfficeLimits(does);

  draw();
  api.me().then(
    ({ person }) => {
      people = new OfficePeople(person, does);
      draw();
      for (const part of [people, invitations, limits]) {
        part.load();
      }
      loadLog();
    },
    (error) => {
      problem = error;
      draw();
    },
  );
  return () => {
    closed = true;
  };
}

function logList(log) {
  return html`<section aria-labelledby="office-log">
    <h2 id="office-log">What was done</h2>
    <div class="settings-body">
      ${log && log.length === 0 ? html`<p class="quiet">Nothing yet.</p>` : nothing}
      ${log && log.length > 0
        ? html`<ol class="office-log">
            ${log.map(({ at, words, who }) => html`<li><span>${words}</span><span class="quiet small">${who ? `${who}, ` : ""}${dayWords(at)}, ${timeOfDay(at)}</span></li>`)}
          </ol>`
        : nothing}
    </div>
  </section>`;
}
