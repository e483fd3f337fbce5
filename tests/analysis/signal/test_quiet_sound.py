"""Very quiet speech is heard as if it were louder, and its real level is still reported."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.signal.quiet_sound import lifted
from analysis.signal.voice_activity import detect_activity
from tests.analysis import sounds
from tests.analysis.constructed import recording_of

Samples = np.ndarray[Any, np.dtype[np.float32]]


@pytest.fixture(scope="module")
def speech(recording: Callable[[str], Recording]) -> Samples:
    samples = recording("good-answer").samples[: 20 * SAMPLE_RATE]
    return (samples + sounds.noise(len(samples) / SAMPLE_RATE, -65)).astype(np.float32)


@pytest.mark.parametrize("attenuation", [35.0, 52.0])
def test_quiet_speech_is_found_where_it_is(attenuation: float, speech: Samples) -> None:
    usual = detect_activity(recording_of(speech))
    quiet = detect_activity(recording_of(speech * np.float32(10 ** (-attenuation / 20))))
    assert quiet.speech[0].start == pytest.approx(usual.speech[0].start, abs=0.06)
    assert quiet.speech[-1].end == pytest.approx(usual.speech[-1].end, abs=0.06)
    spoken = [sum(stretch.duration for stretch in found.speech) for found in (quiet, usual)]
    assert spoken[0] == pytest.approx(spoken[1], rel=0.02)
    assert usual.speech_level is not None
    assert quiet.speech_level == pytest.approx(usual.speech_level - attenuation, abs=1.0)


@pytest.mark.parametrize("brown", [False, True])
def test_quiet_noise_is_no_speech(brown: bool) -> None:
    assert detect_activity(recording_of(sounds.noise(10, -75, brown=brown))).speech == ()


def test_only_very_quiet_sound_is_lifted(speech: Samples) -> None:
    assert lifted(speech) is speech
    assert lifted(0.1 * speech).max() == (0.1 * speech).max()
    raised = lifted(0.002 * speech)
    assert np.abs(raised).max() > 0.1
    assert len(lifted(np.zeros(0, dtype=np.float32))) == 0
    assert not lifted(np.zeros(4000, dtype=np.float32)).any()
