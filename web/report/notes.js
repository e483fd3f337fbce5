// In the person's own words: their notes on the answer.

import { api } from "../api.js";
import { SavedText } from "../components/saved-text.js";

/** Characters. */
const LONGEST_NOTES = 4000;

/** Notes that are saved as they are typed. */
export class Notes extends SavedText {
  /** @param {string} id of the answer @param {string|null} text */
  constructor(id, text) {
    super({
      label: "Notes",
      placeholder: "What would you keep? What would you say differently?",
      longest: LONGEST_NOTES,
      text,
      save: (notes) => api.change(id, { notes }),
    });
  }
}
