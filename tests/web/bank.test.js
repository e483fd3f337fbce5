// The questions that there are, and drawing another one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Bank } from "../../web/practice/bank.js";

const questions = [
  { id: "a", text: "Who are you?", takes: 0 },
  { id: "b", text: "Why this school?", takes: 0 },
  { id: "c", text: "What went wrong?", takes: 3 },
];
const FORMATS = { items: [], extensions: [], problem: null };
const bank = new Bank({ items: questions, kinds: [], groups: [], sets: [], structures: [] }, FORMATS, { applying_to: null });

test("the question of an answer is known by its id, or by its text where it was uploaded", () => {
  assert.equal(bank.questionOf({ question_id: "b", question: "Why this school?" }), questions[1]);
  assert.equal(bank.questionOf({ question_id: null, question: "Who are you?" }), questions[0]);
  assert.equal(bank.questionOf({ question_id: null, question: "Something else?" }), null);
  assert.equal(bank.questionOf({ question_id: null, question: null }), null);
});

test("the next question is another one, of those practised least", () => {
  for (let time = 0; time < 20; time += 1) {
    assert.equal(bank.draw("all", questions[0]), questions[1]);
    assert.notEqual(bank.draw("all", null), questions[2]);
  }
});

const SETS = [
  { id: "about_you", name: "About you", group: "any", specialty: null, on_request: false },
  { id: "surgery", name: "Surgery", group: "specialty", specialty: "surgery", on_request: false },
  { id: "neurology", name: "Neurology", group: "specialty", specialty: "neurology", on_request: false },
  { id: "situations", name: "Situations", group: "forms", specialty: null, on_request: true },
];
const KINDS = [
  { id: "about_you", name: "About you" },
  { id: "clinical", name: "Clinical work" },
];
const GROUPS = ["any", "specialty", "forms"].map((id) => ({ id, name: id }));

/** A bank of a question from each set and one of the person's own. */
function bankFor(preferences) {
  const inSet = (set, kind, applyingTo) => ({ id: `${set}-1`, text: set, set, kind, specialty: SETS.find(({ id }) => id === set).specialty, applying_to: applyingTo, takes: 0, own: false, favourite: set === "surgery" });
  const items = [
    { id: "own", text: "Own?", set: null, kind: null, specialty: null, applying_to: null, takes: 0, own: true, favourite: false },
    inSet("about_you", "about_you", null),
    inSet("surgery", "clinical", "residency"),
    inSet("neurology", "clinical", "residency"),
    inSet("situations", "about_you", null),
  ];
  return new Bank({ items, kinds: KINDS, groups: GROUPS, sets: SETS, structures: [] }, FORMATS, preferences);
}

const idsFrom = (some, source) => some.from(source).map(({ id }) => id);
const idsUnder = (some, source) => some.headings(source).flatMap(({ sets }) => sets.flatMap((set) => set.questions.map(({ id }) => id)));

test("questions of a specialty are drawn for those alone who chose it", () => {
  const unknown = bankFor({ applying_to: "residency", specialty: null });
  assert.deepEqual(idsFrom(unknown, "all"), ["own", "about_you-1"]);
  assert.deepEqual(idsFrom(unknown, "kind:clinical"), []);
  const surgeon = bankFor({ applying_to: "residency", specialty: "surgery" });
  assert.deepEqual(idsFrom(surgeon, "all"), ["own", "about_you-1", "surgery-1"]);
  assert.deepEqual(idsFrom(surgeon, "kind:clinical"), ["surgery-1"]);
});

test("a set that was chosen is drawn from, whatever it is", () => {
  const unknown = bankFor({ applying_to: null });
  assert.deepEqual(idsFrom(unknown, "set:neurology"), ["neurology-1"]);
  assert.deepEqual(idsFrom(unknown, "set:situations"), ["situations-1"]);
  assert.deepEqual(idsFrom(unknown, "favourites"), ["surgery-1"]);
});

test("a source in which nothing is left stands for all questions", () => {
  const surgeon = bankFor({ applying_to: "residency", specialty: "surgery" });
  assert.deepEqual(idsFrom(surgeon, "set:neurology"), idsFrom(surgeon, "all"));
  assert.equal(surgeon.known("set:neurology"), "all");
  assert.equal(surgeon.known("set:surgery"), "set:surgery");
});

test("all that one can be asked stands under headings, own questions first", () => {
  assert.deepEqual(idsUnder(bankFor({ applying_to: null }), "all"), ["own", "about_you-1", "surgery-1", "neurology-1", "situations-1"]);
  assert.deepEqual(idsUnder(bankFor({ applying_to: "residency", specialty: "surgery" }), "all"), ["own", "about_you-1", "surgery-1", "situations-1"]);
  assert.deepEqual(idsUnder(bankFor({ applying_to: "medical_school", specialty: "surgery" }), "all"), ["own", "about_you-1", "situations-1"]);
  assert.deepEqual(idsUnder(bankFor({ applying_to: null }), "kind:clinical"), ["surgery-1", "neurology-1"]);
});

test("a set of the name of a kind is not offered twice", () => {
  const [, kinds, sets] = bankFor({ applying_to: null }).sources;
  assert.deepEqual(kinds.sources.map(({ id }) => id), ["kind:about_you", "kind:clinical"]);
  assert.deepEqual(sets.sources.map(({ id }) => id), ["set:surgery", "set:neurology", "set:situations"]);
});

test("where a source is empty, a question is drawn that this person can be asked", () => {
  const unknown = bankFor({ applying_to: "residency", specialty: null });
  for (let time = 0; time < 20; time += 1) {
    assert.ok(["own", "about_you-1"].includes(unknown.draw("kind:clinical").id));
  }
});

test("lines of the application have a heading and a source of their own, and are not drawn with other questions", () => {
  const line = (id, section) => ({ id, text: id, takes: 0, own: true, favourite: false, application_line: id, application_section: section });
  const items = [line("late", "Research"), line("early", null), { id: "own", text: "Own?", takes: 4, own: true, favourite: false, application_line: null }];
  const some = new Bank({ items, kinds: [], groups: [], sets: [], structures: [] }, FORMATS, { applying_to: null });
  assert.deepEqual(idsFrom(some, "all"), ["own"]);
  assert.deepEqual(idsFrom(some, "own"), ["own"]);
  assert.deepEqual(idsFrom(some, "application"), ["late", "early"]);
  const application = some.headings("all").find(({ id }) => id === "application");
  assert.deepEqual(application?.sets.map(({ name }) => name), ["Lines of your application", "Research"]);
  assert.equal(bank.known("application"), "all");
});
