// The notes of a take, at the top of the page, where a camera usually is: eyes that read them stay near it. How long
// they can be read counts in seconds of the recording, so that a pause does not.

import { html, nothing } from "../templating.js";
import { ShownTime } from "./shown-time.js";

export class NotesAtLens {
  #take;
  #notes;
  #time;

  /**
   * @param {import("../recording/take.js").Take} take that is recording
   * @param {{bullets: string[], plan: {words: string, text: string}[]}} notes as `QuestionNotes.atLens` has them
   */
  constructor(take, notes) {
    this.#take = take;
    this.#notes = notes;
    this.#time = new ShownTime(() => take.elapsed);
    this.count();
  }

  get shown() {
    return this.#time.shown;
  }

  /** What the button that hides or shows them says. */
  get buttonWords() {
    return this.shown ? "Hide the notes" : "Show the notes";
  }

  toggle() {
    this.#time.toggle();
    this.count();
  }

  /** Have the take know for how long they were shown; to be called often, and before the take is stopped. */
  count() {
    this.#take.notesShown(this.#time.seconds);
  }

  /** To stand first in the section of the take. */
  template() {
    const { bullets, plan } = this.#notes;
    return html`<aside class=${this.shown ? "notes-at-lens" : "notes-at-lens notes-at-lens-hidden"} aria-label="Your notes">
      ${plan.length > 0 ? html`<dl>${plan.map(({ words, text }) => html`<div><dt>${words}</dt><dd>${text}</dd></div>`)}</dl>` : nothing}
      ${bullets.length > 0 ? html`<ul>${bullets.map((text) => html`<li>${text}</li>`)}</ul>` : nothing}
    </aside>`;
  }
}
