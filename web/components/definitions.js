// What each measure means, by its name.

import { api } from "../api.js";

/**
 * @param {string|null} firstLanguage of the person, so that the error for its speakers comes too where it is known
 * @returns {Promise<Map<string, object>>} empty where they cannot be had: figures stand without their explanations
 */
export async function loadDefinitions(firstLanguage = null) {
  try {
    const definitions = await api.measures(firstLanguage);
    return new Map(definitions.map((definition) => [definition.name, definition]));
  } catch {
    return new Map();
  }
}
