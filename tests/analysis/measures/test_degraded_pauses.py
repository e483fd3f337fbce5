"""Pauses in degraded versions of clean answers, whose labels still hold.

The floors lie under what was measured when they were set, by about as much as one clip differs from the next.
"""

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from analysis.audio.recording import Recording
from analysis.measures.pauses import find_pauses
from analysis.report import Span
from analysis.signal.answer_span import find_answer
from analysis.signal.voice_activity import detect_activity
from tests.accuracy import degraded
from tests.analysis.constructed import recording_of

NAMES = ("good-answer", "many-fillers", "long-pauses")
THRESHOLD_LEEWAY = 0.02
"""Seconds around the shortest pause within which either verdict is right."""


def _found(samples: degraded.Samples) -> list[Span]:
    answer = find_answer(detect_activity(recording_of(samples)), [], None)
    assert answer is not None
    return [Span(pause.start, pause.end) for pause in find_pauses(answer)]


def _outcome(found: Sequence[Span], pauses: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    """Numbers of hits, misses and false pauses; labels that are not exact count neither way."""
    hits = misses = 0
    left = list(found)
    for pause in pauses:
        true = Span(pause["start"], pause["end"])
        under = [p for p in left if p.overlap(true) > 0.5 * min(p.duration, true.duration)]
        left = [p for p in left if p not in under[:1]]
        if pause["exact"] and true.duration >= 0.25 + THRESHOLD_LEEWAY:
            hits += bool(under)
            misses += not under
        elif under and true.duration < 0.25 - THRESHOLD_LEEWAY and pause["exact"]:
            left.append(under[0])
    return hits, misses, len(left)


CASES: dict[str, tuple[float, Callable[..., degraded.Samples]]] = {
    "white 20 dB": (0.97, lambda x, s, rng: degraded.with_noise(x, s, degraded.white, 20.0, rng)),
    "fan 10 dB": (0.96, lambda x, s, rng: degraded.with_noise(x, s, degraded.fan, 10.0, rng)),
    "traffic 20 dB": (0.92, lambda x, s, rng: degraded.with_noise(x, s, degraded.traffic, 20.0, rng)),
    "room": (0.88, lambda x, s, rng: degraded.in_room(x, 0.75, 0.0, rng)),
    "telephone": (0.96, lambda x, s, rng: degraded.over_telephone(x)),
    "moving away": (0.97, lambda x, s, rng: degraded.with_drifting_level(x, rng)),
}


USUAL = ("fan 10 dB", "room", "telephone")
"""Noise, reverberation and a narrow band: the other cases resemble one of these."""


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=() if case in USUAL else pytest.mark.long) for case in CASES]
)
def test_pauses_are_found_in_degraded_recordings(
    case: str, recording: Callable[[str], Recording], manifest: dict[str, dict[str, Any]]
) -> None:
    floor, degrade = CASES[case]
    totals = np.zeros(3)
    for name in NAMES:
        spoken = [Span(piece["start"], piece["end"]) for piece in manifest[name]["segments"]]
        rng = np.random.default_rng(zlib.crc32((case + name).encode()))
        totals += _outcome(_found(degrade(recording(name).samples, spoken, rng)), manifest[name]["pauses"])
    hits, misses, false = totals
    assert hits + misses > 50
    assert 2 * hits / (2 * hits + misses + false) >= floor


def test_degrading_keeps_length_level_and_seed(recording: Callable[[str], Recording]) -> None:
    speech = recording("too-short").samples
    spoken = [Span(0.0, len(speech) / 16_000)]
    for degrade in (
        lambda rng: degraded.with_noise(speech, spoken, degraded.pink, 10.0, rng),
        lambda rng: degraded.with_noise(speech, spoken, degraded.babble([speech]), 10.0, rng),
        lambda rng: degraded.in_room(speech, 0.5, 0.0, rng),
        lambda rng: degraded.with_drifting_level(speech, rng),
    ):
        once, again = (degrade(np.random.default_rng(1)) for _ in range(2))
        assert once.shape == speech.shape
        np.testing.assert_array_equal(once, again)
    noisy = degraded.with_noise(speech, spoken, degraded.pink, 10.0, np.random.default_rng(1))
    noise = (noisy - speech).astype(np.float64)
    power = np.mean(speech.astype(np.float64) ** 2)
    assert 10 * np.log10(power / np.mean(noise**2)) == pytest.approx(10.0, abs=0.1)
