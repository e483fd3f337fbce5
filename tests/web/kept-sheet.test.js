// The sheet of a programme while it is changed quickly.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { KeptSheet } from "../../web/prepare/kept-sheet.js";

/** A service that keeps questions, answers when it is let, and refuses one of them. */
function serve() {
  const service = { kept: [], held: [] };
  mock.method(globalThis, "fetch", async (_path, { body }) => {
    const { questions_to_ask: questions } = JSON.parse(body);
    await new Promise((go) => service.held.push(go));
    if (questions.includes("gone")) {
      return new Response(JSON.stringify({ code: "invalid_request", detail: "It is not there any more." }), { status: 422 });
    }
    service.kept = questions;
    return new Response(JSON.stringify(sheetOf(questions)));
  });
  return service;
}

const sheetOf = (questions) => ({ interview: "1", questions_to_ask: questions.map((id) => ({ id })) });

async function letGo(service) {
  while (service.held.length === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  service.held.shift()();
}

test("a question that is chosen before the last choice is kept builds on it", async () => {
  const service = serve();
  const sheet = new KeptSheet(sheetOf([]));
  const first = sheet.choose([...sheet.chosen, "one"]);
  const second = sheet.choose([...sheet.chosen, "two"]);
  assert.deepEqual(sheet.chosen, ["one", "two"]);
  await letGo(service);
  assert.equal(await first, true);
  assert.deepEqual(sheet.chosen, ["one", "two"]);
  await letGo(service);
  assert.equal(await second, true);
  assert.deepEqual(service.kept, ["one", "two"]);
  assert.deepEqual(sheet.chosen, ["one", "two"]);
});

test("a choice that is refused is not chosen", async () => {
  const service = serve();
  const sheet = new KeptSheet(sheetOf(["one"]));
  const refused = sheet.choose([...sheet.chosen, "gone"]);
  await letGo(service);
  assert.equal(await refused, false);
  assert.deepEqual(sheet.chosen, ["one"]);
});
