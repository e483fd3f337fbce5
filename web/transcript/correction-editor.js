// The small window beside a word: what was said there, whether it is a filler, and whether one is missing.

import { momentButton } from "../components/icons.js";
import { notSavedWords } from "../format/marks.js";
import { clock } from "../format/time.js";
import { html, live, nothing, render } from "../templating.js";
import {
  LONGEST_STRETCH,
  LONGEST_TEXT,
  stretchAfter,
  stretchBefore,
  withFiller,
  withoutFiller,
  withWords,
  withWordsForFillers,
} from "./correction-list.js";

/** What is offered at once; anything else can be typed. */
const FILLERS = ["um", "uh", "like"];
const LONGEST_FILLER = 40;
/** Words that can be fillers where the person says so. */
const CAN_BE_FILLERS = new Set(["um", "uh", "er", "erm", "hmm", "ah", "like", "you know", "i mean", "sort of", "kind of", "basically", "actually", "so", "right", "well"]);

const FIELD_LABELS = {
  words: "What you said here",
  heard: "If you said something else: what was it?",
  pause: "If words are missing here: what did you say?",
};

const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}' ]/gu, "").trim();

export class CorrectionEditor {
  /** @type {any} */
  #run = null;
  /** @type {any} */
  #anchor = null;
  #text = "";
  /** @type {string|null} Another filler than those offered, while it is typed. */
  #other = null;
  #place = () => placeBeside(this.element, this.#anchor);

  /**
   * @param {import("./corrections.js").Corrections} corrections
   * @param {{play: (start: number) => void, widen: (step: -1|1) => void, closed: (run: object) => void}} does
   *   `widen` takes one more word before or after
   */
  constructor(corrections, does) {
    this.corrections = corrections;
    this.does = does;
    this.element = document.createElement("dialog");
    this.element.className = "correction-editor";
    this.element.addEventListener("close", () => this.#closed());
    this.element.addEventListener("click", (event) => {
      // Beside the window; what has been typed is not thrown away by a slip.
      if (event.target === this.element && !this.#typed && !this.#other) {
        this.element.close();
      }
    });
  }

  /**
   * @param {object} run of `run.js`, or {kind: "playhead", start, text: "", fillers: []} for where the sound is
   * @param {HTMLElement} anchor to stand beside
   */
  open(run, anchor) {
    const again = this.element.open;
    // With one more word: what was typed so far stays.
    this.#text = again && this.#typed ? this.#text : run.text;
    this.#run = run;
    this.#anchor = anchor;
    this.#other = null;
    this.corrections.problem = null;
    this.draw();
    if (!again) {
      this.element.showModal();
      addEventListener("scroll", this.#place, { passive: true });
      addEventListener("resize", this.#place);
      this.#focusFirst();
    }
    this.#place();
    keepInView(anchor, this.element);
  }

  close() {
    this.element.close();
  }

  /** The run that is being corrected, or null. */
  get run() {
    return this.#run;
  }

  get #typed() {
    return this.#text !== this.#run.text;
  }

  #focusFirst() {
    const inWords = this.#run.kind === "words";
    /** @type {HTMLElement|null} */
    const first = this.element.querySelector(inWords ? ".correction-editor-words" : ".correction-editor-part .button");
    first?.focus();
    if (first instanceof HTMLInputElement) {
      first.select();
    }
  }

  #closed() {
    removeEventListener("scroll", this.#place);
    removeEventListener("resize", this.#place);
    const run = this.#run;
    this.#run = null;
    this.corrections.problem = null;
    render(nothing, this.element);
    this.does.closed(run);
  }

  /** @param {(items: object[]) => object[]} change to the list of corrections */
  async #send(change) {
    if (await this.corrections.send(change(this.corrections.items))) {
      this.element.close();
    } else {
      this.draw();
      this.#place();
    }
  }

  #save(event) {
    event.preventDefault();
    const { kind, text, fillers } = this.#run;
    const said = this.#text.trim();
    if (kind === "heard") {
      this.#send((items) => withWordsForFillers(items, this.#run, fillers, said));
    } else if (said === text.trim()) {
      this.element.close();
    } else {
      this.#send((items) => withWords(items, this.#run, said));
    }
  }

  #addFiller(text) {
    const run = this.#run;
    const places = {
      playhead: () => stretchBefore(run.start),
      pause: () => stretchAfter({ end: run.start }, run.next),
    };
    const stretch = places[run.kind]?.() ?? stretchAfter(run, run.next);
    this.#send((items) => withFiller(items, stretch, text));
  }

  #addOther(event) {
    event.preventDefault();
    if (plain(this.#other)) {
      this.#addFiller(this.#other);
    }
  }

  draw() {
    if (this.#run) {
      this.element.setAttribute("aria-label", this.#said ? `Correct: “${this.#said}”` : `Correct at ${clock(this.#run.start)}`);
      render(this.#template(), this.element);
    }
  }

  /** What stands there, or nothing. */
  get #said() {
    const { text, fillers } = this.#run;
    return text || fillers.map((filler) => filler.text).join(" ");
  }

  #template() {
    const { kind, fillers } = this.#run;
    const { busy, problem } = this.corrections;
    return html`<div class="correction-editor-body" aria-busy=${busy}>
      ${this.#head()} ${fillers.length === 1 || kind === "heard" ? this.#aboutFillers(fillers) : nothing}
      ${kind === "playhead" ? nothing : this.#aboutWords()} ${this.#missingFiller()}
      ${problem ? html`<p class="notice" role="alert">${notSavedWords(problem)}</p>` : nothing}
      ${this.#hasField ? nothing : html`<div class="buttons">${this.#cancel()}</div>`}
    </div>`;
  }

  #head() {
    const { kind, start } = this.#run;
    const step = (by, words, sign) =>
      kind === "words"
        ? html`<button class="button button-plain correction-editor-wider" type="button" aria-label=${words} title=${words} @click=${() => this.does.widen(by)}>${sign}</button>`
        : nothing;
    return html`<div class="correction-editor-head">
      ${step(-1, "Include the word before", "‹")}
      <p class="correction-editor-what">${this.#said ? html`“${this.#said}”` : kind === "pause" ? "A pause" : "At this moment"}</p>
      ${step(1, "Include the word after", "›")}
      <span class="correction-editor-play">${momentButton({ start }, this.does.play, this.#said)}</span>
    </div>`;
  }

  #aboutFillers(fillers) {
    const [filler] = fillers;
    const none = (items) => fillers.reduce(withoutFiller, items);
    return html`<div class="correction-editor-part">
      ${fillers.length === 1 ? html`<p class="quiet small">${filler.what}, ${filler.detail}</p>` : nothing}
      <div class="buttons">
        <button class="button" type="button" @click=${() => this.#send(none)}>${fillers.length === 1 ? "This is not a filler" : "These are not fillers"}</button>
        ${fillers.length === 1 && filler.state === "unsure"
          ? html`<button class="button" type="button" @click=${() => this.#send((items) => withFiller(items, filler, filler.text))}>It is one</button>`
          : nothing}
      </div>
    </div>`;
  }

  /** There is none where the sound is, and none for more than can be corrected at once. */
  get #hasField() {
    const { kind, text, start, end } = this.#run;
    return kind !== "playhead" && text.length <= LONGEST_TEXT && end - start <= LONGEST_STRETCH;
  }

  #cancel() {
    return html`<button class="button" type="button" @click=${() => this.close()}>Cancel</button>`;
  }

  #aboutWords() {
    const run = this.#run;
    if (!this.#hasField) {
      return html`<p>These are too many words to correct at once. Choose fewer.</p>`;
    }
    return html`<form class="correction-editor-part" @submit=${(event) => this.#save(event)}>
      <label class="field">
        <span class="field-label">${FIELD_LABELS[run.kind]}</span>
        <input class="correction-editor-words" autocomplete="off" maxlength=${LONGEST_TEXT} .value=${live(this.#text)} @input=${(event) => (this.#text = event.target.value)} />
      </label>
      <div class="buttons">
        <button class="button button-main" ?disabled=${this.corrections.busy}>Save</button>
        ${this.#cancel()}
        ${run.kind === "words"
          ? html`<button class="button button-plain" type="button" @click=${() => this.#send((items) => withWords(items, run, ""))}>Nothing was said here</button>`
          : nothing}
      </div>
    </form>`;
  }

  #missingFiller() {
    const { kind, text, fillers } = this.#run;
    const word = plain(text);
    const title = kind === "words" || kind === "heard" ? "A filler you said after it" : "A filler you said here";
    return html`<div class="correction-editor-part" role="group" aria-label=${title}>
      ${fillers.length === 0 && CAN_BE_FILLERS.has(word)
        ? html`<div class="buttons"><button class="button" type="button" @click=${() => this.#send((items) => withFiller(items, this.#run, word))}>This “${word}” is a filler</button></div>`
        : nothing}
      <p class="field-label" aria-hidden="true">${title}</p>
      <div class="correction-editor-fillers">
        ${FILLERS.map((filler) => html`<button class="button" type="button" @click=${() => this.#addFiller(filler)}>${filler}</button>`)}
        ${this.#other === null ? html`<button class="button" type="button" @click=${() => this.#askForOther()}>Other…</button>` : this.#otherField()}
      </div>
    </div>`;
  }

  #otherField() {
    return html`<form class="correction-editor-other" @submit=${(event) => this.#addOther(event)}>
      <input class="correction-editor-other-field" aria-label="Which filler" maxlength=${LONGEST_FILLER} autocomplete="off" @input=${(event) => (this.#other = event.target.value)} />
      <button class="button">Add</button>
    </form>`;
  }

  #askForOther() {
    this.#other = "";
    this.draw();
    /** @type {HTMLElement} */ (this.element.querySelector(".correction-editor-other-field")).focus();
  }
}

// Where a small window stands: under a word, over it where there is no room.

/** Pixels between the word and the window, and between the window and the edges of what is seen. */
const GAP = 8;
const EDGE = 12;
/** Pixels. On anything narrower the window lies at the foot of the page; the stylesheet says the same. */
const NARROW = 560;

/** @param {HTMLElement} element with a fixed position @param {HTMLElement} anchor */
function placeBeside(element, anchor) {
  const { style } = element;
  if (innerWidth < NARROW) {
    style.left = style.top = "";
    return;
  }
  const word = anchor.getBoundingClientRect();
  const { width, height } = element.getBoundingClientRect();
  const below = word.bottom + GAP;
  const above = word.top - GAP - height;
  const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
  style.left = `${Math.max(EDGE, Math.min(word.left - EDGE, innerWidth - width - EDGE))}px`;
  style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

/** Scroll until a word can be seen over the window at the foot of a narrow page. */
export function keepInView(anchor, element) {
  const hidden = anchor.getBoundingClientRect().bottom + GAP - element.getBoundingClientRect().top;
  if (innerWidth < NARROW && hidden > 0) {
    scrollBy({ top: hidden, behavior: "instant" });
  }
}
