// The questions and formats that the service has, and drawing from them.

import { api } from "../api.js";

/** Where one can draw from, beside each kind. */
const SOURCES = [
  { id: "all", name: "All questions" },
  { id: "favourites", name: "Favourites" },
  { id: "own", name: "Your own" },
];

export class Bank {
  /**
   * @param {{items: object[], kinds: object[], structures: object[]}} questions
   * @param {{items: object[], extensions: (number|null)[], problem: object|null}} formats
   * @param {{applying_to: string|null}} preferences
   */
  constructor(questions, formats, preferences) {
    /** What the person applies to: questions for others are not drawn. */
    this.applyingTo = preferences.applying_to;
    this.questions = questions.items;
    this.kinds = questions.kinds;
    this.structures = questions.structures;
    this.formats = formats.items;
    this.extensions = formats.extensions;
    this.formatsProblem = formats.problem;
  }

  static async load() {
    return new Bank(...(await Promise.all([api.questions(), api.formats(), api.preferences()])));
  }

  question(id) {
    return this.questions.find((question) => question.id === id) ?? null;
  }

  /** The question that an answer was given to; null where it is none of these. */
  questionOf({ question_id: id, question: text }) {
    return this.question(id) ?? this.questions.find((question) => question.text === text) ?? null;
  }

  /** The format of this id; the first one where it has gone. */
  format(id) {
    return this.formats.find((format) => format.id === id) ?? this.formats[0];
  }

  kindName(question) {
    return this.kinds.find(({ id }) => id === question.kind)?.name ?? "";
  }

  structureOf(question) {
    return this.structures.find(({ id }) => id === question.structure) ?? null;
  }

  sourceName(source) {
    return this.sources.find(({ id }) => id === source)?.name ?? "";
  }

  /** What can be drawn from: `id` as the preferences keep it, and what it is called. */
  get sources() {
    return [...SOURCES, ...this.kinds.map(({ id, name }) => ({ id: `kind:${id}`, name }))];
  }

  /** @param {string} source see preferences */
  from(source) {
    if (source === "favourites") {
      return this.questions.filter(({ favourite }) => favourite);
    }
    if (source === "own") {
      return this.questions.filter(({ own }) => own);
    }
    const kind = source.startsWith("kind:") ? source.slice("kind:".length) : null;
    return this.questions.filter((question) => this.#isAsked(question) && (!kind || question.kind === kind));
  }

  #isAsked({ applying_to: applying }) {
    return !applying || !this.applyingTo || applying === this.applyingTo;
  }

  async applyTo(applyingTo) {
    ({ applying_to: this.applyingTo } = await api.setPreferences({ applying_to: applyingTo }));
  }

  /**
   * A question by chance among those practised least, not the present one where there is another; any question
   * where this source has none.
   */
  draw(source, /** @type {any} */ present = null) {
    const some = this.from(source);
    const others = (some.length > 0 ? some : this.questions).filter(({ id }) => id !== present?.id);
    const fewest = Math.min(...others.map(({ takes }) => takes));
    return oneOf(others.filter(({ takes }) => takes === fewest)) ?? present;
  }

  /** Questions for an interview: of as many kinds as there are, in the order in which an interview has them. */
  drawSeveral(source, count) {
    const drawn = [];
    while (drawn.length < count) {
      const left = this.from(source).filter((question) => !drawn.includes(question));
      if (left.length === 0) {
        break;
      }
      const times = (question) => drawn.filter(({ kind }) => kind === question.kind).length;
      const fewest = Math.min(...left.map(times));
      drawn.push(oneOf(left.filter((question) => times(question) === fewest)));
    }
    const kinds = this.kinds.map(({ id }) => id);
    const place = ({ kind }) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length / 2);
    return drawn.sort((one, other) => place(one) - place(other));
  }

  async setFavourite(question, favourite) {
    await api.setFavourite(question.id, favourite);
    question.favourite = favourite;
  }

  async add(details) {
    const question = await api.addQuestion(details);
    this.questions.unshift(question);
    return question;
  }

  async change(question, details) {
    Object.assign(question, await api.changeQuestion(question.id, details));
  }

  async remove(question) {
    await api.deleteQuestion(question.id);
    this.questions = this.questions.filter(({ id }) => id !== question.id);
  }
}

function oneOf(items) {
  return items[Math.floor(Math.random() * items.length)];
}
