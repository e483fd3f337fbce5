"""The voice of an interviewer reaches the microphone, as from an open loudspeaker, and is not recorded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.fake_microphone import RATE, noise, speech, stored, with_microphone, write_microphone
from tests.browser.practice_window import button, heading, practice_window, to_report, wait_until
from tests.media_files.builders import Samples
from tests.service.running import RunningService

QUESTION = "What are you most proud of?"
CHOSEN = {"checked": True, "question": "proud-of-most", "spoken": True}
ONLY_IN_THE_QUESTION = "proud"

ROOM = -60.0
"""Noise of the microphone, dB re full scale: what is left where nobody speaks."""
HEARD = -45.0
"""A level above it is speech, at any loudness with which a loudspeaker brings it back here."""

OPEN_LOUDSPEAKER = """
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const play = HTMLMediaElement.prototype.play;
  const connected = new WeakSet();
  window.played = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const microphone = await ask(wanted);
    const room = new AudioContext();
    const mixed = room.createMediaStreamDestination();
    room.createMediaStreamSource(microphone).connect(mixed);
    const echo = room.createDelay(1);
    // Seconds from the loudspeaker to the microphone: a wireless loudspeaker is as late as this.
    echo.delayTime.value = 0.2;
    echo.connect(mixed);
    HTMLMediaElement.prototype.play = function () {
      if (!connected.has(this)) {
        connected.add(this);
        room.createMediaElementSource(this).connect(echo);
      }
      const noted = { from: performance.now(), to: null };
      window.played.push(noted);
      this.addEventListener("ended", () => (noted.to = performance.now()), { once: true });
      return play.call(this);
    };
    const [track] = mixed.stream.getAudioTracks();
    const [own] = microphone.getAudioTracks();
    for (const name of ["getSettings", "getConstraints", "getCapabilities"]) {
      track[name] = () => own[name]();
    }
    return mixed.stream;
  };
"""
"""Mixes what the page plays into what its microphone hears, later. `window.played`: when each was played."""


@contextmanager
def open_loudspeaker(browser: Browser, service: RunningService, microphone: Path) -> Iterator[Page]:
    """A page whose microphone hears a file and what the page plays."""
    with (
        with_microphone(browser, microphone) as speaking,
        practice_window(speaking, service.url, CHOSEN) as page,
    ):
        page.add_init_script(OPEN_LOUDSPEAKER)
        page.goto("/")
        yield page


def take_with_the_question_heard_again(page: Page, seconds: int) -> str:
    """Starts while the question is being said, hears it once more after some seconds, and goes on as long.

    Returns:
        The id of the answer.
    """
    button(page, "Practise this question").click()
    expect(heading(page)).to_have_text(QUESTION)
    page.wait_for_function("() => window.played.length === 1")
    button(page, "Start recording").click()
    wait_until(page, seconds)
    page.keyboard.press("r")
    expect(page.get_by_text("You hear the question.")).to_be_visible()
    page.wait_for_function("() => window.played[1]?.to")
    expect(page.get_by_text("Recording", exact=True)).to_be_visible()
    wait_until(page, 2 * seconds)
    button(page, "Stop").click()
    heard = page.evaluate("(window.played[1].to - window.played[1].from) / 1000")
    assert heard > 1.0
    return to_report(page)


def loudest(samples: Samples) -> float:
    """Level of the loudest 50 ms, dB re full scale."""
    frame = RATE // 20
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    return float(10 * np.log10((frames**2).mean(axis=1).max() + 1e-12))


@pytest.mark.long
def test_nothing_of_the_question_is_in_the_recording(
    browser: Browser, intake_service: RunningService, tmp_path: Path
) -> None:
    microphone = write_microphone(tmp_path / "quiet.wav", noise(40.0, ROOM))
    with open_loudspeaker(browser, intake_service, microphone) as page:
        answer = take_with_the_question_heard_again(page, 1)
    recording = stored(intake_service, answer)
    assert recording.seconds >= 2.0
    assert loudest(recording.samples) < HEARD
    assert len(intake_service.answer(answer)["paused_at"]) == 1


@pytest.mark.long
@pytest.mark.engine
def test_no_word_of_the_question_is_in_the_transcript(
    browser: Browser, service: RunningService, tmp_path: Path
) -> None:
    # The loudspeaker is louder than the person, or the recogniser would not hear it beside them.
    microphone = write_microphone(tmp_path / "speech.wav", speech(40.0) * 0.1)
    with open_loudspeaker(browser, service, microphone) as page:
        answer = take_with_the_question_heard_again(page, 3)
    service.wait_for(answer, "ready")
    report = service.client.get(f"/api/answers/{answer}/report").raise_for_status().json()
    words = " ".join(word["text"] for word in report["transcript"]["words"]).lower()
    assert len(words.split()) > 8
    assert ONLY_IN_THE_QUESTION not in words
    assert report["measures"]["answer_length"]["value"] <= stored(service, answer).seconds
