// A person takes the part of the interviewer, in a second window on this machine. This is the applicant's side.
//
//     const person = new PersonInterviewer(interview);
//     person.report({ state: "waiting", step, text: "" });
//     const command = await person.next();
//     // {number, kind: "next"|"question"|"follow_up"|"repeat"|"end", question_id, follow_up, text}: `text` says what to ask
//     person.report({ state: "asking", step, text, question_id });
//     person.report({ state: "recording", step, text, question_id, take });  // keeps telling how far it has come
//     person.close();
//
// A command that comes while an answer runs waits until `next` is called again: nobody is cut off.

import { api } from "../api.js";
import { listen } from "../events.js";

/** Milliseconds: however often the state changes, it is told this often at most. */
const TELL_EVERY = 400;
/** Milliseconds between two reports of how far a recording has come, and until a report that failed is sent again. */
const TELL_AGAIN = 5_000;
const TRY_AGAIN = 1_500;

export class PersonInterviewer {
  #id;
  /** Number of the last command that was done. */
  #handled;
  /** @type {any} */
  #command = null;
  /** @type {((command: object) => void)[]} */
  #waiting = [];
  /** What is to be told, as it was said last. @type {any} */
  #said = null;
  #telling = false;
  /** Whether something has changed since it was told. */
  #changed = false;
  /** @type {any} */
  #timer = 0;
  #closed = false;
  #stopListening;
  /** All takes that were told of. An answer may be known only after its take has ended. */
  #takes = new Set();
  #takeChanged = () => this.#look();

  /** @param {object} interview of the service */
  constructor(interview) {
    this.#id = interview.id;
    this.#handled = interview.command?.number ?? 0;
    this.#stopListening = listen({
      interview: (news) => news.id === this.#id && this.#take(news),
      connected: () => this.#ask(),
      polled: () => this.#ask(),
    });
  }

  /**
   * The next command that was not done yet; of several, the last.
   * @returns {Promise<any>} never settles when it is closed before
   */
  next() {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#give();
    });
  }

  /**
   * Tell the other window what happens here. The last word counts; while a take is recorded it is told again and again.
   * @param {{state: string, step: number, text?: string, question_id?: string|null, take?: any}} live `take` is a Take
   */
  report(live) {
    this.#said = live;
    if (live.take) {
      this.#takes.add(live.take);
      live.take.addEventListener("change", this.#takeChanged);
    }
    this.#seen = this.#stateOf(live);
    this.#changed = true;
    this.#tell();
  }

  close() {
    this.#closed = true;
    this.#stopListening();
    for (const take of this.#takes) {
      take.removeEventListener("change", this.#takeChanged);
    }
    clearTimeout(this.#timer);
  }

  #take({ command }) {
    if (command && command.number > this.#handled) {
      this.#command = command;
      this.#give();
    }
  }

  #give() {
    const resolve = this.#command && !this.#closed ? this.#waiting.shift() : null;
    if (resolve) {
      const command = this.#command;
      this.#command = null;
      this.#handled = command.number;
      this.#changed = true;
      resolve(command);
      this.#tell();
    }
  }

  /** What was missed while there was no stream of news. */
  async #ask() {
    const interview = await api.interview(this.#id).catch(() => null);
    if (interview && !this.#closed) {
      this.#take(interview);
    }
  }

  /** State and answers as they were told last. */
  #seen = "";

  /** A take changes with each chunk; only a new state or a new answer is news. */
  #look() {
    const now = this.#stateOf(this.#said);
    if (now !== this.#seen) {
      this.#seen = now;
      this.#changed = true;
      this.#tell();
    }
  }

  /** @param {{state: string, take?: any}} live */
  #stateOf({ state, take }) {
    return [state, take?.state, this.#known.length].join(" ");
  }

  get #known() {
    return [...this.#takes].flatMap(({ id, answer }) => (answer ? [{ take: id, answer: answer.id }] : []));
  }

  /** As it is at this moment: what is sent late must not be late in its seconds. */
  #now() {
    const { state, step, text = "", question_id = null, take = null } = this.#said;
    const paused = state === "recording" && take?.state === "paused";
    return {
      state: paused ? "paused" : state,
      step,
      text,
      question_id,
      take: take?.id ?? null,
      answer: take?.answer?.id ?? null,
      seconds: Math.max(0, take?.elapsed ?? 0),
      known: this.#known,
      handled: this.#handled,
    };
  }

  async #tell() {
    if (this.#telling || this.#closed || !this.#said) {
      return;
    }
    this.#telling = true;
    clearTimeout(this.#timer);
    this.#changed = false;
    const failed = await api.changeInterview(this.#id, { live: this.#now() }).then(
      () => false,
      () => true,
    );
    await new Promise((resolve) => setTimeout(resolve, TELL_EVERY));
    this.#telling = false;
    if (this.#closed) {
      return;
    }
    if (this.#changed) {
      this.#tell();
    } else if (failed) {
      this.#timer = setTimeout(() => this.#tell(), TRY_AGAIN);
    } else if (this.#said?.take && this.#said.state === "recording") {
      this.#timer = setTimeout(() => this.#tell(), TELL_AGAIN);
    }
  }
}
