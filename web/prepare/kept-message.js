// One message that is kept: its words, which save themselves, and the ways to send it. The person sends it.

import { api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { binIcon } from "../components/icons.js";
import { announce, problemNotice } from "../components/notices.js";
import { SavedText } from "../components/saved-text.js";
import { html, nothing, render } from "../templating.js";
import { markField } from "./fields.js";
import { kindWords } from "./message-form.js";

export class KeptMessage {
  #interview;
  #message;
  #text;
  #gone;
  #copied = "";
  /** @type {unknown} */
  #problem = null;

  /**
   * @param {string} interview its id
   * @param {any} message
   * @param {{changed: () => void, gone: () => void}} told `changed`: other messages may be like it no longer
   */
  constructor(interview, message, { changed, gone }) {
    this.#interview = interview;
    this.#message = message;
    this.#gone = gone;
    this.element = document.createElement("li");
    this.element.className = "message";
    this.#text = new SavedText({
      label: `Words to ${message.recipient_name ?? "the programme"}`,
      placeholder: "",
      longest: 8000,
      rows: 12,
      text: message.text,
      save: async (text) => {
        this.#copied = "";
        this.take(await api.changeMessage(interview, message.id, { text: text ?? "" }));
        changed();
      },
    });
    this.#draw();
  }

  get id() {
    return this.#message.id;
  }

  close() {
    this.#text.close();
  }

  /** What the service says about it now. The words that are typed stay. */
  take(message) {
    this.#message = message;
    this.#draw();
  }

  focus() {
    this.element.querySelector("textarea")?.focus();
  }

  #say(words) {
    this.#copied = words;
    this.#draw();
  }

  async #copy() {
    if (!(await this.#text.flush())) {
      this.#say("Not copied, because the last words are not saved yet.");
      return;
    }
    if (!this.#message.ready) {
      return;
    }
    try {
      await navigator.clipboard.writeText(this.#message.text);
      this.#copied = "Copied.";
    } catch {
      this.element.querySelector("textarea")?.select();
      this.#copied = "Not copied. The words are selected: copy them with your keyboard.";
    }
    this.#draw();
  }

  /** What was typed last must be in the mail too: the link is that of what is saved. */
  async #mail(event) {
    event.preventDefault();
    if (!(await this.#text.flush())) {
      this.#say("Not opened, because the last words are not saved yet.");
      return;
    }
    if (this.#message.mailto) {
      location.assign(this.#message.mailto);
    }
  }

  async #send(sent) {
    await this.#attempt(async () => {
      // A reply about the words that came later would take the mark back.
      await this.#text.flush();
      this.#message = await api.changeMessage(this.#interview, this.id, { sent });
      this.element.dispatchEvent(new Event("kept", { bubbles: true }));
    });
  }

  async #delete() {
    const yes = await confirm({ title: "Delete this message?", text: "Its words are gone then. What you sent is not changed.", yes: "Delete it" });
    if (yes) {
      await this.#attempt(async () => {
        await api.deleteMessage(this.#interview, this.id);
        announce("The message is deleted.");
        this.#gone();
      });
    }
  }

  async #attempt(action) {
    try {
      await action();
      this.#problem = null;
    } catch (error) {
      this.#problem = error;
    }
    this.#draw();
  }

  #draw() {
    const { id, kind, recipient_name: name, subject, ready, mailto, alike } = this.#message;
    const { not_ready_words: notReady, mailto_words: noLink, sent_at: sentAt, sent_words: sentWords } = this.#message;
    render(
      html`<h4 class="message-title">${kindWords(kind)}${name ? html` to ${name}` : nothing}</h4>
        <p class="quiet small message-subject">Subject: ${subject}</p>
        ${this.#text.element}
        ${notReady ? html`<p role="status">${notReady}</p>` : nothing}
        ${alike.map((each) => html`<p class="notice"><strong>Nearly the same words.</strong> ${each.words}</p>`)}
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        <div class="buttons">
          <button class="button" type="button" ?disabled=${!ready} @click=${() => this.#copy()}>Copy the words</button>
          ${mailto ? html`<a class="button" href=${mailto} @click=${(event) => this.#mail(event)}>Open in my mail program</a>` : nothing}
          <span class="quiet small" role="status">${this.#copied}</span>
        </div>
        ${noLink ? html`<p class="quiet small">${noLink}</p>` : nothing}
        <div class="message-end">
          ${markField({ id: `sent-${id}`, words: "I sent it", checked: sentAt !== null, change: (sent) => this.#send(sent) })}
          <span class="quiet small" role="status">${sentWords ?? ""}</span>
          <button class="button button-plain button-delete" type="button" @click=${() => this.#delete()}>${binIcon()} Delete<span class="visually-hidden"> this message</span></button>
        </div>`,
      this.element,
    );
  }
}
