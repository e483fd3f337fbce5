// Which answers are listed: of one session, with one tag.

import { html, nothing, live } from "../templating.js";
import { sameTag } from "../format/tags.js";

/**
 * @param {{sessions: object[], tags: object[], chosen: {session: string, tag: string}}} present
 * @param {{onChoose: (changes: object) => void, onDeleteSession: (session: object) => void}} actions
 */
export function answerFilters({ sessions, tags, chosen }, { onChoose, onDeleteSession }) {
  const session = sessions.find(({ id }) => id === chosen.session);
  // The address may write it in another case, or name one that no answer has any more.
  const tag = tags.find((known) => sameTag(known.tag, chosen.tag)) ?? { tag: chosen.tag, answers: 0 };
  const offered = !chosen.tag || tags.includes(tag) ? tags : [...tags, tag];
  if (sessions.length === 0 && tags.length === 0 && !chosen.session && !chosen.tag) {
    return nothing;
  }
  return html`<div class="answers-filter">
    ${select("session", "Session", "All sessions", sessions, chosen.session, onChoose)}
    ${select("tag", "Tag", "All tags", offered.map(({ tag: name, answers }) => ({ id: name, name, answers })), tag.tag, onChoose)}
    ${session
      ? html`<a class="button" href="/sessions/${encodeURIComponent(session.id)}" data-place>Session report</a>
          <button class="button button-plain" type="button" @click=${() => onDeleteSession(session)}>Delete session</button>`
      : nothing}
  </div>`;
}

function select(name, label, all, options, chosen, onChoose) {
  if (options.length === 0) {
    return nothing;
  }
  // Said of each option and not of the list: its value would be set before the option that has it.
  return html`<label class="visually-hidden" for="${name}-filter">${label}</label>
    <select id="${name}-filter" class="select" @change=${(event) => onChoose({ [name]: event.target.value })}>
      <option value="" .selected=${live(!chosen)}>${all}</option>
      ${options.map(({ id, name: words, answers }) => html`<option value=${id} .selected=${live(id === chosen)}>${words} (${answers})</option>`)}
    </select>`;
}
