// Notes on a question: what the service refuses, what a take gets, and for how long they can be read.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { QuestionNotes } from "../../web/practice/question-notes.js";
import { ShownTime } from "../../web/practice/shown-time.js";

const EMPTY = { acknowledge: null, context: null, learned: null, bullets: [] };
const SENTENCE = "I was alone.";

/** A service that keeps notes, and refuses one sentence. `lost` requests are not answered. */
function serve({ lost = 0 } = {}) {
  const service = { kept: EMPTY, asked: [] };
  mock.method(globalThis, "fetch", async (_path, { method, body }) => {
    service.asked.push(method);
    if (method === "PUT" && lost > 0) {
      lost -= 1;
      throw new TypeError("connection refused");
    }
    if (method === "PUT") {
      const notes = JSON.parse(body);
      const refused = notes.bullets.flatMap((text, bullet) => (text === SENTENCE ? [{ bullet, code: "bullet_is_sentence", text: "Why." }] : []));
      if (refused.length > 0) {
        return new Response(JSON.stringify({ code: "bullet_is_sentence", detail: "Why.", refused }), { status: 422 });
      }
      service.kept = { ...EMPTY, ...notes };
    }
    return new Response(JSON.stringify(service.kept));
  });
  return service;
}

test("a refused bullet is named by its place, and the others are kept", async () => {
  const service = serve();
  const notes = new QuestionNotes({ id: "why" });
  await notes.loaded;
  assert.equal(await notes.writeBullet(0, "Night shift"), true);
  assert.equal(await notes.writeBullet(2, SENTENCE), false);
  assert.equal(await notes.writeBullet(3, "Told my tutor"), true);
  assert.deepEqual([...notes.refused], [[2, "Why."]]);
  assert.deepEqual(service.kept.bullets, ["Night shift", "Told my tutor"]);
  assert.deepEqual(notes.forTake, { bullets: ["Night shift", "Told my tutor"] });
  assert.equal(await notes.writeBullet(2, "Alone"), true);
  assert.deepEqual(notes.atLens, { bullets: ["Night shift", "Alone", "Told my tutor"], plan: [] });
  mock.restoreAll();
});

test("what could not be saved is sent with the next save", async () => {
  const service = serve({ lost: 1 });
  const notes = new QuestionNotes({ id: "why", difficult: true });
  await notes.loaded;
  notes.typePlan("learned", "Ask early");
  await notes.save();
  assert.equal(notes.state, "failed");
  assert.deepEqual(notes.forTake, {});
  await notes.save();
  assert.equal(notes.state, "saved");
  assert.equal(service.kept.learned, "Ask early");
  assert.deepEqual(notes.forTake, { plan: { learned: "Ask early", shown: false } });
  assert.equal(notes.atLens, null, "the plan is hidden unless it is asked for");
  mock.restoreAll();
});

test("without a question of the bank nothing is asked for", async () => {
  const service = serve();
  const notes = new QuestionNotes({});
  await notes.loaded;
  await notes.save();
  assert.deepEqual([notes.possible, service.asked], [false, []]);
  mock.restoreAll();
});

test("time counts while notes are shown, and a pause does not", () => {
  let recorded = 2;
  const time = new ShownTime(() => recorded);
  recorded = 10;
  // Paused: however long that lasts, no more is recorded.
  assert.equal(time.seconds, 8);
  time.toggle();
  recorded = 30;
  assert.deepEqual([time.shown, time.seconds], [false, 8]);
  time.toggle();
  recorded = 35;
  assert.deepEqual([time.shown, time.seconds], [true, 13]);
});
