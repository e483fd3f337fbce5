// A page that the browser kept, and shows again after its person has signed out.

import assert from "node:assert/strict";
import { test } from "node:test";

const stored = new Map([["greenroom-person", "a"]]);
globalThis.localStorage = /** @type {any} */ ({
  getItem: (name) => stored.get(name) ?? null,
  setItem: (name, value) => stored.set(name, value),
  removeItem: (name) => stored.delete(name),
});
const page = new EventTarget();
globalThis.addEventListener = page.addEventListener.bind(page);
const root = { hidden: false };
globalThis.document = /** @type {any} */ ({ documentElement: root });
let loaded = 0;
globalThis.location = /** @type {any} */ ({ reload: () => (loaded += 1) });

const { showToNobodyElse } = await import("../../web/person.js");
showToNobodyElse();

const show = (persisted) => page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));

test("it stays as it is for its own person", () => {
  show(true);
  assert.equal(loaded, 0);
});

test("it is hidden and loaded anew for anybody else", () => {
  stored.delete("greenroom-person");
  show(false);
  assert.equal(loaded, 0);
  show(true);
  assert.equal(loaded, 1);
  assert.equal(root.hidden, true);
});
