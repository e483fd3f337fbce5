"""Reverberation time, on speech in simulated rooms."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis.audio.recording import Recording
from analysis.report import Span
from analysis.signal.voice_activity import detect_activity
from tests.accuracy import degraded
from tests.analysis.constructed import recording_of


@pytest.mark.parametrize("seconds", [0.6, 0.9])
def test_the_simulated_reverberation_time_is_found(
    seconds: float, recording: Callable[[str], Recording]
) -> None:
    speech = recording("good-answer").samples
    rng = np.random.default_rng(4)
    activity = detect_activity(recording_of(degraded.in_room(speech, seconds, 0.0, rng)))
    assert activity.reverberation_time == pytest.approx(seconds, rel=0.3)


@pytest.mark.parametrize("name", ["good-answer", "many-fillers", "long-pauses"])
def test_a_dry_recording_does_not_echo(name: str, recording: Callable[[str], Recording]) -> None:
    assert not detect_activity(recording(name)).echoes


def test_a_long_echo_is_reported(recording: Callable[[str], Recording]) -> None:
    rng = np.random.default_rng(4)
    assert detect_activity(
        recording_of(degraded.in_room(recording("good-answer").samples, 0.9, 0.0, rng))
    ).echoes


def test_noise_masks_the_reverberation(
    recording: Callable[[str], Recording], manifest: dict[str, dict[str, Any]]
) -> None:
    spoken = [Span(piece["start"], piece["end"]) for piece in manifest["too-short"]["segments"]]
    rng = np.random.default_rng(4)
    noisy = degraded.with_noise(recording("too-short").samples, spoken, degraded.white, 10.0, rng)
    assert detect_activity(recording_of(noisy)).reverberation_time is None
