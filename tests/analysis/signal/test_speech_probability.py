"""Silero's probabilities equal those of faster-whisper's own call, however the audio is divided up."""

from collections.abc import Callable

import numpy as np
from faster_whisper.vad import get_vad_model

from analysis.audio.recording import Recording
from analysis.signal.levels import FRAME
from analysis.signal.speech_probability import SILERO_FRAME, SpeechProbabilities, odds_at_frames


def test_probabilities_are_those_of_the_model(recording: Callable[[str], Recording]) -> None:
    samples = recording("too-short").samples[: 512 * 400]
    reference = get_vad_model()(samples.copy()).ravel()
    found = SpeechProbabilities()
    for end in (1_000, 20_000, 20_001, 90_000, len(samples)):
        found.extend(samples[:end])
    found.extend(samples, ended=True)
    # The reference zeroes the end of its input; ours adds a frame of silence.
    assert len(found.view()) == len(reference) + 1
    np.testing.assert_allclose(found.view()[: len(reference) - 1], reference[:-1], atol=1e-4)


def test_odds_lie_at_the_centres_of_frames() -> None:
    probabilities = np.array([0.1, 0.1, 0.9, 0.9], dtype=np.float32)
    odds = odds_at_frames(probabilities, 0, int(4 * SILERO_FRAME / FRAME), FRAME)
    assert np.all(np.diff(odds) >= -1e-9)
    np.testing.assert_allclose([odds[0], odds[-1]], [np.log(1 / 9), np.log(9)], rtol=1e-3)
    # The time at which speech begins according to the model, less its lag of 10 ms.
    crossing = float(np.interp(0.0, odds, (np.arange(len(odds)) + 0.5) * FRAME))
    assert abs(crossing - (2 * SILERO_FRAME - 0.010)) < 0.002
    assert np.array_equal(odds_at_frames(probabilities, 5, 9, FRAME), odds[5:9])
