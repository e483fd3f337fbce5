"""Sounds for a microphone that is a file, a Chromium that has it, and what became of what it heard."""

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import librosa
import numpy as np
import soundfile
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page

from tests.browser.browser_paths import find_browser
from tests.media_files.builders import Samples, burst_starts, tone_bursts
from tests.service.running import PATIENCE, RunningService

RATE = 48_000
SPEECH = Path(__file__).parents[2] / "samples" / "audio" / "good-answer.flac"
SPEECH_START = 2.0
"""Seconds of the sample from which on there is speech all the time."""

TICK_TOLERANCE = 0.015
"""Seconds: a packet of sound lost or doubled is 0.06."""

HOLE = 0.05
"""Seconds by which time stamps jump where the browser has lost sound: a packet is 0.06."""
NEAR_HOLE = 0.5
"""Seconds around such a place."""

NOTE_WHAT_IS_GIVEN = """
  window.given = [];
  window.MediaRecorder = class extends MediaRecorder {
    constructor(...details) {
      super(...details);
      const chunks = [];
      window.given.push(chunks);
      this.addEventListener("dataavailable", ({ data }) => data.size > 0 && chunks.push(data));
    }
  };
"""
"""Notes the chunks that each recorder of a page gives: what the service must have, however much that is."""

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]


def speech(duration: float) -> Samples:
    """Somebody speaking, shape (n,), 48 kHz."""
    samples, rate = soundfile.read(SPEECH, dtype="float32")
    first = int(SPEECH_START * rate)
    resampled = librosa.resample(
        samples[first : first + int((duration + 0.1) * rate)], orig_sr=rate, target_sr=RATE
    )
    return np.asarray(resampled[: int(duration * RATE)], dtype=np.float32)


def noise(duration: float, level: float) -> Samples:
    """White noise, `level` in dB re full scale."""
    generator = np.random.default_rng(4)
    return (generator.standard_normal(int(duration * RATE)) * 10 ** (level / 20)).astype(np.float32)


def ticking(duration: float) -> Samples:
    """A tone of 0.2 s at every full second, so that what is missing can be told."""
    return tone_bursts(duration, range(int(duration)), rate=RATE)


def write_microphone(path: Path, samples: Samples) -> Path:
    """The file as Chromium reads it: 48 kHz, 16 bit."""
    soundfile.write(path, np.clip(samples, -1, 1), RATE, subtype="PCM_16")
    return path


@contextmanager
def with_microphone(
    browser: Browser | BrowserType, sound: Path | None, *, allowed: bool = True, also: Sequence[str] = ()
) -> Iterator[Browser]:
    """Another Chromium.

    Args:
        browser: any that runs, or its type.
        sound: what the microphone hears, once, from when it is opened; None: no microphone, no camera.
        allowed: whether pages may use it; else every request is refused.
        also: further arguments of Chromium.
    """
    arguments = [*ARGUMENTS, *also]
    if sound is not None:
        arguments += [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={sound}%noloop",
        ]
    if allowed:
        arguments.append("--use-fake-ui-for-media-stream")
    kind = browser.browser_type if isinstance(browser, Browser) else browser
    launched = kind.launch(executable_path=find_browser(), args=arguments)
    yield launched
    launched.close()


@contextmanager
def window(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """A window of its own, with storage of its own."""
    context = browser.new_context(base_url=url)
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(NOTE_WHAT_IS_GIVEN)
    yield context
    context.close()


@dataclass(frozen=True)
class Recording:
    """What the service has of a recording."""

    content: bytes
    samples: Samples
    """Decoded: shape (n,), 48 kHz."""
    holes: list[float]
    """Seconds at which the browser itself had lost sound, as it does where it gets no processor for long."""

    @property
    def seconds(self) -> float:
        """How much sound it has. On a machine that stands still, less than the time that went by."""
        return len(self.samples) / RATE

    def is_exactly(self, expected: bytes) -> bool:
        """Whether it is this; asked in one word, because pytest would show all that differs, line by line."""
        return self.content == expected

    def missing_ticks(self) -> list[tuple[float, float]]:
        """Neighbouring ticks that are not one second apart, in seconds: something is missing or twice."""
        # A recording may begin in the middle of a tick, which then is no start.
        starts = [start for start in burst_starts(self.samples, RATE) if start > TICK_TOLERANCE]
        return [
            (one, other)
            for one, other in pairwise(starts)
            if abs(other - one - 1.0) > TICK_TOLERANCE
            and not any(one - NEAR_HOLE < hole < other + NEAR_HOLE for hole in self.holes)
        ]


def stored(service: RunningService, answer: str) -> Recording:
    """What the service has of a recording."""
    return decoded(service.client.get(f"/api/answers/{answer}/original").raise_for_status().content)


def decoded(content: bytes) -> Recording:
    """A recording, with its sound."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    pieces: list[Samples] = []
    holes: list[float] = []
    with av.open(io.BytesIO(content), mode="r") as container:
        end: float | None = None
        seconds = 0.0
        for frame in container.decode(audio=0):
            start = frame.time or 0.0
            if end is not None and start - end > HOLE:
                holes.append(seconds)
            length = frame.samples / frame.sample_rate
            end = start + length
            seconds += length
            pieces += [out.to_ndarray()[0] for out in resampler.resample(frame)]
    return Recording(content, np.concatenate(pieces), holes)


def given(page: Page, chunks: int | None = None) -> bytes:
    """What the page's last recorder gave to it, all of it or its first chunks."""
    encoded: str = page.evaluate(
        """(chunks) => new Promise((resolve) => {
          const reader = new FileReader();
          reader.addEventListener("load", () => resolve(reader.result.split(",")[1]));
          reader.readAsDataURL(new Blob(window.given.at(-1).slice(0, chunks ?? undefined)));
        })""",
        chunks,
    )
    return base64.b64decode(encoded)
