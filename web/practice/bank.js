// The questions and formats that the service has, and drawing from them.

import { api } from "../api.js";

/** Where one can draw from, beside each kind. */
const SOURCES = [
  { id: "all", name: "All questions" },
  { id: "favourites", name: "Favourites" },
  { id: "own", name: "Your own" },
  { id: "application", name: "Your application" },
];

/** Own questions that were made from a line of the application have a place of their own. */
const isLine = ({ application_line: line }) => Boolean(line);

/**
 * A question as the service gives it.
 * @typedef {object} Question
 * @property {string} id
 * @property {string} text
 * @property {string|null} scenario what is read before it
 * @property {string|null} kind
 * @property {string|null} set where it stands in the bank; null for own ones
 * @property {string|null} structure
 * @property {string|null} specialty only those who apply to it are asked
 * @property {"medical_school"|"residency"|null} applying_to only those who apply there are asked
 * @property {{low: number, high: number}|null} aim
 * @property {string|null} listens_for
 * @property {string[]} follow_ups
 * @property {boolean} asks_for_event
 * @property {boolean} difficult
 * @property {boolean} asks_for_specifics whether specifics of a programme belong in an answer
 * @property {string|null} application_line of an own question: the line of the application that it asks about
 * @property {string|null} application_section
 * @property {boolean} own
 * @property {boolean} favourite
 * @property {number} takes
 */

/**
 * Questions of the bank that belong together.
 * @typedef {{id: string, name: string, group: string, applying_to: string|null, specialty: string|null, on_request: boolean}} QuestionSet
 */

export class Bank {
  /**
   * @param {{items: Question[], kinds: object[], groups: object[], sets: QuestionSet[], structures: object[]}} questions
   * @param {{items: object[], extensions: (number|null)[], problem: object|null}} formats
   * @param {{applying_to: string|null, specialty?: string|null, contact?: any}} preferences
   */
  constructor(questions, formats, preferences) {
    /** What the person applies to: questions for others are not drawn. */
    this.applyingTo = preferences.applying_to;
    /** Theirs; questions of the others are not drawn, and none while it is not known. */
    this.specialty = preferences.specialty ?? null;
    /** Whom the person would write to or call where a connection drops; null where nobody is known. */
    this.contact = preferences.contact ?? null;
    this.questions = questions.items;
    this.kinds = questions.kinds;
    this.groups = questions.groups;
    this.sets = questions.sets;
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
    return this.sources.flatMap(({ sources }) => sources).find(({ id }) => id === source)?.name ?? "";
  }

  /** What can be drawn from, in groups: `id` as the preferences keep it, and what it is called. */
  get sources() {
    const kinds = new Set(this.kinds.map(({ id }) => id));
    const some = ({ id }) => this.#candidates(id).length > 0;
    return [
      { name: "", sources: SOURCES.filter(({ id }) => id !== "application" || some({ id })) },
      { name: "Kinds", sources: this.kinds.map(({ id, name }) => ({ id: `kind:${id}`, name })).filter(some) },
      // A set of the name of a kind would stand here twice.
      { name: "Sets", sources: this.sets.filter(({ id }) => !kinds.has(id)).map(({ id, name }) => ({ id: `set:${id}`, name })).filter(some) },
    ];
  }

  /** The source, or all questions where there is nothing in it any more, as after another specialty was chosen. */
  known(source) {
    return this.sources.some(({ sources }) => sources.some(({ id }) => id === source)) ? source : "all";
  }

  /** The specialties that one can apply to. */
  get specialties() {
    return this.sets.filter(({ specialty }) => specialty).map(({ specialty, name }) => ({ id: specialty, name }));
  }

  /**
   * What questions are drawn from. Those of a specialty or of one form of interview are drawn only where it was chosen.
   * @param {string} source see preferences
   */
  from(source) {
    const known = this.known(source);
    const everything = this.#candidates(known);
    if (["favourites", "own", "application"].includes(known) || known.startsWith("set:")) {
      return everything;
    }
    const onRequest = new Set(this.sets.filter((set) => set.on_request).map(({ id }) => id));
    // Lines of an application can be hundreds: drawn with the others they would be most of what is asked.
    return everything.filter((question) => !isLine(question) && !onRequest.has(question.set ?? "") && (!question.specialty || question.specialty === this.specialty));
  }

  /**
   * What can be chosen from, by the headings of the bank: own questions first. What others are asked is left out.
   * @param {string} source see preferences
   * @returns {{id: string, name: string, sets: {id: string, name: string, questions: Question[]}[]}[]}
   */
  headings(source) {
    const questions = this.#candidates(this.known(source));
    const own = { id: "own", name: "Your own questions", group: "own", questions: questions.filter((question) => question.own && !isLine(question)) };
    const lines = linesBySection(questions.filter(isLine));
    const sets = [own, ...lines, ...this.sets.map((set) => ({ ...set, questions: questions.filter((question) => question.set === set.id) }))];
    return [{ id: "own", name: "Yours" }, { id: "application", name: "Your application" }, ...this.groups]
      .map(({ id, name }) => ({ id, name, sets: sets.filter((set) => set.group === id && set.questions.length > 0) }))
      .filter((group) => group.sets.length > 0);
  }

  #candidates(source) {
    if (source === "favourites") {
      return this.questions.filter(({ favourite }) => favourite);
    }
    if (source === "own") {
      return this.questions.filter((question) => question.own && !isLine(question));
    }
    if (source === "application") {
      return this.questions.filter(isLine);
    }
    const [by, chosen] = source.split(":");
    const holds = (question) => (by !== "kind" || question.kind === chosen) && (by !== "set" || question.set === chosen);
    return this.questions.filter((question) => this.#isAsked(question) && holds(question));
  }

  #isAsked({ applying_to: applying, specialty }) {
    return (!applying || !this.applyingTo || applying === this.applyingTo) && (!specialty || !this.specialty || specialty === this.specialty);
  }

  /** @param {{applying_to?: string|null, specialty?: string|null}} changes */
  async applyTo(changes) {
    const kept = await api.setPreferences(changes);
    this.applyingTo = kept.applying_to;
    this.specialty = kept.specialty ?? null;
  }

  /**
   * A question by chance among those practised least, not the present one where there is another; any question
   * where this source has none.
   */
  draw(source, /** @type {any} */ present = null) {
    const some = this.from(source);
    const others = (some.length > 0 ? some : this.from("all")).filter(({ id }) => id !== present?.id);
    const fewest = Math.min(...others.map(({ takes }) => takes));
    return oneOf(others.filter(({ takes }) => takes === fewest)) ?? present;
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

/** In the order in which they were added: the service has own questions newest first. */
function linesBySection(/** @type {Question[]} */ lines) {
  const inOrder = [...lines].reverse();
  const sections = [...new Set(inOrder.map(({ application_section: section }) => section))];
  return sections.map((section) => ({
    id: `application-${section ?? ""}`.replaceAll(/\s+/gu, "-"),
    name: section ?? "Lines of your application",
    group: "application",
    questions: inOrder.filter((question) => question.application_section === section),
  }));
}

function oneOf(items) {
  return items[Math.floor(Math.random() * items.length)];
}
