// A sign-in session that ends while a recording is being sent: nothing is lost, and nothing is sent as somebody else.

import assert from "node:assert/strict";
import { test } from "node:test";

/** Answers of the service, in order; the last one again and again. */
function serve(...answers) {
  const asked = [];
  globalThis.fetch = async (path, { method }) => {
    asked.push(`${method} ${path}`);
    const [status, body] = answers.length > 1 ? answers.shift() : answers[0];
    return new Response(JSON.stringify(body), { status });
  };
  return asked;
}

test("a delivery waits until its person has signed in again", async () => {
  globalThis.addEventListener = () => {};
  /** What is under way says that this page must stay. */
  let told = 0;
  globalThis.dispatchEvent = () => {
    told += 1;
    return false;
  };
  const { Delivery } = await import("../../web/recording/delivery.js");
  const asked = serve([401, { code: "not_signed_in" }], [401, { code: "signed_in_as_another" }], [201, { id: "a".repeat(24) }]);
  const backlog = Object.assign(new EventTarget(), {
    row: { id: "a".repeat(24), details: { source: "recording" }, answerId: null, count: 0, acknowledged: 0 },
    closed: false,
    save: async () => {},
  });
  const delivery = new Delivery(/** @type {any} */ (backlog));
  const troubles = [];
  const made = new Promise((resolve) =>
    delivery.addEventListener("change", () => {
      troubles.push(delivery.trouble?.code ?? null);
      if (backlog.row.answerId) {
        resolve(null);
      }
    }),
  );
  delivery.start();
  await made;
  assert.deepEqual(troubles.slice(0, 1), ["signed_out"]);
  assert.equal(delivery.refusal, null);
  assert.equal(asked.length, 3);
  assert.equal(told, 2);
  delivery.close();
});
