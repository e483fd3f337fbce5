"""Decoding a damaged container gives the clean twin's sound, or says what is missing."""

from pathlib import Path

import numpy as np
import pytest

from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.measures.pauses import LONG_PAUSE, find_pauses
from analysis.signal.answer_span import find_answer
from analysis.signal.voice_activity import detect_activity
from tests.media_files.comparison import seconds_that_differ
from tests.media_files.damaged_media import DAMAGE, RATE

SAMPLES = Path(__file__).parents[3] / "samples" / "audio"
JOINT = 0.15
"""Seconds that differ at the joint of two files: codecs add some milliseconds at both ends."""


def speech(name: str, length: float) -> np.ndarray:
    """The first seconds of a sample, at `RATE`."""
    return np.repeat(decode(SAMPLES / f"{name}.flac").samples[: round(length * 16_000)], RATE // 16_000)


@pytest.fixture(scope="module")
def short() -> np.ndarray:
    return speech("long-pauses", 5.5)


def twins(folder: Path, name: str, sound: np.ndarray) -> tuple[Recording, Recording]:
    kind = DAMAGE[name]
    return decode(kind.clean(folder / "clean", sound)), decode(kind.damaged(folder / "damaged", sound))


TYPICAL = (
    "stamps jitter by 0.1 s",
    "0.1 s missing in the stamps of each second",
    "clock of speed 0.33",
    "recorder started again each 0.97 s",
    "clock set back by 0.9 s",
    "Ogg granules times 0.333",
    "fragments 0.05 s apart",
    "2 WAV files in one",
    "2 M4A files in one",
    "WebM duration times 1000",
    "WAV byte rate times 0.5",
    "M4A edit of 0 s",
    "3GP without silence",
    "gap of 1.5 s in WebM",
    "microphone lost in MP4",
    "WAV cut off",
)
"""One strength of each kind; the others take a while."""


@pytest.mark.parametrize(
    "name", [name if name in TYPICAL else pytest.param(name, marks=pytest.mark.long) for name in DAMAGE]
)
def test_the_sound_is_that_of_the_clean_twin_or_something_is_said(
    tmp_path: Path, short: np.ndarray, name: str
) -> None:
    clean, damaged = twins(tmp_path, name, short)
    assert clean.notices == ()
    difference = seconds_that_differ(clean.samples, damaged.samples)
    if DAMAGE[name].loses:
        assert damaged.notices or damaged.description.gaps
    else:
        joints = int(name[0]) if name.endswith("files in one") else 1
        assert difference <= joints * JOINT
        assert abs(clean.duration - damaged.duration) <= joints * JOINT
        assert damaged.description.gaps == ()


@pytest.mark.long
@pytest.mark.parametrize("answer", ["long-pauses", "good-answer", "too-short"])
@pytest.mark.parametrize("name", DAMAGE)
def test_pauses_and_length_are_those_of_the_clean_twin(tmp_path: Path, name: str, answer: str) -> None:
    clean, damaged = (figures(recording) for recording in twins(tmp_path, name, speech(answer, 24.0)))
    if not DAMAGE[name].loses:
        assert damaged == (
            pytest.approx(clean[0], abs=0.5),
            pytest.approx(clean[1], abs=1),
            pytest.approx(clean[2], abs=1),
        )
    elif name.startswith("gap of 0.3"):
        # Without a notice of its own: it costs its own length, and at most the pause that it lies in.
        assert damaged[0] == pytest.approx(clean[0], abs=0.5)
        assert damaged[1] == pytest.approx(clean[1], abs=1)


def figures(recording: Recording) -> tuple[float, int, int]:
    """Seconds that were measured, pauses, and long ones; without the recogniser."""
    answer = find_answer(detect_activity(recording), [], None)
    assert answer is not None
    pauses = find_pauses(answer)
    return answer.measured_duration, len(pauses), sum(p.end - p.start >= LONG_PAUSE for p in pauses)
