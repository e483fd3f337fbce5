// The words on an answer, changed.

import { api } from "../api.js";
import { askForDetails } from "../parts/dialog.js";

/**
 * Ask for title, question and session.
 * @param {object} answer
 * @returns {Promise<object|null>} changes as the service takes them; null when nothing is to change
 */
export async function askForChanges({ title, question, session }) {
  const sessions = await api.sessions().catch(() => ({ items: [] }));
  const details = await askForDetails(
    { title: title ?? "", question: question ?? "", session: session?.name ?? "" },
    sessions.items.map(({ name }) => name),
  );
  return details && Object.fromEntries(Object.entries(details).map(([name, text]) => [name, text.trim() || null]));
}
