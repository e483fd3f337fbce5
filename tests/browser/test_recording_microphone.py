"""Opening the microphone, its level, its check, and everything that can be wrong with it, said plainly."""

import base64
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import OTHER_HOST
from tests.browser.fake_microphone import noise, speech, window, with_microphone, write_microphone
from tests.browser.recording_page import now, record_until, start_take
from tests.service.running import RunningService, eventually

RECORDING = Path(__file__).parents[2] / "web" / "recording"

OPEN = """async (options) => {
  const { openCapture } = await import("/static/recording/microphone.js");
  const { recordingErrorWords } = await import("/static/format/errors.js");
  try {
    window.capture = await openCapture(options);
    const { granted, deviceName, hasPicture } = window.capture;
    return { granted, deviceName, hasPicture };
  } catch (error) {
    return { code: error.code, title: recordingErrorWords(error).title };
  }
}"""


def _open(page: Page, **options: Any) -> dict[str, Any]:
    page.goto("/settings")
    opened: dict[str, Any] = page.evaluate(OPEN, options)
    return opened


def test_what_was_granted_is_told(microphone_browser: Browser, intake_service: RunningService) -> None:
    with window(microphone_browser, intake_service.url) as context:
        page = context.new_page()
        opened = _open(page, camera=True)
        assert opened["granted"] == {
            "echo_cancellation": False,
            "noise_suppression": False,
            "auto_gain_control": False,
            "channel_count": 2,
            "sample_rate": 44_100,
            "video": True,
        }
        assert opened["hasPicture"] and "Fake" in opened["deviceName"]
        microphones = page.evaluate(
            "import('/static/recording/microphone.js').then((m) => m.listMicrophones())"
        )
        assert len(microphones) == 3 and all(one["id"] and one["name"] for one in microphones)
        # One that was chosen another day and is not there any more.
        assert "Fake" in _open(page, deviceId="gone")["deviceName"]


def test_a_refusal_is_told(browser: Browser, intake_service: RunningService, tmp_path: Path) -> None:
    sound = write_microphone(tmp_path / "sound.wav", noise(1.0, -30))
    with (
        with_microphone(browser, sound, allowed=False) as launched,
        window(launched, intake_service.url) as context,
    ):
        page = context.new_page()
        refused = _open(page)
        assert refused == {"code": "permission_refused", "title": "Greenroom may not use the microphone."}
        context.grant_permissions(["microphone"])
        refused = _open(page, camera=True)
        assert refused == {"code": "permission_refused", "title": "Greenroom may not use the camera."}
        assert "granted" in _open(page)


def test_no_microphone_and_no_secure_page_are_told(browser: Browser, intake_service: RunningService) -> None:
    also = [f"--host-resolver-rules=MAP {OTHER_HOST} 127.0.0.1"]
    with with_microphone(browser, None, also=also) as launched:
        with window(launched, intake_service.url) as context:
            missing = _open(context.new_page())
            assert missing == {"code": "no_microphone", "title": "No microphone was found."}
        with window(launched, intake_service.url.replace("127.0.0.1", OTHER_HOST)) as context:
            insecure = _open(context.new_page())
            assert insecure == {"code": "insecure_page", "title": "This page cannot record here."}


PART = 2.0
"""Seconds of each kind of sound, played over and over."""


def _check_sounds() -> dict[str, Any]:
    spoken = speech(PART)
    spoken *= 0.5 / np.abs(spoken).max()
    return {
        "good": spoken,
        "silent": np.zeros_like(spoken),
        "too_quiet": spoken * 10 ** (-40 / 20),
        "clipping": np.clip(spoken * 12, -1, 1),
        "noisy_room": spoken + noise(PART, -28),
    }


CHECK = """async (sound) => {
  const { checkMicrophone } = await import("/static/recording/microphone-check.js");
  const { LevelMeter } = await import("/static/recording/level-meter.js");
  // A microphone that hears this sound alone, whenever it is listened to.
  const context = new AudioContext();
  const bytes = Uint8Array.from(atob(sound), (letter) => letter.charCodeAt(0));
  const buffer = await context.decodeAudioData(bytes.buffer);
  const source = new AudioBufferSourceNode(context, { buffer, loop: true });
  const output = new MediaStreamAudioDestinationNode(context);
  source.connect(output);
  source.start();
  const { stream } = output;
  const capture = { stream, track: stream.getAudioTracks()[0], onLost: () => () => {} };
  const meter = new LevelMeter(stream);
  let levels = 0;
  let silence = 0;
  const onLevel = () => {
    levels += 1;
    silence = Math.max(silence, meter.read().silent_for);
  };
  const { verdict, url, release } = await checkMicrophone(capture, { seconds: 1.8, onLevel });
  const player = new Audio(url);
  await new Promise((ready, failed) => {
    player.addEventListener("canplaythrough", ready);
    player.addEventListener("error", () => failed(player.error));
  });
  release();
  meter.close();
  await context.close();
  return { verdict, levels, silence };
}"""


@pytest.mark.parametrize(
    "verdict",
    [
        "silent",
        "clipping",
        "noisy_room",
        *(pytest.param(verdict, marks=pytest.mark.long) for verdict in ("good", "too_quiet")),
    ],
)
def test_the_check_tells_what_is_wrong(
    microphone_browser: Browser, intake_service: RunningService, tmp_path: Path, verdict: str
) -> None:
    sound = write_microphone(tmp_path / "sound.wav", _check_sounds()[verdict]).read_bytes()
    with window(microphone_browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        encoded = base64.b64encode(sound).decode()

        def found_so() -> bool:
            found = page.evaluate(CHECK, encoded)
            silent = found["silence"] > 1.0
            return (found["verdict"], silent) == (verdict, verdict == "silent") and found["levels"] > 5

        # Where the browser gets no processor, the microphone of this test has gaps, and what is said of it is
        # true: the check is made again.
        eventually(found_so)


@pytest.mark.long
def test_a_muted_microphone_is_told_while_recording(
    microphone_browser: Browser, intake_service: RunningService
) -> None:
    with window(microphone_browser, intake_service.url) as context:
        page = context.new_page()
        start_take(page)
        # As the switch on a headset does it.
        page.evaluate(
            """() => {
              Object.defineProperty(window.capture.track, "muted", { configurable: true, value: true });
              window.capture.track.dispatchEvent(new Event("mute"));
            }"""
        )
        record_until(page, 1.3)
        assert now(page)["error"] == "silent_track" and now(page)["state"] == "recording"
        page.evaluate(
            """() => {
              delete window.capture.track.muted;
              window.capture.track.dispatchEvent(new Event("unmute"));
            }"""
        )
        page.wait_for_function("() => window.take.error === null")
        page.evaluate("window.take.discard()")


def test_every_error_of_a_recording_is_listed_and_has_its_words(
    browser: Browser, intake_service: RunningService
) -> None:
    modules = "".join(path.read_text() for path in RECORDING.glob("*.js"))
    listed = (RECORDING / "errors.js").read_text().split("`code` is stable:")[1].split("*/")[0]
    codes = {word for word in re.findall(r"[a-z]+_[a-z_]+", listed)}
    assert set(re.findall(r'RecordingError\(\s*"(\w+)"', modules)) <= codes
    with window(browser, intake_service.url) as context:
        page = context.new_page()
        page.goto("/settings")
        for code in codes:
            words, unknown = page.evaluate(
                """async (code) => {
                  const { recordingErrorWords } = await import("/static/format/errors.js");
                  return [recordingErrorWords({ code }), recordingErrorWords({ code: "no such code" })];
                }""",
                code,
            )
            assert words["title"] != unknown["title"] and words["text"], code
