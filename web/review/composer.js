// Where a comment is written: opened by one key at the present moment, saved by Enter, discarded by Escape.

import { newId } from "../api.js";
import { figureLabel, FIGURES } from "../advising/figures.js";
import { stopIcon, soundIcon } from "../components/icons.js";
import { announce } from "../components/notices.js";
import { recordingErrorWords } from "../format/errors.js";
import { clock } from "../format/time.js";
import { html, live, nothing, render } from "../templating.js";
import { cannedFor, cannedKeys } from "./canned.js";
import { addressOfBlob } from "./comment-outbox.js";
import { keepDraft, readDraft } from "./kept-draft.js";
import { VoiceComment } from "./voice-comment.js";

/** Characters. */
export const LONGEST_COMMENT = 2000;

export class Composer {
  /** @type {import("./kept-draft.js").Draft|null} */
  #draft = null;
  /** Whether the sound played when the comment was begun, and goes on after it. */
  #resume = false;
  /** @type {VoiceComment|null} While one speaks. */
  #voice = null;
  /** @type {any} */
  #tick = 0;
  /** @type {unknown} */
  #problem = null;

  /**
   * @param {string} review
   * @param {object} does
   * @param {import("./review-player.js").ReviewPlayer} does.player
   * @param {() => Array<{id: string, text: string}>} does.canned one's own, in the order of their keys
   * @param {(draft: import("./kept-draft.js").Draft, voice?: string) => void} does.onSave
   * @param {() => boolean} does.keysOn whether a letter begins a comment
   */
  constructor(review, does) {
    this.review = review;
    this.does = does;
    this.element = document.createElement("div");
    this.element.className = "composer";
    const kept = readDraft(review);
    if (kept) {
      this.#open(kept);
    }
    this.draw();
  }

  close() {
    this.#stopVoice()?.discard();
    this.does.player.onChoose = null;
  }

  get isOpen() {
    return this.#draft !== null;
  }

  /** Begin a comment where the sound is now. @param {string} text its first letters */
  begin(text = "") {
    const { player } = this.does;
    this.#resume = player.playing;
    player.pause();
    this.#open({ at: player.time, text, figure: null, id: null });
    this.#focus();
  }

  /** Begin one with a canned comment, or add that to what is written. */
  insert(text) {
    if (this.#draft) {
      const { text: before } = this.#draft;
      this.#write(before ? `${before.trimEnd()} ${text}` : text);
      this.draw();
      this.#focus();
    } else {
      this.begin(text);
    }
  }

  /** Change one that is there already. @param {{id: string, at: number, text: string|null, figure: string|null}} comment */
  change({ id, at, text, figure }) {
    this.does.player.pause();
    this.#resume = false;
    this.#open({ id, at, text: text ?? "", figure });
    this.does.player.seek(at);
    this.#focus();
  }

  #open(draft) {
    this.#draft = draft;
    this.does.player.onChoose = (time) => this.#moveTo(time);
    this.#keep();
    this.draw();
  }

  #moveTo(time) {
    if (this.#draft && this.#draft.at !== time) {
      this.#draft = { ...this.#draft, at: time };
      this.#keep();
      this.draw();
    }
  }

  #write(text) {
    this.#draft = { .../** @type {any} */ (this.#draft), text: text.slice(0, LONGEST_COMMENT) };
    this.#keep();
  }

  #keep() {
    // A comment that has no word yet is nothing to come back to.
    keepDraft(this.review, this.#draft?.text.trim() ? this.#draft : null);
  }

  #done(words) {
    this.#draft = null;
    this.#problem = null;
    this.does.player.onChoose = null;
    keepDraft(this.review, null);
    announce(words);
    this.draw();
    if (this.#resume) {
      this.does.player.play();
    }
  }

  save() {
    const draft = this.#draft;
    if (!draft || this.#voice) {
      return;
    }
    if (!draft.text.trim()) {
      this.discard();
      return;
    }
    this.does.onSave({ ...draft, text: draft.text.trim(), id: draft.id });
    this.#done(`Saved at ${clock(draft.at)}.`);
  }

  discard() {
    this.#stopVoice()?.discard();
    this.#done("Discarded.");
  }

  async speak() {
    if (!this.#draft) {
      this.begin();
    }
    try {
      this.#problem = null;
      const voice = await VoiceComment.start(() => this.endSpeaking());
      if (!this.#draft) {
        voice.discard();
        return;
      }
      this.#voice = voice;
      this.#tick = setInterval(() => this.draw(), 500);
    } catch (error) {
      this.#problem = error;
    }
    this.draw();
  }

  /** What was said is the comment, with what was written beside it. */
  async endSpeaking() {
    const voice = this.#stopVoice();
    const draft = this.#draft;
    if (voice && draft) {
      const address = await addressOfBlob(await voice.stop());
      this.does.onSave({ ...draft, text: draft.text.trim() }, address);
      this.#done(`Saved at ${clock(draft.at)}.`);
    }
  }

  #stopVoice() {
    const voice = this.#voice;
    clearInterval(this.#tick);
    this.#voice = null;
    return voice;
  }

  #pressed(event) {
    if (event.isComposing) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (this.#voice) {
        this.endSpeaking();
      } else {
        this.save();
      }
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.discard();
    } else {
      // In words that are begun a number is a number.
      const text = cannedFor(this.does.canned(), event, { plain: this.#draft?.text === "" });
      if (text) {
        event.preventDefault();
        this.insert(text);
      }
    }
  }

  #focus() {
    const field = /** @type {HTMLTextAreaElement|null} */ (this.element.querySelector("textarea"));
    if (field) {
      field.focus({ preventScroll: true });
      field.setSelectionRange(field.value.length, field.value.length);
    }
  }

  draw() {
    render(this.#draft ? this.#opened(this.#draft) : this.#closed(), this.element);
  }

  #closed() {
    return html`<div class="composer-closed">
      <button class="button composer-begin" type="button" @click=${() => this.begin()}>Comment here ${this.does.keysOn() ? html`<kbd>C</kbd>` : nothing}</button>
      <button class="button button-plain" type="button" @click=${() => this.speak()}>${soundIcon()}Speak a comment</button>
      ${this.does.keysOn() ? html`<p class="quiet small hint-of-pointer">Or just type. Space plays and pauses.</p>` : nothing}
    </div>`;
  }

  #opened({ at, text, figure, id }) {
    return html`<form class="composer-open" @submit=${(event) => this.#submitted(event)} @keydown=${(event) => this.#pressed(event)}>
      <div class="composer-field">
        <div class="composer-top">
          <label class="field-label" for="comment-text">${id ? "Change the comment" : "Comment"} at <span class="composer-time">${clock(at)}</span></label>
          <span id="composer-hint" class="quiet small">A click on a word or a mark moves it there.</span>
        </div>
        <textarea id="comment-text" rows="2" maxlength=${LONGEST_COMMENT} aria-describedby="composer-hint" .value=${live(text)} @input=${(event) => this.#write(event.target.value)}></textarea>
      </div>
      ${cannedKeys(this.does.canned(), (canned) => this.insert(canned))}
      <div class="composer-does">
        ${this.#voice
          ? html`<button class="button button-main button-record" type="button" @click=${() => this.endSpeaking()}>${stopIcon()}Stop and save</button>
              <span class="composer-left" role="timer">Recording: ${this.#voice.left} s left</span>`
          : html`<button class="button button-main" type="submit">Save <kbd>Enter</kbd></button>
              ${id ? nothing : html`<button class="button" type="button" @click=${() => this.speak()}>${soundIcon()}Speak it</button>`}
              <label class="composer-figure"><span class="quiet small">About</span>
                <select class="select" @change=${(event) => this.#tag(event.target.value || null)}>
                  <option value="" .selected=${live(!figure)}>no figure</option>
                  ${FIGURES.map((one) => html`<option value=${one.figure} .selected=${live(one.figure === figure)}>${figureLabel(one.figure).toLowerCase()}</option>`)}
                </select>
              </label>`}
        <button class="button button-plain" type="button" @click=${() => this.discard()}>Discard <kbd>Esc</kbd></button>
      </div>
      ${this.#problem ? voiceProblem(this.#problem) : nothing}
    </form>`;
  }

  #submitted(event) {
    event.preventDefault();
    this.save();
  }

  #tag(figure) {
    this.#draft = { .../** @type {any} */ (this.#draft), figure };
    this.#keep();
  }
}

/** The id of a comment is made here: sent twice, it is one. */
export const commentId = newId;

function voiceProblem(error) {
  const { title, text } = recordingErrorWords(error);
  return html`<div class="notice" role="alert"><strong>${title}</strong> ${text}</div>`;
}
