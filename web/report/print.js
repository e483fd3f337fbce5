// Printing: the report as a page that stands alone, sent to the printer as soon as it is there.

import { html, nothing } from "../templating.js";
import { addresses } from "../api.js";

/** @param {object} answer */
export function printLink(answer) {
  if (!answer.available.includes("report")) {
    return nothing;
  }
  return html`<a class="button" href=${addresses.reportPage(answer.id)} target="_blank" @click=${print}>Print</a>`;
}

function print(event) {
  const page = open(event.currentTarget.href, "_blank");
  // Where the browser opens no window by itself, the link does, and printing is the browser's own menu.
  if (page) {
    event.preventDefault();
    page.addEventListener("load", () => page.print(), { once: true });
  }
}
