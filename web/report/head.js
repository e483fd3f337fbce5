// The head of a report: the question, the facts about the take, the way to the other takes, and changing its words.

import { api } from "../api.js";
import { askForDetails } from "../components/dialog.js";
import { dayWords, readTags, tagsInOneLine, timeOfDay } from "../format/time.js";
import { html, nothing, ref } from "../templating.js";
import { interviewLine } from "./interview-line.js";

export function reportHead(answer, { onChange }) {
  const { title, question, session, created_at: created, file_name: fileName, take, format } = answer;
  return html`<header class="report-head">
    <h1>${question || title || "Untitled answer"}</h1>
    <div class="facts">
      ${take ? html`<span>Take ${take}</span>` : nothing} ${takesLink(answer)}
      <time datetime=${created}>${dayWords(created)}, ${timeOfDay(created)}</time>
      ${format ? html`<span>${format.name}</span>` : nothing}
      ${question && title && title !== question ? html`<span>${title}</span>` : nothing}
      ${session && !answer.interview ? html`<span><a href="/sessions/${encodeURIComponent(session.id)}" data-page>${session.name}</a></span>` : nothing}
      ${fileName && !title ? html`<span>${fileName}</span>` : nothing}
      <span><button class="link-button" type="button" @click=${onChange}>Change</button></span>
    </div>
    ${interviewLine(answer)}
  </header>`;
}

const asked = new WeakSet();

/** Shown where the question has other takes. @param {object} answer */
function takesLink({ id, take }) {
  if (!take) {
    return nothing;
  }
  const path = `/answers/${encodeURIComponent(id)}/takes`;
  const link = html`<a href=${path} data-page>Compare takes</a>`;
  return take > 1 ? html`<span>${link}</span>` : html`<span class="takes-link" data-answer=${id} ${ref(showWithOthers)} hidden>${link}</span>`;
}

/** A first take does not know of later ones: they are asked for once. */
async function showWithOthers(place) {
  if (!place || asked.has(place)) {
    return;
  }
  asked.add(place);
  // Without an answer the link stays hidden: nothing on the report depends on it.
  const { takes } = await api.takes(place.dataset.answer).catch(() => ({ takes: [] }));
  place.hidden = takes.length < 2;
}

/**
 * Ask for title, question, session and tags.
 * @param {object} answer
 * @returns {Promise<object|null>} changes as the service takes them; null when nothing is to change
 */
export async function askForChanges({ title, question, session, tags }) {
  const sessions = await api.sessions().catch(() => ({ items: [] }));
  const present = { title: title ?? "", question: question ?? "", session: session?.name ?? "", tags: tagsInOneLine(tags) };
  const details = await askForDetails(
    present,
    sessions.items.map(({ name }) => name),
  );
  if (!details) {
    return null;
  }
  const { tags: typed, ...words } = details;
  return {
    ...Object.fromEntries(Object.entries(words).map(([name, text]) => [name, text.trim() || null])),
    // A tag may itself hold a comma: what was not touched stays as it is.
    ...(typed === present.tags ? {} : { tags: readTags(typed) }),
  };
}
