// Sends what the interviewer wants next. Only the last wish counts, so one that has not arrived is replaced by the next.

import { api, newId } from "../api.js";
import { isFinal } from "../components/outbox.js";

/** Milliseconds until a command that did not arrive is sent again. */
const TRY_AGAIN = 2_000;

export class CommandSender {
  #interview;
  #onChange;
  #onReply;
  #closed = false;
  /** @type {any} */
  #timer = 0;
  /** The last command, with what became of it: sending | late | sent | refused. @type {any} */
  last = null;

  /**
   * @param {string} interview its id
   * @param {{onChange: () => void, onReply: (interview: object) => void}} tells
   */
  constructor(interview, { onChange, onReply }) {
    this.#interview = interview;
    this.#onChange = onChange;
    this.#onReply = onReply;
  }

  /** @param {{kind: string, question_id?: string, follow_up?: string, text?: string}} command */
  send(command) {
    clearTimeout(this.#timer);
    const sent = { command: { id: newId(), ...command }, state: "sending", number: 0, error: null };
    this.last = sent;
    this.#onChange();
    return this.#try(sent);
  }

  /** No longer try to send what did not arrive. */
  takeBack() {
    clearTimeout(this.#timer);
    this.last = null;
    this.#onChange();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #try(sent) {
    try {
      const interview = await api.commandInterview(this.#interview, sent.command);
      sent.state = "sent";
      sent.number = interview.command?.number ?? 0;
      this.#onReply(interview);
    } catch (error) {
      sent.state = isFinal(error) ? "refused" : "late";
      sent.error = error;
    }
    if (this.#closed || this.last !== sent) {
      return;
    }
    if (sent.state === "late") {
      this.#timer = setTimeout(() => this.#try(sent), TRY_AGAIN);
    }
    this.#onChange();
  }
}
