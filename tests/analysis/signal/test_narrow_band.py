"""Speech over a telephone is found as well as its wide-band original."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.signal.narrow_band import NarrowBandExtension, is_telephone_sound
from analysis.signal.quality import measure_quality
from analysis.signal.speech_probability import SpeechProbabilities
from analysis.signal.voice_activity import detect_activity
from tests.accuracy import degraded
from tests.analysis import sounds
from tests.analysis.constructed import recording_of

Samples = np.ndarray[Any, np.dtype[np.float32]]
SURE = 0.8


@pytest.fixture(scope="module")
def speech(recording: Callable[[str], Recording]) -> Samples:
    return recording("good-answer").samples[: 25 * SAMPLE_RATE]


def probabilities(samples: Samples) -> Samples:
    found = SpeechProbabilities()
    found.extend(samples, ended=True)
    return found.view()


@pytest.mark.parametrize("hiss", [None, -60.0], ids=["no hiss", "hiss above the band"])
def test_speech_over_a_telephone_is_heard(hiss: float | None, speech: Samples) -> None:
    narrow = degraded.over_telephone(speech)
    if hiss is not None:
        narrow = narrow + sounds.noise(len(narrow) / SAMPLE_RATE, hiss)
    original, heard = probabilities(speech), probabilities(narrow)
    assert (heard[original > SURE] > 0.5).mean() > 0.95
    assert (heard[original < 1 - SURE] < 0.5).mean() > 0.95


def test_wide_band_sound_stays_as_it_is(speech: Samples) -> None:
    extension = NarrowBandExtension()
    for first in range(0, len(speech) - SAMPLE_RATE, 16_384):
        block = speech[first : first + 16_384]
        assert extension.extend(block) is block


@pytest.mark.parametrize("kind", ["white", "brown", "hum", "nothing"])
def test_noise_over_a_telephone_is_no_speech(kind: str) -> None:
    noise = {
        "white": sounds.noise(10, -30),
        "brown": sounds.noise(10, -25, brown=True),
        "hum": sounds.music(10),
        "nothing": sounds.silence(10),
    }[kind]
    assert detect_activity(recording_of(degraded.over_telephone(noise))).speech == ()


def test_a_noise_that_resembles_speech_is_none(speech: Samples) -> None:
    # Speech far below the noise, of which Silero is nowhere sure.
    noise = degraded.over_telephone(sounds.noise(len(speech) / SAMPLE_RATE, -30) + 0.05 * speech)
    assert detect_activity(recording_of(noise)).speech == ()


def test_telephone_sound_is_recognised(speech: Samples) -> None:
    narrow = degraded.over_telephone(speech)
    hissing = narrow + sounds.noise(len(narrow) / SAMPLE_RATE, -62)
    noisy = speech + sounds.noise(len(speech) / SAMPLE_RATE, -40)
    assert is_telephone_sound(narrow)
    assert is_telephone_sound(hissing)
    assert not is_telephone_sound(speech)
    assert not is_telephone_sound(noisy)
    assert not is_telephone_sound(sounds.silence(5))
    assert not is_telephone_sound(np.zeros(100, dtype=np.float32))


def test_quality_tells_of_a_narrow_band(speech: Samples) -> None:
    narrow = degraded.over_telephone(speech)
    quality = measure_quality(narrow, detect_activity(recording_of(narrow)))
    assert quality.narrow_band
    assert not measure_quality(speech, detect_activity(recording_of(speech))).narrow_band
    assert replace(quality, telephone=False, bandwidth=4_000.0).narrow_band
    assert not replace(quality, telephone=False, bandwidth=6_300.0).narrow_band
