// One card to print and keep beside the screen: who to call when the connection drops, and where the interview is.

import { html, nothing } from "../templating.js";

/** While the card alone is printed. */
const PRINTING = "printing-card";

/** @param {any} interview */
export function contactCard(interview) {
  const { programme, coordinator, platform, link, place, times } = interview;
  return html`<section class="card-section" aria-labelledby="card-title">
    <h2 id="card-title" class="section-title">If the connection drops</h2>
    <p class="quiet card-words">Print this card and keep it beside the screen. It names who to call, and needs no internet.</p>
    <div class="contact-card">
      <p class="card-programme">${programme}</p>
      <dl>
        ${row("Your time", times.own.words)} ${times.same_zone ? nothing : row("Their time", times.programme.words)}
        ${coordinator
          ? html`${row("Coordinator", coordinator.name)} ${row("Phone", coordinator.phone, (phone) => html`<a href=${`tel:${phone.replace(/[^+\d]/gu, "")}`}>${phone}</a>`)}
              ${row("Email", coordinator.email, (email) => html`<a href=${`mailto:${email}`}>${email}</a>`)}`
          : row("Coordinator", "Not written down yet")}
        ${row("Where", [platform, place].filter(Boolean).join(", "))} ${row("Link", link)}
      </dl>
    </div>
    <div class="buttons card-buttons">
      <button class="button" type="button" @click=${printCard}>Print this card</button>
    </div>
    <p class="card-drills">
      Practise it: <a href="/?format=drill-connection" data-page>the connection drops</a>,
      or <a href="/?format=drill-repeat" data-page>you did not hear the question</a>.
    </p>
  </section>`;
}

function row(name, value, show = (words) => words) {
  return value ? html`<div><dt>${name}</dt><dd>${show(value)}</dd></div>` : nothing;
}

/** The card alone: the style sheet leaves out the rest while it is printed. */
function printCard() {
  const page = document.documentElement;
  page.classList.add(PRINTING);
  addEventListener("afterprint", () => page.classList.remove(PRINTING), { once: true });
  print();
}
