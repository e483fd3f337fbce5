"""Padding, a noise gate and a muted microphone leave the figures of the rest as they were."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.acoustics import measure_acoustics
from analysis.audio.recording import Recording
from analysis.measures.pauses import find_pauses
from analysis.report import ModelDescription, Pause, Span, Transcript
from analysis.signal.answer_span import Answer, find_answer
from analysis.signal.digital_silence import SHORTEST_MUTE, frames_with_sound
from analysis.signal.levels import FRAME, frame_levels
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.transcription.protocol import Transcription
from tests.analysis import sounds
from tests.analysis.constructed import recording_of

Samples = np.ndarray[Any, np.dtype[np.float32]]
WORD_END = 0.15
"""Seconds. The weak end of a word may be heard or not, by where the frames of Silero begin."""
NO_WORDS = Transcription(Transcript("en", (), ()), 0.0, ModelDescription("none", "0" * 64, {}))


@pytest.fixture(scope="module")
def answer(recording: Callable[[str], Recording]) -> Samples:
    """A practice answer in a room, never silent."""
    samples = recording("good-answer").samples
    return (samples + sounds.noise(len(samples) / SAMPLE_RATE, -62)).astype(np.float32)[: 45 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def pauses(manifest: dict[str, dict[str, Any]]) -> list[Span]:
    """The labelled pauses of that part of it."""
    listed = [Span(p["start"], p["end"]) for p in manifest["good-answer"]["pauses"] if p["exact"]]
    return [pause for pause in listed if pause.end < 45.0]


@pytest.fixture(scope="module")
def clean(answer: Samples) -> Activity:
    return detect_activity(recording_of(answer))


def answered(activity: Activity) -> Answer:
    found = find_answer(activity, [], None)
    assert found is not None
    return found


def assert_same_pauses(found: Sequence[Pause], expected: Sequence[Pause], *, later: float = 0.0) -> None:
    assert len(found) == len(expected) > 8
    for one, other in zip(found, expected, strict=True):
        assert one.start - later == pytest.approx(other.start, abs=WORD_END)
        assert one.end - later == pytest.approx(other.end, abs=WORD_END)


def gated(samples: Samples, pauses: Sequence[Span], *, hold: float) -> Samples:
    """As a noise gate leaves it that closes `hold` seconds after the speech."""
    out = samples.copy()
    for pause in pauses:
        out[round((pause.start + hold) * SAMPLE_RATE) : round(pause.end * SAMPLE_RATE)] = 0.0
    return out


def loud_moment(samples: Samples, activity: Activity) -> float:
    """The loudest moment of the longest stretch of speech in the first 30 s: the middle of a vowel."""
    early = [stretch for stretch in activity.speech if stretch.end < 30.0]
    spoken = max(early, key=lambda stretch: stretch.duration)
    first, last = round(spoken.start / FRAME), round(spoken.end / FRAME)
    return (first + int(np.argmax(frame_levels(samples)[first:last]))) * FRAME


@pytest.mark.parametrize("residue", [0.0, 1e-5], ids=["zeros", "a codec's -100 dB"])
@pytest.mark.parametrize(("before", "after"), [(5.0, 0.0), (0.0, 30.0), (2.5, 2.5)])
def test_padding_changes_no_pause(
    before: float, after: float, residue: float, answer: Samples, clean: Activity
) -> None:
    padded = np.concatenate([sounds.silence(before), answer, sounds.silence(after)])
    padded += residue * np.where(np.arange(len(padded)) % 8 < 4, 1, -1).astype(np.float32)
    activity = detect_activity(recording_of(padded))
    assert_same_pauses(find_pauses(answered(activity)), find_pauses(answered(clean)), later=before)
    assert answered(activity).span.start - before == pytest.approx(answered(clean).span.start, abs=0.06)
    assert answered(activity).span.end - before == pytest.approx(answered(clean).span.end, abs=0.06)
    assert activity.signal_to_noise == pytest.approx(clean.signal_to_noise, abs=1.0)
    assert activity.gaps == ()


@pytest.mark.parametrize("hold", [0.0, 0.05, 0.15])
def test_a_noise_gate_gives_the_same_pauses(
    hold: float, answer: Samples, pauses: list[Span], clean: Activity
) -> None:
    activity = detect_activity(recording_of(gated(answer, pauses, hold=hold)))
    assert_same_pauses(find_pauses(answered(activity)), find_pauses(answered(clean)))
    assert activity.signal_to_noise == pytest.approx(clean.signal_to_noise, abs=3.0)
    assert activity.mutes == ()


def test_a_long_pause_behind_a_gate_counts_with_its_length(answer: Samples, pauses: list[Span]) -> None:
    longest = max(pauses, key=lambda pause: pause.duration)
    at = round((longest.start + 0.1) * SAMPLE_RATE)
    behind = gated(answer, pauses, hold=0.05)
    stretched = np.concatenate([behind[:at], sounds.silence(5.0), behind[at:]])
    activity = detect_activity(recording_of(stretched))
    found = max(find_pauses(answered(activity)), key=lambda pause: pause.end - pause.start)
    assert found.end - found.start == pytest.approx(5.0 + longest.duration, abs=0.1)
    assert activity.mutes == ()


def test_zeros_that_cut_off_speech_are_a_mute(answer: Samples, clean: Activity) -> None:
    start = loud_moment(answer, clean)
    mute = Span(start, start + 5.0)
    muted = answer.copy()
    muted[round(mute.start * SAMPLE_RATE) : round(mute.end * SAMPLE_RATE)] = 0.0
    recording = recording_of(muted)
    activity = detect_activity(recording)
    (found,) = activity.mutes
    assert found.start == pytest.approx(mute.start, abs=0.06)
    assert found.end == pytest.approx(mute.end, abs=0.06)
    assert not any(found.overlap(Span(p.start, p.end)) > 0.1 for p in find_pauses(answered(activity)))
    acoustics = measure_acoustics(recording, activity, NO_WORDS, None)
    (notice,) = acoustics.notices
    assert (notice.code, notice.start, notice.end) == ("muted", found.start, found.end)
    assert acoustics.recording.gaps == (found,)


def test_a_short_interruption_is_no_mute(answer: Samples, clean: Activity) -> None:
    at = round(loud_moment(answer, clean) * SAMPLE_RATE)
    muted = answer.copy()
    muted[at : at + round((SHORTEST_MUTE - 0.2) * SAMPLE_RATE)] = 0.0
    assert detect_activity(recording_of(muted)).mutes == ()


def test_the_noise_of_a_very_quiet_room_is_sound() -> None:
    rng = np.random.default_rng(1)
    levels = np.where(np.arange(3000) % 300 < 150, -25.0, -98.0) + rng.normal(0, 2, 3000)
    odds = np.where(np.arange(3000) % 300 < 150, 5.0, -5.0)
    assert frames_with_sound(levels.astype(np.float32), odds).all()
    quiet = np.where(np.arange(3000) % 300 < 150, -77.0, -116.0) + rng.normal(0, 2, 3000)
    assert frames_with_sound(quiet.astype(np.float32), odds).all()
