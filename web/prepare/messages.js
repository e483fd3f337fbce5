// Messages after an interview: drafted here, kept here, and sent by the person from their own mail.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";
import { externalLink } from "./external-link.js";
import { KeptMessage } from "./kept-message.js";
import { draftOf, keyOf, messageForm } from "./message-form.js";

/** Its element has the event "kept" when a message is marked as sent. */
export class Messages {
  #interview;
  /** @type {any} Null until it is here. */
  #list = null;
  /** @type {KeptMessage[]} */
  #kept = [];
  /** @type {import("./message-form.js").Chosen} */
  #chosen = { kind: "thank_you", recipient: "" };
  #inOrder = inOrder();
  #writing = false;
  /** @type {unknown} */
  #problem = null;

  /** @param {{id: string, second_look_invited: boolean}} interview */
  constructor(interview) {
    this.#interview = interview;
    this.element = document.createElement("section");
    this.element.className = "messages";
    this.element.setAttribute("aria-labelledby", "messages-title");
    this.#draw();
    this.#attempt(() => this.#load());
  }

  close() {
    for (const message of this.#kept) {
      message.close();
    }
  }

  /** What is kept about the interview has changed: people, and what the programme asked for. */
  update(interview) {
    this.#interview = interview;
    this.#attempt(() => this.#load());
  }

  /** One after another: a list that was overtaken lacks the message that was just written. */
  async #load() {
    const list = await this.#inOrder(() => api.messages(this.#interview.id));
    this.#list = list;
    this.#kept = list.items.map((message) => {
      const known = this.#kept.find(({ id }) => id === message.id);
      known?.take(message);
      return known ?? this.#shown(message);
    });
    if (!list.recipients.some((each) => keyOf(each) === this.#chosen.recipient)) {
      this.#chosen = { ...this.#chosen, recipient: this.#nextRecipient() };
    }
  }

  #shown(message) {
    return new KeptMessage(this.#interview.id, message, {
      changed: () => this.#attempt(() => this.#load()),
      gone: () => this.#attempt(() => this.#load()),
    });
  }

  /** The first person without a thank-you, else the first one. */
  #nextRecipient() {
    const thanked = new Set(this.#list.items.filter(({ kind }) => kind === "thank_you").map((each) => each.recipient));
    const next = this.#list.recipients.find(({ id }) => !thanked.has(id)) ?? this.#list.recipients[0];
    return next ? keyOf(next) : "";
  }

  async #write(form) {
    // Pressed twice, it is not written twice.
    if (this.#writing) {
      return;
    }
    this.#writing = true;
    const said = draftOf(form, this.#chosen);
    const typed = [form.elements.first.value, form.elements.second.value];
    await this.#attempt(async () => {
      const { text } = await api.draftMessage(this.#interview.id, said);
      const { kind, recipient, specifics } = said;
      const message = await api.addMessage(this.#interview.id, { kind, recipient, specifics, text });
      await this.#load();
      this.#chosen = { ...this.#chosen, recipient: this.#nextRecipient() };
      // What was said was for this person, unless it was typed since. Name and ID are the same for the next one.
      const fields = [form.elements.first, form.elements.second];
      if (fields.every(({ value }, place) => value === typed[place])) {
        fields.forEach((field) => (field.value = ""));
      }
      this.#draw();
      this.#kept.find(({ id }) => id === message.id)?.focus();
    });
    this.#writing = false;
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
    render(
      html`<h2 id="messages-title" class="section-title">Messages</h2>
        <p class="quiet">Greenroom sends nothing. You copy the words, or open them in your own mail program.</p>
        ${this.#problem ? problemNotice(this.#problem) : nothing}
        ${this.#list ? this.#body() : html`<div class="skeleton skeleton-text" aria-hidden="true"></div>`}`,
      this.element,
    );
  }

  #body() {
    const { recipients, timing, thanks_blocked: blocked, advice, update_words: updateWords } = this.#list;
    const { kind } = this.#chosen;
    return html`
      ${blocked === null
        ? html`<div>
            <h3>When to send a thank-you</h3>
            <ul class="advice">${timing.map((each) => html`<li>${advised(each)}</li>`)}</ul>
          </div>`
        : nothing}
      <section aria-labelledby="new-message-title">
        <h3 id="new-message-title">Write a message</h3>
        ${recipients.length > 0
          ? messageForm({
              recipients,
              chosen: this.#chosen,
              blocked,
              updateWords,
              advice: advice[kind],
              advised,
              choose: (changes) => {
                this.#chosen = { ...this.#chosen, ...changes };
                this.#draw();
              },
              write: (form) => this.#write(form),
            })
          : html`<p>Nobody is here to write to yet. Add the interviewers or the coordinator in the details below.</p>`}
      </section>
      ${this.#kept.length > 0
        ? html`<section aria-labelledby="kept-messages-title">
            <h3 id="kept-messages-title">Your messages</h3>
            <ul class="message-list">${this.#kept.map(({ element }) => element)}</ul>
          </section>`
        : nothing}
      <section aria-labelledby="second-look-title">
        <h3 id="second-look-title">Second look</h3>
        ${this.#interview.second_look_invited ? html`<p>You are invited to a second look. Going is your choice.</p>` : nothing}
        ${advice.second_look.map((each) => html`<p>${advised(each)}</p>`)}
      </section>
      <section aria-labelledby="privacy-title">
        <h3 id="privacy-title">Privacy</h3>
        ${advice.privacy.map((each) => html`<p>${advised(each)}</p>`)}
      </section>
    `;
  }
}

/** What a guide advises, and which guide. */
function advised({ words, source }) {
  return html`${words}${source ? html` <span class="advice-source">${externalLink(source.address, source.name)}</span>` : nothing}`;
}
