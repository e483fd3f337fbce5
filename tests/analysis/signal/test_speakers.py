"""A second voice is detected if it is clearly different."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.report import Span
from analysis.signal.levels import frame_levels
from analysis.signal.pitch import frame_pitch, track_pitch
from analysis.signal.speakers import second_voice
from analysis.signal.voice_activity import Activity, detect_activity
from tests.analysis.constructed import recording_of


def _second_voice(samples: np.ndarray, speech: Sequence[Span], level: float | None) -> tuple[Span, ...]:
    assert level is not None
    return second_voice(
        samples, speech, track_pitch(frame_pitch(samples), frame_levels(samples), speech, level)
    )


SAMPLES = ("good-answer", "too-long", "too-short", "many-fillers", "fast", "long-pauses")


@pytest.mark.parametrize("name", SAMPLES)
def test_one_voice_is_not_taken_for_two(
    name: str, recording: Callable[[str], Recording], activity: Callable[[str], Activity]
) -> None:
    found = activity(name)
    assert _second_voice(recording(name).samples, found.speech, found.speech_level) == ()


def test_an_interviewer_with_another_voice_is_detected(recording: Callable[[str], Recording]) -> None:
    asked = recording("too-long").samples[: 8 * SAMPLE_RATE]
    answered = recording("good-answer").samples[: 30 * SAMPLE_RATE]
    both = np.concatenate([asked, answered])
    activity = detect_activity(recording_of(both))
    turns = _second_voice(both, activity.speech, activity.speech_level)
    assert turns, "two voices of clearly different pitch"
    assert all(turn.end <= 8.5 for turn in turns)


@pytest.mark.parametrize("speech", [[], [Span(0.0, 0.5)], [Span(0.0, 3.0)]])
def test_too_little_speech_to_tell(speech: list[Span]) -> None:
    noise = np.random.default_rng(1).standard_normal(5 * SAMPLE_RATE).astype(np.float32) * 0.1
    assert _second_voice(noise, speech, -20.0) == ()
