// Where an interview goes on, how long it can take, and what the service is told when it was away.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { longestBefore, longestSeconds } from "../../web/interview/longest.js";
import { firstStep, Progress } from "../../web/interview/progress.js";

const question = (id, more = {}) => ({ kind: "question", question_id: id, preparation: null, answer: 60, pause: null, most_follow_ups: 1, ...more });
const STEPS = [{ kind: "greeting" }, question("one"), question("two"), { kind: "closing", question_id: null, answer: 90 }, { kind: "goodbye" }];
const interview = (more = {}) => ({ id: "i", steps: STEPS, position: 0, answers: [], most_follow_ups: 1, choices: { extension: 1 }, ...more });
const given = (...ids) => ids.map((id) => ({ part: id === "closing" ? id : "question", question_id: id === "closing" ? null : id }));

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

test("an interview goes on after its last answered question, whatever the service was told", () => {
  assert.equal(firstStep(interview()), 0);
  assert.equal(firstStep(interview({ answers: given("one") })), 2);
  assert.equal(firstStep(interview({ answers: given("one", "two"), position: 1 })), 3);
  assert.equal(firstStep(interview({ answers: given("two", "closing") })), 4);
  assert.equal(firstStep(interview({ position: 2 })), 2);
  // An apology belongs to no question, and a follow-up to none of its own.
  assert.equal(firstStep(interview({ position: 1, answers: [{ part: "apology", question_id: null }] })), 1);
});

test("the place counts questions, and what is left counts everything that may come", () => {
  const progress = new Progress(interview());
  // Two answers, a follow-up, one's own question, and what is said: 60 + 60 + 128 + 90 + 5 * 8 = 378 s.
  assert.equal(progress.place(), "Question 1 of 2, up to 7 min left");
  assert.equal(new Progress(interview({ answers: given("one", "two") })).place(), "The end, up to 2 min left");
  assert.equal(new Progress(interview({ position: 4 })).place(), "The end, up to 1 min left");
  progress.answered("question");
  progress.answered("follow_up");
  assert.equal(progress.place(), "Question 1 of 2, up to 5 min left");
});

test("the longest time before an interview is that of its plan", () => {
  const format = { interview: { follow_ups: 1, closing: true, greeting: "g", goodbye: "g", drill: null } };
  const choices = { extension: 1, follow_ups: true, repeat: false, connection_drop: false };
  const times = { preparation: null, answer: 60, pause: null };
  assert.equal(longestBefore(format, choices, times, 2), longestSeconds(STEPS, 1, 1));
  assert.equal(longestBefore(format, { ...choices, repeat: true }, times, 2), 378 + 60);
  assert.equal(longestBefore(format, { ...choices, connection_drop: true }, times, 2), 378 + 90);
  assert.equal(longestBefore(format, { ...choices, follow_ups: false }, times, 2), 378 - 128);
  assert.equal(longestBefore(format, { ...choices, extension: null }, { ...times, answer: null }, 2), null);
});

test("a service that was away is told once, and what is true by then", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {any[]} */
  const told = [];
  let away = true;
  globalThis.fetch = /** @type {any} */ (
    async (_address, { body }) => {
      told.push(JSON.parse(body));
      if (away) {
        throw new TypeError("Failed to fetch");
      }
      return new Response("{}", { status: 200, headers: { "Content-Type": "application/json" } });
    }
  );
  const progress = new Progress(interview());
  progress.advance();
  progress.advance();
  await settle();
  away = false;
  const ended = progress.end();
  context.mock.timers.tick(2_000);
  await ended;
  assert.deepEqual(told, [{ position: 1 }, { position: 2, ended: true }]);
});

/** Everything that waits for no timer. */
async function settle() {
  for (let turns = 0; turns < 20; turns += 1) {
    await Promise.resolve();
  }
}
