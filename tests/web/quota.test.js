// An office's limit that is reached while a recording is made: the person is told so, and nothing is lost.

import assert from "node:assert/strict";
import { test } from "node:test";

test("a delivery says that the office's limit is reached, and goes on once there is room", async () => {
  globalThis.addEventListener = () => {};
  const answers = [
    [403, { code: "quota_reached" }],
    [201, { id: "a".repeat(24) }],
  ];
  globalThis.fetch = async () => {
    const [status, body] = /** @type {any} */ (answers.shift());
    return new Response(JSON.stringify(body), { status });
  };
  const { Delivery } = await import("../../web/recording/delivery.js");
  const { recordingErrorWords } = await import("../../web/format/errors.js");
  const backlog = Object.assign(new EventTarget(), {
    row: { id: "a".repeat(24), details: { source: "recording" }, answerId: null, count: 0, acknowledged: 0 },
    closed: false,
    save: async () => {},
  });
  const delivery = new Delivery(/** @type {any} */ (backlog));
  const troubles = [];
  const made = new Promise((resolve) =>
    delivery.addEventListener("change", () => {
      troubles.push(delivery.trouble);
      if (backlog.row.answerId) {
        resolve(null);
      }
    }),
  );
  delivery.start();
  await made;
  assert.equal(troubles[0].code, "quota_reached");
  assert.match(recordingErrorWords(troubles[0]).title, /limit/);
  assert.equal(delivery.refusal, null);
  delivery.close();
});
