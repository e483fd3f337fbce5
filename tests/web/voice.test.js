// Which voice says a line, what is said of a line that cannot be heard, and a take that waits meanwhile.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { englishVoice } from "../../web/interview/browser-voice.js";
import { VoiceDuringTake } from "../../web/interview/during-take.js";
import { speechFile } from "../../web/interview/speech-files.js";
import { InterviewerVoice } from "../../web/interview/voice.js";
import { isSpoken } from "../../web/practice/preferences.js";

const file = (name) => ({ file: name, seconds: 0.05, sha256: "0".repeat(64) });
const MANIFEST = {
  voices: [
    { id: "heart", interviewer: 0 },
    { id: "michael", interviewer: 1 },
  ],
  lines: Object.fromEntries(
    ["line:thank-you", ...Array.from({ length: 40 }, (_, number) => `question-${number}`)].map((id) => [
      id,
      { text: "Said.", files: { heart: file(`heart/${id}.ogg`), michael: file(`michael/${id}.ogg`) } },
    ]),
  ),
};

/** An element that plays for a moment; `refuse` is why it does not. */
class FakeAudio extends EventTarget {
  static refuse = "";
  static played = [];
  static canPlay = "probably";

  constructor(src = "") {
    super();
    this.src = src;
    setTimeout(() => this.dispatchEvent(new Event("canplaythrough")), 1);
  }

  canPlayType() {
    return FakeAudio.canPlay;
  }

  async play() {
    if (FakeAudio.refuse) {
      throw new DOMException("No.", FakeAudio.refuse);
    }
    FakeAudio.played.push({ speed: this.playbackRate, pitch: this.preservesPitch });
    this.timer = setTimeout(() => this.dispatchEvent(new Event("ended")), 40);
  }

  pause() {
    clearTimeout(this.timer);
  }
}

let fetched = [];

beforeEach(() => {
  fetched = [];
  Object.assign(FakeAudio, { refuse: "", played: [], canPlay: "probably" });
  globalThis.Audio = /** @type {any} */ (FakeAudio);
  globalThis.window = /** @type {any} */ ({});
  globalThis.fetch = /** @type {any} */ (
    async (address) => {
      fetched.push(address);
      return { ok: true, json: async () => MANIFEST, blob: async () => new Blob(["sound"]) };
    }
  );
});

afterEach(() => {
  delete globalThis.window;
});

test("each interviewer has a voice, and lines of neither are shared out between both", () => {
  assert.equal(speechFile(MANIFEST, "line:thank-you", 0)?.file, "heart/line:thank-you.ogg");
  assert.equal(speechFile(MANIFEST, "line:thank-you", 1)?.file, "michael/line:thank-you.ogg");
  const shared = Object.keys(MANIFEST.lines).map((line) => speechFile(MANIFEST, line, null)?.file ?? "");
  const share = shared.filter((name) => name.startsWith("heart")).length / shared.length;
  assert.ok(share > 0.3 && share < 0.7, `${share}`);
  assert.equal(speechFile(MANIFEST, "an-own-question", 0), null);
  assert.equal(speechFile(MANIFEST, "toString", 0), null);
});

test("only an English voice of this machine says a person's own question", () => {
  const voice = (lang, localService, isDefault = false) => /** @type {any} */ ({ lang, localService, default: isDefault });
  const american = voice("en-US", true);
  const standard = voice("en_GB", true, true);
  assert.equal(englishVoice([voice("en-US", false, true), voice("de-DE", true), american, standard]), standard);
  assert.equal(englishVoice([voice("ende", true), american]), american);
  assert.equal(englishVoice([voice("en-US", false), voice("fr-FR", true)]), null);
});

test("a prepared line is said in one go, as fast as was chosen, and its times are told", async () => {
  const voice = new InterviewerVoice({ spoken: true, speed: 0.9 });
  await voice.prepare(["question-1"]);
  const before = fetched.length;
  const states = [];
  voice.addEventListener("change", () => states.push(voice.speaking));
  const said = await voice.say({ line: "question-1", text: "Said.", interviewer: 1 });
  assert.equal(fetched.length, before);
  assert.deepEqual(FakeAudio.played, [{ speed: 0.9, pitch: true }]);
  assert.deepEqual([said.spoken, said.code], [true, null]);
  assert.ok(said.ended - said.started >= 30);
  assert.deepEqual(states, [true, false]);
});

test("what cannot be heard is left to the text, with the reason", async () => {
  const line = { line: "question-1", text: "Said." };
  assert.equal((await new InterviewerVoice({ spoken: false, speed: 1 }).say(line)).code, "off");
  const voice = new InterviewerVoice({ spoken: true, speed: 1 });
  FakeAudio.refuse = "NotAllowedError";
  const refused = await voice.say(line);
  assert.deepEqual([refused.spoken, refused.code], [false, "not_allowed"]);
  FakeAudio.refuse = "";
  assert.equal((await voice.say({ line: null, text: "My own?" })).code, "no_voice");
  assert.equal((await voice.say({ line: "gone", text: "My own?" })).code, "no_voice");
  FakeAudio.canPlay = "";
  assert.equal((await voice.say(line)).code, "no_voice");
  FakeAudio.canPlay = "maybe";
  assert.equal((await voice.say(line)).spoken, true);
});

test("another line, or a stop, ends the one that is being said", async () => {
  const voice = new InterviewerVoice({ spoken: true, speed: 1 });
  await voice.prepare(["question-1", "question-2"]);
  const first = voice.say({ line: "question-1", text: "Said." });
  await new Promise((resolve) => setTimeout(resolve, 10));
  const second = voice.say({ line: "question-2", text: "Said." });
  assert.deepEqual([(await first).spoken, (await first).code], [true, "stopped"]);
  assert.equal(voice.speaking, true);
  assert.equal((await second).code, null);
  const third = voice.say({ line: "question-1", text: "Said." });
  voice.stop();
  assert.equal((await third).code, "stopped");
  assert.equal(voice.speaking, false);
});

test("it is quiet only some time after what was said, or stopped, has ended", async () => {
  const voice = new InterviewerVoice({ spoken: true, speed: 1 });
  await voice.quiet();
  await voice.prepare(["question-1"]);
  for (const stops of [false, true]) {
    const said = voice.say({ line: "question-1", text: "Said." });
    if (stops) {
      voice.stop();
    }
    await voice.quiet();
    assert.ok(performance.now() - (await said).ended >= 295);
  }
});

test("a service that does not answer keeps nobody waiting", async () => {
  globalThis.fetch = /** @type {any} */ (() => new Promise(() => {}));
  const voice = new InterviewerVoice({ spoken: true, speed: 1 });
  const said = voice.say({ line: "question-3", text: "Said." });
  setTimeout(() => voice.stop(), 10);
  assert.equal((await said).code, "stopped");
});

/** A take that notes what is done to it. */
class FakeTake {
  constructor(state = "recording") {
    this.state = state;
    this.done = [];
  }

  pause() {
    this.done.push("pause");
    this.state = this.state === "recording" ? "paused" : this.state;
  }

  resume() {
    this.done.push("resume");
    this.state = this.state === "paused" ? "recording" : this.state;
  }
}

/** A voice that notes what it says into the same list. */
function fakeVoice(take) {
  let end = () => {};
  return {
    async say({ line }) {
      take.done.push(line);
      await new Promise((resolve) => (end = () => resolve(undefined)));
      return { started: 0, ended: 0, spoken: true, code: null };
    },
    async quiet() {
      take.done.push("quiet");
    },
    stop: () => end(),
  };
}

const during = (take) => {
  const voice = fakeVoice(take);
  return { voice, saying: new VoiceDuringTake(/** @type {any} */ (take), /** @type {any} */ (voice)) };
};
const question = { line: "question-1", text: "Said." };

test("a take is paused until the room is quiet again", async () => {
  const take = new FakeTake();
  const { voice, saying } = during(take);
  const said = saying.say(question);
  assert.equal(saying.busy, true);
  assert.equal(await saying.say(question), null);
  voice.stop();
  await said;
  assert.deepEqual(take.done, ["pause", "question-1", "quiet", "resume"]);
  assert.deepEqual([take.state, saying.busy], ["recording", false]);
});

test("a take that the person had paused waits for them, unless they go on", async () => {
  for (const [goesOn, state] of [[false, "paused"], [true, "recording"]]) {
    const take = new FakeTake("paused");
    const { voice, saying } = during(take);
    const said = saying.say(question);
    if (goesOn) {
      saying.goOn();
    } else {
      voice.stop();
    }
    await said;
    assert.equal(take.state, state);
  }
});

test("a take that is over is neither paused nor taken up again", async () => {
  const take = new FakeTake();
  const { saying } = during(take);
  const said = saying.say(question);
  saying.stop();
  take.state = "stopping";
  await said;
  assert.equal(take.state, "stopping");
  assert.equal(take.done.includes("resume"), false);
  assert.equal(await saying.say(question), null);
});

test("questions are said in an interview, and alone only where that was chosen", () => {
  assert.deepEqual([isSpoken({ spoken: null }, true), isSpoken({ spoken: null }, false)], [true, false]);
  assert.deepEqual([isSpoken({ spoken: false }, true), isSpoken({ spoken: true }, false)], [false, true]);
});
