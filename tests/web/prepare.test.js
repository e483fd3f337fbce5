// An interview that is written down field by field, and time zones as people write them.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { KeptInterview } from "../../web/prepare/kept-interview.js";
import { zoneName } from "../../web/prepare/time-zones.js";

const ZONES = ["America/New_York", "America/Port_of_Spain", "Asia/Kolkata", "Europe/Berlin", "America/Knox", "Pacific/Knox", "UTC"].map(
  (name) => ({ name }),
);

/** A service that keeps an interview, answers when it is let, and refuses one link. */
function serve() {
  const service = { kept: { id: "1", programme: "City Hospital", link: null, notes: null }, held: [], hold: false };
  mock.method(globalThis, "fetch", async (_path, { body }) => {
    const changes = JSON.parse(body);
    if (service.hold) {
      await new Promise((go) => service.held.push(go));
    }
    if (changes.link === "zoom") {
      return new Response(JSON.stringify({ code: "not_a_web_address", detail: "A link begins with https.", field: "link" }), { status: 422 });
    }
    service.kept = { ...service.kept, ...changes };
    return new Response(JSON.stringify(service.kept));
  });
  return service;
}

test("a zone is found by its name or its city, whatever the case", () => {
  assert.equal(zoneName("america/new_york", ZONES), "America/New_York");
  assert.equal(zoneName(" new york ", ZONES), "America/New_York");
  assert.equal(zoneName("Port of Spain", ZONES), "America/Port_of_Spain");
  assert.equal(zoneName("utc", ZONES), "UTC");
});

test("a zone is found by the name that it had before", () => {
  const renamed = [{ name: "Asia/Kolkata", older_names: ["Asia/Calcutta"] }];
  assert.equal(zoneName("Asia/Calcutta", renamed), "Asia/Kolkata");
  assert.equal(zoneName("calcutta", renamed), "Asia/Kolkata");
});

test("a city of two zones, or of none, stays as it was typed", () => {
  assert.equal(zoneName("Knox", ZONES), "Knox");
  assert.equal(zoneName(" Nowhere ", ZONES), "Nowhere");
  assert.equal(zoneName("", ZONES), "");
});

test("what is refused stays as it was typed, with its reason, while another field is kept", async () => {
  const service = serve();
  const kept = new KeptInterview(service.kept);
  await kept.change("link", "zoom");
  assert.deepEqual(kept.said("link"), { saved: false, problem: "A link begins with https." });
  await kept.change("programme", "County Hospital");
  assert.equal(kept.present.link, "zoom");
  assert.equal(kept.present.programme, "County Hospital");
  assert.deepEqual(kept.said("link"), { saved: false, problem: "A link begins with https." });
  assert.deepEqual(kept.said("programme"), { saved: true, problem: "" });
  await kept.change("link", null);
  assert.deepEqual(kept.said("link"), { saved: true, problem: "" });
  mock.restoreAll();
});

test("what is written while a field is saved is not undone by the answer", async () => {
  const service = serve();
  service.hold = true;
  const kept = new KeptInterview(service.kept);
  const first = kept.change("notes", "One");
  const second = kept.change("notes", "One, two");
  await new Promise(setImmediate);
  service.hold = false;
  service.held.pop()();
  await first;
  assert.equal(kept.present.notes, "One, two");
  await second;
  assert.equal(service.kept.notes, "One, two");
  assert.deepEqual(kept.said("notes"), { saved: true, problem: "" });
  mock.restoreAll();
});

test("a field that was not changed is not sent", async () => {
  const service = serve();
  const kept = new KeptInterview(service.kept);
  await kept.change("programme", "City Hospital");
  assert.deepEqual(kept.said("programme"), { saved: false, problem: "" });
  mock.restoreAll();
});
