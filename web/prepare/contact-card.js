// One card to print and keep beside the screen: who to call when the connection drops, and where the interview is.

import { html, nothing } from "../templating.js";

/** While the card alone is printed. */
const PRINTING = "printing-card";

/** @param {any} interview */
export function contactCard(interview) {
  const { programme, coordinator, format, platform, link, place, times } = interview;
  const online = format !== "in_person";
  return html`<section class="card-section" aria-labelledby="card-title">
    <h2 id="card-title" class="section-title">${online ? "If the connection drops" : "If something goes wrong"}</h2>
    <p class="quiet card-words">
      Print this card and keep it ${online ? "beside the screen" : "with you"}. It names who to call, and needs no internet.
    </p>
    <div class="contact-card">
      <p class="card-programme">${programme}</p>
      <dl>
        ${row("Your time", times.own, atZone)} ${times.same_zone ? nothing : row("Their time", times.programme, atZone)}
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
    ${online
      ? html`<p class="card-drills">
          Practise it: <a href="/?format=drill-connection" data-page>the connection drops</a>,
          or <a href="/?format=drill-repeat" data-page>they did not hear you</a>.
        </p>`
      : nothing}
  </section>`;
}

function row(name, value, show = (words) => words) {
  return value ? html`<div><dt>${name}</dt><dd>${show(value)}</dd></div>` : nothing;
}

const atZone = ({ words, zone_words: zone }) => html`${words} <span class="card-zone">${zone}</span>`;

/** The card alone: the style sheet leaves out the rest while it is printed. */
function printCard() {
  const page = document.documentElement;
  page.classList.add(PRINTING);
  addEventListener("afterprint", () => page.classList.remove(PRINTING), { once: true });
  print();
}
