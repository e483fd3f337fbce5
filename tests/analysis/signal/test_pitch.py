"""Movement of pitch, on tones whose pitch is known."""

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.report import Span
from analysis.signal.levels import frame_levels
from analysis.signal.pitch import Pitch, frame_pitch, measure_pitch, track_pitch
from tests.analysis import sounds

LEVEL = -20.0


def _pitch(sound: np.ndarray, speech: list[Span], level: float = LEVEL) -> Pitch | None:
    return measure_pitch(track_pitch(frame_pitch(sound), frame_levels(sound), speech, level))


def _hum(semitones: np.ndarray, base: float = 120.0) -> np.ndarray:
    """A voice-like buzz whose pitch follows `semitones` (one value a sample) around `base` Hz."""
    phase = 2 * np.pi * np.cumsum(base * 2 ** (semitones / 12)) / SAMPLE_RATE
    tone = sum(np.sin(phase * overtone) / overtone for overtone in range(1, 9))
    return (0.1 * tone).astype(np.float32)


def _wave(depth: float, duration: float = 12.0) -> np.ndarray:
    times = np.arange(round(duration * SAMPLE_RATE)) / SAMPLE_RATE
    return depth * np.sin(2 * np.pi * 0.5 * times)


@pytest.mark.parametrize("base", [90.0, 120.0, 220.0])
@pytest.mark.parametrize("depth", [0.0, 2.0, 4.0])
def test_spread_of_a_known_pitch(base: float, depth: float) -> None:
    pitch = _pitch(_hum(_wave(depth), base), [Span(0.0, 12.0)])
    assert pitch is not None
    assert pitch.spread == pytest.approx(depth / np.sqrt(2), abs=0.25)
    assert pitch.range == pytest.approx(2 * depth * np.sin(0.4 * np.pi), abs=0.4)
    assert pitch.median_hz == pytest.approx(base, rel=0.03)
    assert pitch.voiced_duration == pytest.approx(12.0, abs=0.5)


def test_loudness_and_octave_do_not_affect_the_spread() -> None:
    wave = _wave(3.0)
    low = _pitch(_hum(wave, 100.0), [Span(0.0, 12.0)])
    high = _pitch(0.3 * _hum(wave, 200.0), [Span(0.0, 12.0)], LEVEL - 10.5)
    assert low is not None and high is not None
    assert high.spread == pytest.approx(low.spread, abs=0.15)


def test_pitch_is_tracked_only_in_speech() -> None:
    sound = np.concatenate([_hum(_wave(0.0, 6.0), 120.0), _hum(_wave(0.0, 6.0), 300.0)])
    pitch = _pitch(sound, [Span(0.0, 6.0)])
    assert pitch is not None
    assert pitch.median_hz == pytest.approx(120.0, rel=0.02)


@pytest.mark.parametrize("sound", [sounds.silence(3), sounds.noise(3, -20)], ids=["silence", "noise"])
def test_sounds_without_pitch(sound: np.ndarray) -> None:
    pitch = _pitch(sound, [Span(0.0, 3.0)])
    assert pitch is None or pitch.voiced_duration < 0.3 * 3.0


def test_no_speech_has_no_pitch() -> None:
    assert _pitch(sounds.silence(3), []) is None
    assert _pitch(_hum(_wave(0.0, 3.0)), [Span(0.0, 0.05)]) is None
