// What each measure means, by its name.

import { api } from "../api.js";

/** @returns {Promise<Map<string, object>>} empty where they cannot be had: figures stand without their explanations */
export async function loadDefinitions() {
  try {
    const definitions = await api.measures();
    return new Map(definitions.map((definition) => [definition.name, definition]));
  } catch {
    return new Map();
  }
}
