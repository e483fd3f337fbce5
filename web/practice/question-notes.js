// What a person writes down for one question before the take: a plan where it is a difficult one, and bullets to
// glance at. Kept by the service as they are written; what it refuses, and why, is told beside the bullet.

import { api } from "../api.js";
import { inOrder } from "../components/in-order.js";
import { preferences } from "./preferences.js";

/** Most bullets, as the service takes them. */
export const MOST_BULLETS = 5;

/** Milliseconds without a key after which a plan is saved. */
const SAVE_AFTER = 800;

/** The lines of a plan, in the order in which they are said. */
export const PLAN_LINES = [
  { name: "acknowledge", words: "Say it plainly" },
  { name: "context", words: "What explains it" },
  { name: "learned", words: "What you learned" },
];

/** Events: "change". */
export class QuestionNotes extends EventTarget {
  /** As typed. */
  plan = { acknowledge: "", context: "", learned: "" };
  /** As typed; an empty one is none. */
  bullets = Array(MOST_BULLETS).fill("");
  /** @type {Map<number, string>} Why a bullet is not kept, by its place. */
  refused = new Map();
  /** loading | ready | saved | failed (not with the service yet) */
  state = "loading";
  /** What the service keeps. */
  #kept = { bullets: /** @type {string[]} */ ([]), plan: /** @type {Record<string, string>} */ ({}) };
  #changed = false;
  #timer = 0;
  #inOrder = inOrder();
  /** @type {Promise<unknown>} */
  #saving = Promise.resolve();

  /**
   * @param {{id?: string|null, kind?: string|null, difficult?: boolean}} question one without an id is in no bank, and
   *   has no notes
   */
  constructor(question) {
    super();
    this.id = question.id ?? null;
    this.kind = question.kind ?? null;
    this.difficult = Boolean(question.difficult);
    /** Resolves when they are here. */
    this.loaded = this.#load();
  }

  /** Whether notes can be kept for it. */
  get possible() {
    return this.id !== null;
  }

  /** Whether there is a plan to fill in: for a difficult question, and where one was written before. */
  get hasPlan() {
    return this.difficult || PLAN_LINES.some(({ name }) => this.plan[name]);
  }

  typePlan(name, text) {
    this.plan[name] = text;
    this.#touch();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), SAVE_AFTER);
  }

  /** Take in a bullet that is written to its end. @returns {Promise<boolean>} whether it is kept */
  async writeBullet(place, text) {
    if (this.bullets[place] !== text) {
      this.bullets[place] = text;
      this.refused.delete(place);
      this.#touch();
      await this.save();
    }
    return !this.refused.has(place);
  }

  /** Save what has changed. Resolves when it is with the service, or could not be. */
  save() {
    clearTimeout(this.#timer);
    if (this.#changed && this.possible) {
      this.#changed = false;
      this.#saving = this.#inOrder(() => this.#put()).then(
        () => this.#become("saved"),
        () => {
          this.#changed = true;
          this.#become("failed");
        },
      );
    }
    return this.#saving;
  }

  /** What can be read during the take; null where there is nothing. */
  get atLens() {
    const plan = preferences().planShown ? PLAN_LINES.filter(({ name }) => this.#kept.plan[name]) : [];
    const lines = plan.map(({ name, words }) => ({ words, text: this.#kept.plan[name] }));
    const { bullets } = this.#kept;
    return bullets.length + lines.length > 0 ? { bullets, plan: lines } : null;
  }

  /** What the take keeps of them, as `POST /api/answers` takes it. */
  get forTake() {
    const { bullets, plan } = this.#kept;
    return {
      ...(bullets.length > 0 ? { bullets } : {}),
      ...(Object.keys(plan).length > 0 ? { plan: { ...plan, shown: preferences().planShown } } : {}),
    };
  }

  async #load() {
    if (!this.possible) {
      return;
    }
    try {
      const notes = await api.notes(this.id);
      if (!this.#changed) {
        PLAN_LINES.forEach(({ name }) => (this.plan[name] = notes[name] ?? ""));
        notes.bullets.forEach((text, place) => (this.bullets[place] = text));
      }
      this.#keep(notes);
    } catch {
      // Notes help with an answer; without them one can answer as well. What is written now is saved all the same.
    }
    this.#become("ready");
  }

  async #put() {
    const places = [...this.bullets.keys()].filter((place) => this.bullets[place].trim() && !this.refused.has(place));
    const sent = places.map((place) => this.bullets[place]);
    try {
      this.#keep(await api.setNotes(this.id, { ...this.plan, bullets: sent }));
    } catch (error) {
      const refused = error.problem?.refused;
      if (!refused) {
        throw error;
      }
      // One that was written anew meanwhile is another one.
      refused
        .filter(({ bullet }) => this.bullets[places[bullet]] === sent[bullet])
        .forEach(({ bullet, text }) => this.refused.set(places[bullet], text));
      await this.#put();
    }
  }

  #keep({ bullets, ...plan }) {
    this.#kept = { bullets, plan: Object.fromEntries(Object.entries(plan).filter(([, text]) => text)) };
  }

  #touch() {
    this.#changed = true;
    this.#become("ready");
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}
