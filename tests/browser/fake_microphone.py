"""Sounds for a microphone that is a file, and a Chromium that has it."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import av
import librosa
import numpy as np
import soundfile
from playwright.sync_api import Browser, BrowserContext

from tests.browser.browser_paths import find_browser
from tests.media_files.builders import Samples, burst_starts, tone_bursts
from tests.service.running import RunningService

RATE = 48_000
SPEECH = Path(__file__).parents[2] / "samples" / "audio" / "good-answer.flac"
SPEECH_START = 2.0
"""Seconds of the sample from which on there is speech all the time."""

TICK_TOLERANCE = 0.015
"""Seconds: a packet of sound lost or doubled is 0.06."""

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
    browser: Browser, sound: Path | None, *, allowed: bool = True, also: Sequence[str] = ()
) -> Iterator[Browser]:
    """Another Chromium.

    Args:
        browser: any that runs.
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
    launched = browser.browser_type.launch(executable_path=find_browser(), args=arguments)
    yield launched
    launched.close()


@contextmanager
def window(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """A window of its own, with storage of its own."""
    context = browser.new_context(base_url=url)
    context.set_default_timeout(20_000)
    yield context
    context.close()


def stored_sound(service: RunningService, answer: str) -> Samples:
    """What the service has of a recording, decoded: shape (n,), 48 kHz."""
    content = service.client.get(f"/api/answers/{answer}/original").raise_for_status().content
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    with av.open(io.BytesIO(content)) as container:
        frames = [out for frame in container.decode(audio=0) for out in resampler.resample(frame)]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def missing_ticks(samples: Samples) -> list[tuple[float, float]]:
    """Neighbouring ticks that are not one second apart, in seconds: where something is missing or twice."""
    # A recording may begin in the middle of a tick, which then is no start.
    starts = [start for start in burst_starts(samples, RATE) if start > TICK_TOLERANCE]
    return [(one, other) for one, other in pairwise(starts) if abs(other - one - 1.0) > TICK_TOLERANCE]
