// The way from a report to all takes of its question.

import { html, nothing, ref } from "../templating.js";
import { api } from "../api.js";

const asked = new WeakSet();

/** Shown where the question has other takes. @param {object} answer */
export function takesLink({ id, take }) {
  if (!take) {
    return nothing;
  }
  const path = `/answers/${encodeURIComponent(id)}/takes`;
  return take > 1
    ? html`<a class="button" href=${path} data-place>Compare takes</a>`
    : html`<a class="button takes-link" href=${path} data-place data-answer=${id} ${ref(showWithOthers)} hidden>Compare takes</a>`;
}

/** A first take does not know of later ones: they are asked for once. */
async function showWithOthers(link) {
  if (!link || asked.has(link)) {
    return;
  }
  asked.add(link);
  // Without an answer the link stays hidden: nothing on the report depends on it.
  const { takes } = await api.takes(link.dataset.answer).catch(() => ({ takes: [] }));
  link.hidden = takes.length < 2;
}
