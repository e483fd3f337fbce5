"""Speech and silence in audio with known silences."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.measures.pauses import SHORTEST_PAUSE
from analysis.report import Span, Word
from analysis.signal.answer_span import find_answer
from analysis.signal.speech_probability import SILERO_FRAME
from analysis.signal.voice_activity import Activity, detect_activity
from tests.analysis import sounds
from tests.analysis.constructed import recording_of

CLEAN = ("good-answer", "too-long", "many-fillers", "fast", "long-pauses", "too-short")
THRESHOLD_LEEWAY = 0.04
"""Seconds around the shortest pause within which either verdict is right."""


@pytest.fixture(scope="module")
def speech(recording: Callable[[str], Recording], manifest: dict[str, dict[str, Any]]) -> np.ndarray:
    """Six seconds of speech without a silence at either end."""
    pieces = manifest["good-answer"]["segments"]
    samples = recording("good-answer").samples
    return np.concatenate(
        [samples[int(p["start"] * SAMPLE_RATE) : int(p["end"] * SAMPLE_RATE)] for p in pieces[:2]]
    )


def _pauses(activity: Activity) -> list[Span]:
    answer = find_answer(activity, [], None)
    assert answer is not None
    return [
        s
        for s in answer.silences
        if s.duration >= SHORTEST_PAUSE and answer.span.start < s.start and s.end < answer.span.end
    ]


def test_pauses_of_clean_answers_are_found_and_real(
    activity: Callable[[str], Activity], manifest: dict[str, dict[str, Any]]
) -> None:
    found = missed = right = wrong = 0
    edges: list[float] = []
    for name in CLEAN:
        listed = [(Span(p["start"], p["end"]), p["exact"]) for p in manifest[name]["pauses"]]
        silences = activity(name).silences
        for pause in _pauses(activity(name)):
            under = [(p, exact) for p, exact in listed if p.overlap(pause) > 0.5 * pause.duration]
            if any(not exact for _, exact in under):
                continue
            if any(p.duration >= SHORTEST_PAUSE - THRESHOLD_LEEWAY for p, _ in under):
                right += 1
            elif pause.duration >= SHORTEST_PAUSE + THRESHOLD_LEEWAY:
                wrong += 1
        for pause, exact in listed:
            if not exact or pause.duration < SHORTEST_PAUSE + THRESHOLD_LEEWAY:
                continue
            best = max(silences, key=pause.overlap)
            if pause.overlap(best) > 0.5 * pause.duration and best.duration >= SHORTEST_PAUSE:
                found += 1
                edges += [abs(best.start - pause.start), abs(best.end - pause.end)]
            else:
                missed += 1
    assert found + missed > 100
    assert found / (found + missed) >= 0.95
    assert right / (right + wrong) >= 0.95
    assert float(np.median(edges)) < 0.03


@pytest.mark.parametrize("name", CLEAN)
def test_span_starts_and_ends_with_the_speech(
    name: str, activity: Callable[[str], Activity], manifest: dict[str, dict[str, Any]]
) -> None:
    pieces = manifest[name]["segments"]
    words = [Word(piece["text"], piece["start"], piece["end"], 0.9) for piece in pieces]
    answer = find_answer(activity(name), words, None)
    assert answer is not None
    assert answer.span.start == pytest.approx(manifest[name]["speech_start"], abs=0.15)
    assert answer.span.end == pytest.approx(manifest[name]["speech_end"], abs=0.15)


def test_inserted_silences_are_placed_to_the_frame(speech: np.ndarray) -> None:
    lengths = (0.4, 0.8, 1.5, 3.0)
    parts = [sounds.silence(0.7)]
    truth: list[Span] = []
    for length in lengths:
        parts += [speech]
        at = sum(len(part) for part in parts) / SAMPLE_RATE
        truth.append(Span(at, at + length))
        parts += [sounds.silence(length)]
    parts += [speech, sounds.silence(0.7)]
    samples = np.concatenate(parts)
    found = _pauses(detect_activity(recording_of(samples + sounds.noise(len(samples) / SAMPLE_RATE, -65))))
    for pause in truth:
        best = max(found, key=pause.overlap)
        assert best.start == pytest.approx(pause.start, abs=0.06)
        assert best.end == pytest.approx(pause.end, abs=0.06)


@pytest.mark.parametrize(
    "samples",
    [
        sounds.silence(8),
        sounds.noise(8, -20),
        sounds.noise(8, -45, seed=2),
        sounds.noise(8, -25, brown=True),
        sounds.music(10),
        sounds.over(sounds.silence(4), sounds.cough(), 2.0),
    ],
    ids=["silence", "loud noise", "quiet noise", "brown noise", "music", "one cough"],
)
def test_other_sounds_are_not_speech(samples: np.ndarray) -> None:
    activity = detect_activity(recording_of(samples))
    assert activity.speech == ()
    assert activity.speech_level is None
    assert find_answer(activity, [], None) is None


@pytest.mark.parametrize("burst", [sounds.cough(), sounds.click()], ids=["cough", "click"])
@pytest.mark.parametrize("room", [-70.0, -50.0])
def test_a_burst_at_either_end_moves_no_edge(burst: np.ndarray, room: float, speech: np.ndarray) -> None:
    quiet = np.concatenate([sounds.silence(2), speech, sounds.silence(2)])
    quiet = quiet + sounds.noise(len(quiet) / SAMPLE_RATE, room)
    length = len(quiet) / SAMPLE_RATE
    plain = find_answer(detect_activity(recording_of(quiet)), [], None)
    disturbed = sounds.over(sounds.over(quiet, burst, 0.6), burst, length - 1.0)
    heard = find_answer(detect_activity(recording_of(disturbed)), [], None)
    assert plain is not None and heard is not None
    assert heard.span.start == pytest.approx(plain.span.start, abs=0.05)
    assert heard.span.end == pytest.approx(plain.span.end, abs=0.05)


def test_a_click_within_a_pause_does_not_split_it(speech: np.ndarray) -> None:
    sound = np.concatenate([speech, sounds.silence(1.2), speech])
    sound = sound + sounds.noise(len(sound) / SAMPLE_RATE, -65)
    at = len(speech) / SAMPLE_RATE
    clicked = sounds.over(sound, sounds.click(), at + 0.6)
    longest = max(_pauses(detect_activity(recording_of(clicked))), key=lambda pause: pause.duration)
    assert longest.duration == pytest.approx(1.2, abs=0.1)


def test_loudness_changes_nothing(speech: np.ndarray) -> None:
    sound = np.concatenate([sounds.silence(1), speech, sounds.silence(1)])
    sound = sound + sounds.noise(len(sound) / SAMPLE_RATE, -65)
    loud = find_answer(detect_activity(recording_of(sound)), [], None)
    quiet = find_answer(detect_activity(recording_of(0.2 * sound)), [], None)
    assert loud is not None and quiet is not None
    assert quiet.span.start == pytest.approx(loud.span.start, abs=0.06)
    assert quiet.span.end == pytest.approx(loud.span.end, abs=0.06)


def test_leading_silence_only_shifts_times(speech: np.ndarray) -> None:
    sound = np.concatenate([sounds.silence(1), speech, sounds.silence(0.5), speech, sounds.silence(1)])
    later = 100 * SILERO_FRAME
    here = _pauses(detect_activity(recording_of(sound)))
    there = _pauses(detect_activity(recording_of(np.concatenate([sounds.silence(later), sound]))))
    assert len(here) == len(there)
    for first, second in zip(here, there, strict=True):
        assert second.start - later == pytest.approx(first.start, abs=0.03)
        assert second.end - later == pytest.approx(first.end, abs=0.03)


def test_a_gap_does_not_count_as_background_noise(speech: np.ndarray) -> None:
    noisy = np.concatenate([sounds.silence(1), speech, sounds.silence(30), speech, sounds.silence(1)])
    noisy = noisy + sounds.noise(len(noisy) / SAMPLE_RATE, -45)
    hole = (1 + len(speech) / SAMPLE_RATE + 0.5, 1 + len(speech) / SAMPLE_RATE + 29.5)
    holed = noisy.copy()
    holed[int(hole[0] * SAMPLE_RATE) : int(hole[1] * SAMPLE_RATE)] = 0.0
    activity = detect_activity(recording_of(holed, gaps=[hole]))
    assert activity.gaps == (Span(*hole),)
    assert activity.noise_floor == pytest.approx(detect_activity(recording_of(noisy)).noise_floor, abs=2)


@pytest.mark.parametrize("length", [0, 1, 159, 160, 511, 513])
def test_very_short_recordings_raise_no_error(length: int) -> None:
    activity = detect_activity(recording_of(np.zeros(length, dtype=np.float32)))
    assert activity.speech == ()


def test_silences_and_speech_are_in_order_and_disjoint(activity: Callable[[str], Activity]) -> None:
    found = activity("many-fillers")
    spans = sorted((*found.speech, *found.silences), key=lambda span: span.start)
    assert all(first.end <= second.start + 1e-9 for first, second in pairwise(spans))
    assert all(0.0 <= p <= 1.0 for p in found.probabilities)
    assert len(found.probabilities) == pytest.approx(found.duration / SILERO_FRAME, abs=1.01)
