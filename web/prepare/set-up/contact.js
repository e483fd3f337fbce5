// Whom to call if something fails, and where to practise that it does.

import { html, nothing } from "../../templating.js";
import { interviewAddress } from "../addresses.js";

/** @param {any} coordinator of the service; null without any */
export function contactOfCheck(coordinator) {
  return html`<div class="set-up-contact">
    ${coordinator ? card(coordinator) : html`<p>No number is written down yet. Add the coordinator to your interview, or <a href="/settings" data-page>write down a contact of your own</a>.</p>`}
    <ul class="set-up-links">
      <li><a href="/?format=drill-connection" data-page>Practise that the connection drops</a></li>
      <li><a href="/?format=drill-repeat" data-page>Practise that you did not hear the question</a></li>
      <li><a href="/" data-page>Take three slow breaths before you begin</a> <span class="quiet small">(a mark beside the format)</span></li>
    </ul>
  </div>`;
}

function card({ name, phone, email, programme, interview }) {
  return html`<p class="set-up-card">
      <strong>${name ?? "Contact"}</strong>${programme ? html`, ${programme}` : nothing}<br />
      ${phone ? html`<a href=${`tel:${phone.replace(/[^+\d]/gu, "")}`}>${phone}</a>` : nothing}
      ${email ? html`<a href=${`mailto:${email}`}>${email}</a>` : nothing}
    </p>
    <p>
      ${interview
        ? html`<a href=${`${interviewAddress({ id: interview })}#card-title`} data-page>Print the card of this interview</a>`
        : html`This is your contact of <a href="/settings" data-page>Settings</a>. The coordinator of an interview comes first, once it is written down.`}
    </p>`;
}
