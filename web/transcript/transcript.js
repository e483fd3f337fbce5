// The transcript at reading size: it follows the sound, a click on a word goes there, and what is written wrongly can
// be corrected in its place.

import { html, render, nothing } from "../templating.js";
import { announce } from "../components/notices.js";
import { Following, intoView } from "./following.js";
import { itemTemplate, transcriptLegend } from "./item.js";
import { CorrectionEditor } from "./correction-editor.js";
import { correctionsBar } from "./corrections.js";
import { noteMark, notesByItem } from "./note-mark.js";
import { isMinorPause, paragraphsOf } from "./passages.js";
import { rememberAllPauses, showsAllPauses } from "./preferences.js";
import { RunDrag } from "./selection-drag.js";
import { indexFrom, nextSaid, runOf } from "./correction-list.js";
import { SearchField } from "./search-field.js";

export class Transcript {
  /** @type {any} */
  #transcript = null;
  #hasReport = false;
  #passages = [];
  #items = [];
  /** The item that the Tab key leads to, and the other end of the run that is chosen from it. */
  #active = 0;
  /** @type {number|null} */
  #anchor = null;
  #allPauses = showsAllPauses();
  /** Whether a click corrects instead of playing. */
  #correctionMode = false;
  /** Comments to mark, by the index of the item after which each stands. @type {Map<number, any[]>} */
  #notesAt = new Map();
  /** @type {import("./note-mark.js").NoteMark[]} */
  #notes = [];

  /**
   * @param {import("../components/player.js").Player|null} player null where there is no sound to go to
   * @param {import("./corrections.js").Corrections} corrections
   * @param {{onNote?: (id: string) => void, find?: string}} [how] `onNote`: the mark of a comment was chosen; `find`: the words
   *   in the field that finds a phrase
   */
  constructor(player, corrections, { onNote = () => {}, find = "Find in what you said" } = {}) {
    this.onNote = onNote;
    this.player = player;
    this.corrections = corrections;
    this.element = document.createElement("div");
    this.element.className = "transcript";
    this.search = new SearchField({ words: find, onChange: () => this.draw(), onShow: (match) => this.#showMatch(match) });
    this.editor = new CorrectionEditor(corrections, {
      play: (start) => player?.playMoment(start),
      widen: (step) => this.#widen(step),
      closed: (run) => this.#corrected(run),
    });
    this.drag = new RunDrag({
      isOn: () => this.#correcting,
      onChange: () => this.draw(),
      onDone: (first, last) => {
        this.#activate(last);
        this.#correct(first, last);
      },
    });
    this.following = new Following(player, this.element, (index) => this.#elementOf(index));
  }

  close() {
    this.following.close();
  }

  /**
   * @param {object} transcript its view
   * @param {boolean} hasReport false where only the words are there, or may not be corrected
   * @param {import("./note-mark.js").NoteMark[]} [notes] comments to mark
   */
  show(transcript, hasReport, notes = []) {
    this.#notes = notes;
    this.#transcript = transcript;
    this.#hasReport = hasReport;
    this.#showItems();
  }

  #showItems() {
    this.#passages = paragraphsOf(this.#transcript, this.#allPauses);
    this.#items = this.#passages.flatMap(({ items }) => items);
    this.#active = Math.min(this.#active, Math.max(0, this.#items.length - 1));
    this.#anchor = null;
    this.#notesAt = notesByItem(this.#notes, this.#items);
    this.search.lookIn(this.#items);
    this.draw();
    this.following.show(this.#items);
  }

  get #canCorrect() {
    return this.#hasReport && !this.corrections.machine;
  }

  get #correcting() {
    return this.#correctionMode && this.#canCorrect;
  }

  draw() {
    if (!this.#transcript) {
      return;
    }
    let index = 0;
    const language = this.#transcript.language || nothing;
    render(
      html`
        <div class="transcript-tools">
          ${this.search.element}
          <div class="transcript-does">
            ${this.#transcript.paragraphs.some(({ items }) => items.some(isMinorPause))
              ? html`<label class="switch">
                  <input type="checkbox" role="switch" .checked=${this.#allPauses} @change=${(event) => this.#markPauses(event.target.checked)} />
                  <span>All pauses</span>
                </label>`
              : nothing}
            ${this.#canCorrect
              ? html`<button class="button" type="button" aria-pressed=${this.#correcting} @click=${() => this.#switchMode()}>Correct words</button>`
              : nothing}
          </div>
        </div>
        ${correctionsBar(this.corrections, (start) => this.player?.playMoment(start))} ${this.#correcting ? this.#hint() : nothing}
        <div class=${this.#correcting ? "passages passages-correcting" : "passages"} role="group" aria-label=${this.#instructions()} @click=${(event) => this.#clicked(event)} @keydown=${(event) => this.#pressed(event)} @pointerdown=${(event) => this.drag.pressed(event)} @pointermove=${(event) => this.drag.moved(event)} @pointerup=${() => this.drag.released()} @pointercancel=${() => this.drag.released()}>
          ${this.#passages.map(
            ({ start, clock, items }) => html`<div class="passage">
              <button class="passage-time" type="button" data-time=${start} aria-label=${`Play from ${clock}`}>${clock}</button>
              <p lang=${language}>${items.map((item) => this.#item(item, index++))}</p>
            </div>`,
          )}
        </div>
        ${transcriptLegend(this.#transcript.legend, this.#items)} ${this.editor.element}
      `,
      this.element,
    );
    this.editor.draw();
  }

  #item(item, index) {
    const { now } = this.search;
    const template = itemTemplate(item, index, {
      active: index === this.#active,
      chosen: this.#isChosen(index),
      found: this.search.holds(index),
      foundNow: now !== null && now.first <= index && index <= now.last,
    });
    const notes = this.#notesAt.get(index);
    return notes ? html`${template}${notes.map(noteMark)}` : template;
  }

  #isChosen(index) {
    const { run } = this.editor;
    if (run) {
      return run.first <= index && index <= run.last;
    }
    if (this.drag.run) {
      return this.drag.run.from !== this.drag.run.to && this.drag.holds(index);
    }
    return this.#anchor !== null && Math.min(this.#anchor, this.#active) <= index && index <= Math.max(this.#anchor, this.#active);
  }

  #instructions() {
    const enter = this.#correcting ? "Enter corrects, the space bar plays from there." : "Enter plays from there.";
    return `Transcript. Arrow keys go word by word. ${enter}${this.#canCorrect ? " E corrects a word; Shift and arrow keys take more words." : ""}`;
  }

  #hint() {
    return html`<div class="corrections-hint">
      <p>Choose a word<span class="hint-of-pointer">, or drag over several. Shift and the arrow keys do the same</span>.</p>
      ${this.player
        ? html`<button class="button" type="button" @click=${(event) => this.#correctAtPlayhead(event.currentTarget)}>I said a filler at this moment</button>`
        : nothing}
    </div>`;
  }

  /** Mark every pause, or only those that stand out. */
  #markPauses(all) {
    this.#allPauses = all;
    rememberAllPauses(all);
    this.#showItems();
  }

  #switchMode() {
    this.#correctionMode = !this.#correctionMode;
    this.#anchor = null;
    this.draw();
    announce(this.#correctionMode ? "Choose a word to correct it." : "Choose a word to play it.");
  }

  /** @returns {HTMLElement|null} */
  #elementOf(index) {
    return this.element.querySelector(`[data-item="${index}"]`);
  }

  #clicked(event) {
    const time = event.target.closest("[data-time]");
    if (time) {
      this.player?.playFrom(Number(time.dataset.time));
      return;
    }
    const note = event.target.closest("[data-note]");
    if (note) {
      this.onNote(note.dataset.note);
      return;
    }
    const element = event.target.closest("[data-item]");
    // Selecting text to copy it is no wish to hear it.
    if (element && getSelection()?.isCollapsed !== false) {
      const index = Number(element.dataset.item);
      this.#activate(index);
      if (this.#correcting) {
        this.#correct(index, index);
      } else {
        this.#play(index);
      }
    }
  }

  #correct(one, other) {
    const run = runOf(this.#items, one, other, this.corrections.items);
    this.player?.pause();
    this.editor.open(run, /** @type {HTMLElement} */ (this.#elementOf(run.last)));
    this.draw();
  }

  #correctAtPlayhead(button) {
    const player = /** @type {import("../components/player.js").Player} */ (this.player);
    player.pause();
    this.editor.open({ kind: "playhead", start: player.time, text: "", fillers: [], first: -1, last: -1 }, button);
  }

  /** One more word in the run that is being corrected. */
  #widen(step) {
    const { first, last } = this.editor.run;
    const more = nextSaid(this.#items, step < 0 ? first : last, step);
    if (more >= 0) {
      this.#correct(step < 0 ? more : first, step < 0 ? last : more);
    }
  }

  /** The window has closed: back to the word that stands there now. */
  #corrected(run) {
    this.#anchor = null;
    if (run && run.first >= 0) {
      this.#activate(indexFrom(this.#items, run));
      this.#elementOf(this.#active)?.focus({ preventScroll: true });
    }
    this.draw();
  }

  #play(index) {
    const item = this.#items[index];
    if (item.kind === "pause") {
      this.player?.playMoment(item.start);
    } else {
      this.player?.playFrom(item.start);
    }
  }

  #activate(index) {
    this.#elementOf(this.#active)?.setAttribute("tabindex", "-1");
    this.#active = index;
    this.#elementOf(index)?.setAttribute("tabindex", "0");
  }

  #showMatch({ first }) {
    this.#active = first;
    this.draw();
    intoView(this.#elementOf(first));
  }

  #pressed(event) {
    const element = event.target.closest("[data-item]");
    if (!element || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const index = Number(element.dataset.item);
    const enters = event.key === "Enter" || event.key === " ";
    if (this.#canCorrect && (event.key.toLowerCase() === "e" || (event.key === "Enter" && this.#correcting))) {
      event.preventDefault();
      this.#correct(this.#anchor ?? index, index);
    } else if (enters) {
      event.preventDefault();
      this.#play(index);
    } else {
      this.#go(event, index);
    }
  }

  #go(event, index) {
    const targets = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: this.#passageStart(index, 1),
      ArrowUp: this.#passageStart(index, -1),
      Home: 0,
      End: this.#items.length - 1,
    };
    if (!(event.key in targets)) {
      return;
    }
    event.preventDefault();
    const had = this.#anchor !== null;
    this.#anchor = event.shiftKey && this.#canCorrect ? (this.#anchor ?? index) : null;
    this.#activate(Math.min(Math.max(0, targets[event.key]), this.#items.length - 1));
    if (had || this.#anchor !== null) {
      this.draw();
    }
    this.#elementOf(this.#active)?.focus();
  }

  /** The first item of the passage before or after. */
  #passageStart(index, step) {
    const passage = this.#elementOf(index)?.closest(".passage");
    const other = step > 0 ? passage?.nextElementSibling : passage?.previousElementSibling;
    /** @type {HTMLElement|null|undefined} */
    const first = other?.querySelector("[data-item]");
    return first ? Number(first.dataset.item) : index;
  }
}
