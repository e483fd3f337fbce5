// The words on an answer, changed.

import { api } from "../api.js";
import { askForDetails } from "../components/dialog.js";
import { readTags, tagsInOneLine } from "../format/tags.js";

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
