"""Syllable nuclei: synthetic sound with a known number of them, and the sample answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.build_report import MeasureOptions
from analysis.report import Filler, Span, Word
from analysis.signal.answer_span import find_answer
from analysis.signal.levels import FRAME, frame_levels
from analysis.signal.pitch import PitchTrack, frame_pitch, track_pitch
from analysis.signal.syllable_nuclei import answer_nuclei, syllable_nuclei, syllables_disagree
from analysis.signal.voice_activity import Activity
from tests.analysis.constructed import report_of, transcription_of


def _hum(beats: int, rate: float, *, depth_db: float = 12.0) -> NDArray[np.float32]:
    """A voice of 120 Hz whose level swells `beats` times, `rate` times a second."""
    time = np.arange(int(beats / rate * SAMPLE_RATE)) / SAMPLE_RATE
    level = -depth_db / 2 * (1 + np.cos(2 * np.pi * rate * time))
    voice = sum(np.sin(2 * np.pi * 120.0 * n * time) / n for n in range(1, 8))
    return (0.1 * 10 ** (level / 20) * voice).astype(np.float32)


def _voiced(duration: float) -> PitchTrack:
    times = np.arange(0.0, duration, 0.02)
    return PitchTrack(times, np.full(len(times), 120.0))


@pytest.mark.parametrize(("beats", "rate"), [(6, 2.0), (20, 4.0), (12, 6.0)])
def test_each_swell_of_a_voice_is_a_nucleus(beats: int, rate: float) -> None:
    levels, whole = frame_levels(_hum(beats, rate)), Span(0.0, beats / rate)
    nuclei = syllable_nuclei(levels, _voiced(whole.end), [whole])
    assert len(nuclei) == beats
    assert nuclei == pytest.approx((np.arange(beats) + 0.5) / rate, abs=0.04)


def test_a_dip_under_2_db_separates_no_nuclei() -> None:
    levels = frame_levels(_hum(8, 4.0, depth_db=1.0))
    assert len(syllable_nuclei(levels, _voiced(2.0), [Span(0.0, 2.0)])) <= 1


def test_unvoiced_sound_has_no_nucleus() -> None:
    levels = frame_levels(_hum(8, 4.0))
    half = PitchTrack(np.arange(0.0, 1.0, 0.02), np.full(50, 120.0))
    assert len(syllable_nuclei(levels, half, [Span(0.0, 2.0)])) == 4
    assert len(syllable_nuclei(levels, PitchTrack(np.empty(0), np.empty(0)), [Span(0.0, 2.0)])) == 0


def test_nuclei_are_found_only_in_speech() -> None:
    levels = frame_levels(_hum(8, 4.0))
    assert len(syllable_nuclei(levels, _voiced(2.0), [Span(0.0, 0.5), Span(1.0, 1.5)])) == 4
    assert len(syllable_nuclei(levels, _voiced(2.0), [])) == 0
    assert len(syllable_nuclei(levels, _voiced(2.0), [Span(0.5, 0.5 + FRAME)])) == 0


@pytest.fixture(params=["good-answer", "long-pauses"])
def sample(
    request: pytest.FixtureRequest,
    manifest: dict[str, dict[str, Any]],
    recording: Callable[[str], Recording],
    activity: Callable[[str], Activity],
) -> tuple[NDArray[np.float32], Activity, list[Word]]:
    """A sample answer with its true words, evenly over its speech."""
    found, text = activity(request.param), manifest[request.param]["text"].split()
    start, end = found.speech[0].start, found.speech[-1].end
    step = (end - start) / len(text)
    words = [Word(word, start + i * step, start + (i + 0.9) * step, 0.9) for i, word in enumerate(text)]
    return recording(request.param).samples, found, words


def _disagree(sample: tuple[NDArray[np.float32], Activity, list[Word]], words: list[Word]) -> bool:
    samples, activity, _ = sample
    answer = find_answer(activity, tuple(words), None)
    assert answer is not None
    levels = frame_levels(samples)
    track = track_pitch(frame_pitch(samples), levels, activity.speech, activity.speech_level or 0.0)
    return syllables_disagree(answer_nuclei(levels, track, answer).tolist(), answer, ())


def test_the_true_words_agree_with_the_sound(
    sample: tuple[NDArray[np.float32], Activity, list[Word]],
) -> None:
    assert not _disagree(sample, sample[2])


def test_lost_words_are_detected(sample: tuple[NDArray[np.float32], Activity, list[Word]]) -> None:
    assert _disagree(sample, sample[2][::3])


def test_invented_words_are_detected(
    sample: tuple[NDArray[np.float32], Activity, list[Word]],
) -> None:
    doubled = [replace(word, text=f"{word.text.strip('.,')}-{word.text}") for word in sample[2]]
    assert _disagree(sample, doubled)


def test_nuclei_of_filled_pauses_belong_to_no_word(
    sample: tuple[NDArray[np.float32], Activity, list[Word]],
) -> None:
    samples, activity, words = sample
    answer = find_answer(activity, tuple(words), None)
    assert answer is not None
    levels = frame_levels(samples)
    track = track_pitch(frame_pitch(samples), levels, activity.speech, activity.speech_level or 0.0)
    everything = Filler("um", 0.0, activity.duration, "filled_pause", "heard", "filler", 0.9)
    assert syllables_disagree(answer_nuclei(levels, track, answer).tolist(), answer, [everything])


def test_lost_words_lower_the_state_of_syllable_measures(
    manifest: dict[str, dict[str, Any]],
    recording: Callable[[str], Recording],
    activity: Callable[[str], Activity],
    sample: tuple[NDArray[np.float32], Activity, list[Word]],
) -> None:
    _, found, words = sample
    name = next(name for name in manifest if activity(name) is found)
    whole, lost = (
        report_of(recording(name), found, transcription_of(tuple(kept)), MeasureOptions()).measures
        for kept in (words, words[::3])
    )
    assert whole["articulation_rate"].reason != "syllables_disagree"
    assert lost["articulation_rate"].state == lost["mean_length_of_run"].state == "low_confidence"
    assert lost["articulation_rate"].reason == "syllables_disagree"
    assert lost["speaking_rate"].reason != "syllables_disagree"
