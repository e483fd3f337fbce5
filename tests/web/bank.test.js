// The questions that there are, and drawing another one.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Bank } from "../../web/practice/bank.js";

const questions = [
  { id: "a", text: "Who are you?", takes: 0 },
  { id: "b", text: "Why this school?", takes: 0 },
  { id: "c", text: "What went wrong?", takes: 3 },
];
const bank = new Bank({ items: questions, kinds: [], structures: [] }, { items: [], extensions: [], problem: null }, { applying_to: null });

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
