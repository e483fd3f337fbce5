// What waits to be sent, sending again, and the times of a format.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { ApiError, errorFrom } from "../../web/api.js";
import { Countdown, hasTimes, timesOf } from "../../web/practice/times.js";
import { Backlog } from "../../web/recording/backlog.js";
import { judgeSound } from "../../web/recording/microphone-check.js";
import { backOff, mayPass, TRIES, withRetries } from "../../web/upload/sending.js";

const newRow = () => ({ id: "take", answerId: null, count: 0, acknowledged: 0, seconds: 0, pausedAt: [], discarded: false });

test("without a database of the browser, chunks wait in memory in their order, and that is said", async () => {
  const backlog = new Backlog(newRow());
  let ready = 0;
  backlog.addEventListener("ready", () => {
    ready += 1;
  });
  backlog.add(new Blob(["first"]), 1);
  backlog.add(new Blob(["second"]), 2);
  assert.equal(backlog.waiting, 2);
  await backlog.close();
  assert.equal(ready, 2);
  assert.equal(backlog.trouble?.code, "memory_only");
  assert.equal(new TextDecoder().decode(await backlog.read(0)), "first");
  assert.equal(new TextDecoder().decode(await backlog.read(1)), "second");
  assert.equal(await backlog.read(2), null);
  await backlog.forget();
});

test("what the service acknowledged is let go, and its seconds count as stored", async () => {
  const backlog = new Backlog(newRow());
  backlog.add(new Blob(["first"]), 1);
  backlog.add(new Blob(["second"]), 2);
  await backlog.close();
  backlog.acknowledge(0);
  assert.deepEqual([backlog.waiting, backlog.held, backlog.stored], [1, 1, 0.75]);
  backlog.acknowledge(1);
  assert.deepEqual([backlog.waiting, backlog.held, backlog.stored], [0, 0, 2]);
  await backlog.forget();
});

test("a recording that fits into no memory says so", async () => {
  const backlog = new Backlog(newRow());
  let full = 0;
  backlog.addEventListener("full", () => {
    full += 1;
  });
  const large = { arrayBuffer: async () => ({ byteLength: 2 ** 40 }) };
  backlog.add(large, 1);
  await backlog.close();
  assert.equal(full, 1);
  await backlog.forget();
});

test("waits double up to their longest", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 20].map(backOff), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("only what may pass is tried again, and not for ever", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let attempts = 0;
  const failing = (status) => async () => {
    attempts += 1;
    throw new ApiError(status, "some_code", "");
  };
  const { signal } = new AbortController();
  const untilTheEnd = assert.rejects(withRetries(failing(503), signal), { code: "some_code" });
  for (let waits = 0; waits < TRIES; waits += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    mock.timers.tick(8000);
  }
  await untilTheEnd;
  assert.equal(attempts, TRIES);
  attempts = 0;
  await assert.rejects(withRetries(failing(413), signal), { code: "some_code" });
  assert.equal(attempts, 1);
  mock.timers.reset();
  assert.equal(mayPass(new TypeError("not of the service")), false);
});

test("an error has the code of the problem document, else one for its status", () => {
  assert.equal(errorFrom(422, '{"code": "too_long", "detail": "Too long."}').code, "too_long");
  assert.equal(errorFrom(422, '{"code": "too_long", "detail": "Too long."}').text, "Too long.");
  assert.equal(errorFrom(413, "<html>").code, "too_large");
  assert.equal(errorFrom(500, "").code, "internal_error");
});

test("times are extended, and without limits there are none", () => {
  const format = { preparation: 60, answer: 120, pause: null };
  assert.deepEqual(timesOf(format, 1.5), { preparation: 90, answer: 180, pause: null });
  assert.deepEqual(timesOf(format, null), { preparation: null, answer: null, pause: null });
  assert.equal(hasTimes({ preparation: null, answer: null, pause: null }), false);
});

test("a countdown shows whole seconds and ends once", async () => {
  const countdown = new Countdown(0.05);
  const shown = [];
  countdown.addEventListener("tick", () => shown.push(countdown.left));
  await new Promise((resolve) => {
    countdown.addEventListener("end", resolve);
    countdown.start();
  });
  assert.equal(shown[0], 1);
  assert.equal(shown.at(-1), 0);
});

/** A second of a tone of so many full scales. */
const tone = (level) => Float32Array.from({ length: 8000 }, (_, index) => level * Math.sin(index / 3));
/** Half speech, half pause: what the check judges the loudness of speech over the room by. */
const speech = (level, room) => Float32Array.from([...tone(level), ...tone(room)]);

test("the microphone check tells silence, too quiet, clipping and a loud room apart", () => {
  const verdict = (samples) => judgeSound(samples, samples, 8000);
  assert.equal(verdict(new Float32Array(8000)), "silent");
  assert.equal(verdict(speech(0.3, 0.001)), "good");
  assert.equal(verdict(speech(0.002, 0.00001)), "too_quiet");
  assert.equal(verdict(speech(0.3, 0.1)), "noisy_room");
  assert.equal(verdict(speech(4, 0.001).map((sample) => Math.max(-1, Math.min(1, sample)))), "clipping");
});
