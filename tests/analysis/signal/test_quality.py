"""Level, clipping, signal-to-noise and bandwidth."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.signal.levels import FRAME, SILENCE_DB, frame_levels
from analysis.signal.quality import clipped_share, measure_quality
from analysis.signal.voice_activity import Activity, detect_activity
from tests.accuracy import degraded
from tests.analysis import sounds
from tests.analysis.constructed import activity_of, recording_of


@pytest.fixture(scope="module")
def speech(recording: Callable[[str], Recording]) -> np.ndarray:
    """Twelve seconds of a clean answer."""
    return recording("too-short").samples[: 12 * SAMPLE_RATE]


def _sine(level: float, duration: float = 1.0) -> np.ndarray:
    times = np.arange(round(duration * SAMPLE_RATE)) / SAMPLE_RATE
    return (level * np.sin(2 * np.pi * 220.37 * times)).astype(np.float32)


def test_clean_speech_is_not_clipped(speech: np.ndarray) -> None:
    loudest = speech / np.abs(speech).max()
    assert clipped_share(loudest) == pytest.approx(0.0, abs=0.01)
    assert clipped_share(np.zeros(100, dtype=np.float32)) == 0.0
    assert clipped_share(np.zeros(0, dtype=np.float32)) == 0.0


@pytest.mark.parametrize("top", [0.6, 0.8, 1.0])
def test_a_cut_sine_is_clipped_for_as_long_as_it_is_cut(top: float) -> None:
    cut = np.clip(_sine(1.4 * top), -top, top)
    expected = 100 * (1 - 2 * np.arcsin(1 / 1.4) / np.pi)
    assert clipped_share(cut) == pytest.approx(expected, rel=0.1)


def test_one_loud_sample_is_not_clipping() -> None:
    sound = _sine(0.4)
    sound[100] = 1.0
    assert clipped_share(sound) == 0.0


@pytest.mark.parametrize("ratio", [10.0, 20.0, 30.0])
def test_signal_to_noise_is_the_mixed_ratio(ratio: float, speech: np.ndarray) -> None:
    level = detect_activity(recording_of(speech)).speech_level
    assert level is not None
    noisy = speech + sounds.noise(len(speech) / SAMPLE_RATE, level - ratio)
    found = measure_quality(noisy, detect_activity(recording_of(noisy))).signal_to_noise
    assert found == pytest.approx(ratio, abs=3.0)


def test_bandwidth_of_a_telephone(speech: np.ndarray) -> None:
    activity = detect_activity(recording_of(speech))
    narrow = sosfilt(butter(12, 3400, fs=SAMPLE_RATE, output="sos"), speech).astype(np.float32)
    wide_band = measure_quality(speech, activity).bandwidth
    narrow_band = measure_quality(narrow, activity).bandwidth
    assert wide_band is not None and narrow_band is not None
    assert narrow_band < 3_800 < wide_band


def test_without_speech_only_clipping_is_known() -> None:
    quality = measure_quality(sounds.silence(3), activity_of([], 3.0))
    assert (quality.level, quality.signal_to_noise, quality.bandwidth) == (None, None, None)
    assert quality.clipping == 0.0


def test_clean_samples_are_clearly_heard(activity: Callable[[str], Activity]) -> None:
    for name in ("good-answer", "too-short"):
        ratio = activity(name).signal_to_noise
        assert ratio is not None and ratio > 20.0


@pytest.mark.parametrize("level", [0.5, 0.05])
def test_levels_of_a_tone(level: float) -> None:
    levels = frame_levels(_sine(level))
    assert len(levels) == 100
    assert np.median(levels) == pytest.approx(20 * np.log10(level / np.sqrt(2)), abs=0.3)


def test_level_rises_in_the_frame_where_the_sound_starts() -> None:
    levels = frame_levels(np.concatenate([sounds.silence(0.5), sounds.noise(0.5, -20)]))
    first = int(np.flatnonzero(levels > -40)[0])
    assert first * FRAME == pytest.approx(0.5, abs=0.011)
    assert levels[0] == SILENCE_DB


def test_block_boundaries_do_not_affect_levels() -> None:
    levels = frame_levels(_sine(0.5, 130.0))
    assert np.ptp(levels[20:-20]) < 0.5


def test_an_echoing_room_is_reported(recording: Callable[[str], Recording]) -> None:
    speech = recording("good-answer").samples
    distant = degraded.in_room(speech, 0.9, 0.0, np.random.default_rng(4))
    assert measure_quality(distant, detect_activity(recording_of(distant))).echoes
    assert not measure_quality(speech, detect_activity(recording_of(speech))).echoes
