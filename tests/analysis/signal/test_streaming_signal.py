"""A recording that is followed while it goes on gives what the whole one gives, to the bit."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.report import Span
from analysis.signal.bands import BandPowers, band_powers
from analysis.signal.levels import FRAME, frame_levels
from analysis.signal.pitch import frame_pitch
from analysis.signal.streaming import GrowingSound
from analysis.signal.voice_activity import Activity, detect_activity
from tests.accuracy import degraded
from tests.analysis import sounds
from tests.analysis.constructed import recording_of


def followed(recording: Recording, seed: int) -> tuple[Activity, GrowingSound, list[float]]:
    """Hands the sound over in pieces of up to 3 s, and says when each window was chosen."""
    rng = np.random.default_rng(seed)
    sound = GrowingSound()
    filled, chosen_at = 0, []
    gaps = recording.description.gaps
    while filled < len(recording.samples):
        filled = min(len(recording.samples), filled + int(rng.integers(1, 3 * SAMPLE_RATE)))
        so_far = recording.samples[:filled].copy()
        before = tuple(gap for gap in gaps if gap.end * SAMPLE_RATE <= filled)
        chosen = sound.extend(so_far, before)
        so_far[:] = np.nan  # nothing may look at it again
        chosen_at += [filled / SAMPLE_RATE] * len(chosen)
    return detect_activity(recording, sound=sound), sound, chosen_at


def noisy(recording: Recording) -> Recording:
    noise = sounds.noise(len(recording.samples) / SAMPLE_RATE, -42)
    return replace(
        recording, samples=(recording.samples + noise[: len(recording.samples)]).astype(np.float32)
    )


def in_a_room(recording: Recording) -> Recording:
    room = degraded.in_room(recording.samples, 0.8, 0.0, np.random.default_rng(3))
    return replace(recording, samples=room.astype(np.float32)[: len(recording.samples)])


def with_a_hole(recording: Recording) -> Recording:
    samples = recording.samples.copy()
    samples[30 * SAMPLE_RATE : 33 * SAMPLE_RATE] = 0.0
    description = replace(recording.description, gaps=(Span(30.0, 33.0),))
    return replace(recording, samples=samples, description=description)


@pytest.mark.parametrize("name", ["long-pauses", "many-fillers"])
@pytest.mark.parametrize("change", [None, noisy, in_a_room, with_a_hole])
def test_followed_and_whole_are_the_same(
    recording: Callable[[str], Recording], name: str, change: Callable[[Recording], Recording] | None
) -> None:
    answer = recording(name) if change is None else change(recording(name))
    whole = detect_activity(answer)
    activity, sound, chosen_at = followed(answer, seed=7)
    assert activity == whole
    assert np.array_equal(sound.levels, frame_levels(answer.samples))
    assert np.array_equal(sound.pitch, frame_pitch(answer.samples))
    # All but what the end decides was known soon after it was said.
    assert len(chosen_at) >= len(whole.segments) - 2
    for segment, moment in zip(whole.segments, chosen_at, strict=False):
        assert moment - segment.window.start < 18.5 + 3.0 + 2.0


def test_bands_are_the_same_wherever_they_are_asked_for(recording: Callable[[str], Recording]) -> None:
    samples = recording("too-short").samples
    whole = band_powers(samples)
    powers = BandPowers()
    for last in range(50, len(whole), 333):
        known = min(len(samples), round((last + 1) * FRAME * SAMPLE_RATE))
        first = max(0, last - 450)
        powers.within(samples[:known], first, last // 100 * 100)
    assert np.array_equal(powers.within(samples, 0, len(whole)), whole)


@pytest.mark.parametrize("length", [0, 1, 100, 160, 511, 512, 16_384, 16_385])
def test_the_shortest_recordings_can_be_followed(length: int) -> None:
    short = recording_of(np.zeros(length, dtype=np.float32))
    assert followed(short, seed=1)[0] == detect_activity(short)
