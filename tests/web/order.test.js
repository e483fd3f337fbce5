// Moves within an order, by keys and by the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { moved, placeAt } from "../../web/prepare/order.js";

test("an entry moves to its place, and no further than either end", () => {
  const order = ["a", "b", "c", "d"];
  assert.deepEqual(moved(order, 0, 2), ["b", "c", "a", "d"]);
  assert.deepEqual(moved(order, 3, 1), ["a", "d", "b", "c"]);
  assert.deepEqual(moved(order, 1, 1), order);
  assert.deepEqual(moved(order, 2, -5), ["c", "a", "b", "d"]);
  assert.deepEqual(moved(order, 0, 9), ["b", "c", "d", "a"]);
  assert.deepEqual(order, ["a", "b", "c", "d"]);
});

test("a dragged entry goes where its middle is let go", () => {
  const middles = [50, 150, 300];
  assert.equal(placeAt(middles, 0, 100), 0);
  assert.equal(placeAt(middles, 0, 151), 1);
  assert.equal(placeAt(middles, 0, 999), 2);
  assert.equal(placeAt(middles, 2, 151), 2);
  assert.equal(placeAt(middles, 2, 149), 1);
  assert.equal(placeAt(middles, 2, -10), 0);
});
