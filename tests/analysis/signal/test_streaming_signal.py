"""Features, windows and speech of a live recording are identical to those of the whole one."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.report import Span
from analysis.signal.bands import BandPowers
from analysis.signal.levels import FRAME, frame_levels
from analysis.signal.pitch import frame_pitch
from analysis.signal.streaming import SignalStream
from analysis.signal.voice_activity import Activity, detect_activity
from tests.accuracy import degraded
from tests.analysis import sounds
from tests.analysis.constructed import recording_of


def live(recording: Recording, seed: int) -> tuple[Activity, SignalStream, list[float]]:
    """Extends the stream by up to 3 s at a time; also returns when each window was selected."""
    rng = np.random.default_rng(seed)
    signal = SignalStream()
    filled, selected_at = 0, []
    gaps = recording.description.gaps
    while filled < len(recording.samples):
        filled = min(len(recording.samples), filled + int(rng.integers(1, 3 * SAMPLE_RATE)))
        so_far = recording.samples[:filled].copy()
        before = tuple(gap for gap in gaps if gap.end * SAMPLE_RATE <= filled)
        selected = signal.extend(so_far, before)
        so_far[:] = np.nan  # it must not be read again
        selected_at += [filled / SAMPLE_RATE] * len(selected)
    return detect_activity(recording, signal=signal), signal, selected_at


def noisy(recording: Recording) -> Recording:
    noise = sounds.noise(len(recording.samples) / SAMPLE_RATE, -42)
    return replace(
        recording, samples=(recording.samples + noise[: len(recording.samples)]).astype(np.float32)
    )


def in_a_room(recording: Recording) -> Recording:
    room = degraded.in_room(recording.samples, 0.8, 0.0, np.random.default_rng(3))
    return replace(recording, samples=room.astype(np.float32)[: len(recording.samples)])


def over_telephone(recording: Recording) -> Recording:
    return replace(recording, samples=degraded.over_telephone(recording.samples))


def very_quiet(recording: Recording) -> Recording:
    return replace(recording, samples=recording.samples * np.float32(10 ** (-50 / 20)))


def with_a_hole(recording: Recording) -> Recording:
    samples = recording.samples.copy()
    samples[30 * SAMPLE_RATE : 33 * SAMPLE_RATE] = 0.0
    description = replace(recording.description, gaps=(Span(30.0, 33.0),))
    return replace(recording, samples=samples, description=description)


def muted_at_times(recording: Recording) -> Recording:
    samples = noisy(recording).samples.copy()
    for start, end in ((0, 4), (30, 36), (45, 46)):
        samples[start * SAMPLE_RATE : end * SAMPLE_RATE] = 0.0
    return replace(recording, samples=samples)


@pytest.mark.parametrize("name", ["long-pauses", "many-fillers"])
@pytest.mark.parametrize(
    "change", [None, noisy, in_a_room, with_a_hole, muted_at_times, over_telephone, very_quiet]
)
def test_live_and_whole_are_identical(
    recording: Callable[[str], Recording], name: str, change: Callable[[Recording], Recording] | None
) -> None:
    answer = recording(name) if change is None else change(recording(name))
    whole = detect_activity(answer)
    activity, signal, selected_at = live(answer, seed=7)
    assert activity == whole
    assert np.array_equal(signal.levels, frame_levels(answer.samples))
    assert np.array_equal(signal.pitch, frame_pitch(answer.samples))
    if change is very_quiet:
        return
    # All windows but those at the end were selected soon after they were spoken.
    assert len(selected_at) >= len(whole.windows) - 2
    for window, moment in zip(whole.windows, selected_at, strict=False):
        assert moment - window.span.start < 18.5 + 3.0 + 2.0


def test_bands_do_not_depend_on_the_order_of_requests(recording: Callable[[str], Recording]) -> None:
    samples = recording("too-short").samples
    frames = len(samples) // round(FRAME * SAMPLE_RATE)
    whole = BandPowers().within(samples, 0, frames)
    powers = BandPowers()
    for last in range(50, len(whole), 333):
        known = min(len(samples), round((last + 1) * FRAME * SAMPLE_RATE))
        first = max(0, last - 450)
        powers.within(samples[:known], first, last // 100 * 100)
    assert np.array_equal(powers.within(samples, 0, len(whole)), whole)


@pytest.mark.parametrize("length", [0, 1, 100, 160, 511, 512, 16_384, 16_385])
def test_the_shortest_recordings_can_be_live(length: int) -> None:
    short = recording_of(np.zeros(length, dtype=np.float32))
    assert live(short, seed=1)[0] == detect_activity(short)
