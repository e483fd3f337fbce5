"""Ways through a mock interview, for tests: short formats, voices that are a tone, and what a page did."""

import hashlib
import io
import json
from typing import Any

import av
import numpy as np
from playwright.sync_api import Page, Route, expect

from service.practice.spoken_lines import spoken_lines
from tests.browser.practice_window import button, heading
from tests.service.running import PATIENCE, RunningService, eventually

FORMATS = """
[[formats]]
id = "talk"
name = "Short talk"
summary = "Two questions, with a follow-up and their own questions at the end."
answer = 60
aim = [1, 5]
questions = 2

[formats.interview]
kinds = [["about_you"], ["strengths"]]
follow_ups = 1
closing = true

[[formats]]
id = "plain"
name = "Plain talk"
summary = "Two questions, and nothing else."
answer = 60
questions = 2

[formats.interview]
kinds = [["about_you"]]

[[formats]]
id = "stations"
name = "Two stations"
summary = "Two stations with a bell."
preparation = 2
preparation_kind = "read"
answer = 2
pause = 2
questions = 2
retake = false

[formats.interview]
kinds = [["mmi_ethics"]]
greeting = "greeting-mmi"
goodbye = "goodbye-mmi"
bell = true

[[formats]]
id = "slow-stations"
name = "Two slow stations"
summary = "Two stations whose times end in no test."
preparation = 300
preparation_kind = "read"
answer = 300
pause = 300
questions = 2

[formats.interview]
kinds = [["mmi_ethics"]]
greeting = "greeting-mmi"
goodbye = "goodbye-mmi"
bell = true
"""

TONE_SECONDS = 0.6
VOICES = [{"id": "first", "interviewer": 0}, {"id": "second", "interviewer": 1}]

NOTE_WHAT_SOUNDS = """
  window.sounds = { said: [], overlaps: [], bells: 0 };
  const speaking = new Set();
  const recording = new Set();
  const look = (what) => {
    if (speaking.size > 0 && recording.size > 0) {
      window.sounds.overlaps.push(what);
    }
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    for (const name of ["ended", "pause", "error"]) {
      this.addEventListener(name, () => speaking.delete(this));
    }
    this.addEventListener("playing", () => {
      const caption = document.querySelector(".step h1")?.innerText ?? "";
      speaking.add(this);
      window.sounds.said.push(caption);
      look(caption);
    }, { once: true });
    return play.call(this);
  };
  window.MediaRecorder = class extends MediaRecorder {
    constructor(...details) {
      super(...details);
      for (const name of ["start", "resume"]) {
        this.addEventListener(name, () => {
          recording.add(this);
          look("recording");
        });
      }
      for (const name of ["pause", "stop", "error"]) {
        this.addEventListener(name, () => recording.delete(this));
      }
    }
  };
  const { createOscillator } = BaseAudioContext.prototype;
  BaseAudioContext.prototype.createOscillator = function () {
    window.sounds.bells += 1;
    return createOscillator.call(this);
  };
"""
"""Notes what was shown as each line was heard, and whether any was heard while a recorder ran."""


def with_voices(page: Page) -> None:
    """Two interviewers who say everything with a short tone."""
    sound = _tone()
    file = {"file": "tone.ogg", "seconds": TONE_SECONDS, "sha256": hashlib.sha256(sound).hexdigest()}
    files = {str(voice["id"]): file for voice in VOICES}
    lines = {name: {"text": text, "files": files} for name, text in spoken_lines().items()}
    manifest = json.dumps({"voices": VOICES, "lines": lines})

    def give(route: Route) -> None:
        if "manifest" in route.request.url:
            route.fulfill(body=manifest, content_type="application/json")
        else:
            route.fulfill(body=sound, content_type="audio/ogg")

    page.route("**/static/speech/**", give)


def _tone() -> bytes:
    """A tone as speech files are: Opus in Ogg."""
    rate = 48_000
    times = np.arange(int(TONE_SECONDS * rate)) / rate
    samples = (0.2 * np.sin(2 * np.pi * 440 * times)).astype(np.float32)
    written = io.BytesIO()
    with av.open(written, mode="w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=rate)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(samples[None], format="flt", layout="mono")
        frame.sample_rate = rate
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return written.getvalue()


def patiently(page: Page) -> None:
    """Waits for follow-ups as long as a busy machine needs for a transcript."""

    def give(route: Route) -> None:
        response = route.fetch()
        script = response.text()
        assert "const PATIENCE = 6_000;" in script
        route.fulfill(response=response, body=script.replace("PATIENCE = 6_000", "PATIENCE = 60_000"))

    page.route("**/interview/follow-up.js", give)


def sounds(page: Page) -> dict[str, Any]:
    """What `NOTE_WHAT_SOUNDS` has noted so far."""
    found: dict[str, Any] = page.evaluate("window.sounds")
    return found


def start(page: Page) -> None:
    """From the choice into the interview."""
    page.goto("/")
    page.get_by_role("button", name="Start the").click()


def answer(page: Page, seconds: float = 0.7) -> None:
    """Answer what is asked: the recording runs, or begins as soon as the question was heard."""
    # A follow-up waits for the first transcript of a worker that may have just begun.
    expect(page.get_by_text("Recording", exact=True)).to_be_visible(timeout=PATIENCE * 1000)
    page.wait_for_timeout(seconds * 1000)
    page.keyboard.press("s")
    expect(page.get_by_text("Recording", exact=True)).to_have_count(0)


def go_on(page: Page, words: str, caption: str | None = None) -> str:
    """What is shown as text is read, and one goes on; what it was."""
    expect(button(page, words)).to_be_visible()
    shown = heading(page).inner_text()
    assert caption is None or caption in shown, shown
    page.keyboard.press("Enter")
    return shown


def see_report(page: Page) -> str:
    """From the end to the report; the interview's id."""
    button(page, "See the report").click()
    page.wait_for_url("**/interviews/*")
    return page.url.rpartition("/")[2]


def going_on(running: RunningService, answers: int) -> dict[str, Any]:
    """The interview that goes on, as soon as the service has so many of its answers."""

    def has_all() -> dict[str, Any] | None:
        items: list[dict[str, Any]] = running.client.get("/api/interviews").raise_for_status().json()["items"]
        found = [each for each in items if each["ended_at"] is None and len(each["answers"]) == answers]
        return found[0] if found and found[0] == items[0] else None

    found: dict[str, Any] = eventually(has_all)
    return found


def interview_of(running: RunningService, identifier: str, answers: int) -> dict[str, Any]:
    """An interview, as soon as so many answers belong to it."""

    def has_all() -> dict[str, Any] | None:
        found: dict[str, Any] = running.client.get(f"/api/interviews/{identifier}").raise_for_status().json()
        return found if len(found["answers"]) == answers else None

    found: dict[str, Any] = eventually(has_all)
    return found
