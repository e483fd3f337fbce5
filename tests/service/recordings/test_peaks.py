"""The peaks of the waveform."""

import numpy as np
import pytest

from service.recordings.peaks import MOST_PEAKS, peak_rate, peaks
from tests.media_files import builders


def test_each_stretch_has_a_peak() -> None:
    samples = np.zeros(16_000, dtype=np.float32)
    samples[320 * 3 + 5] = -0.25
    samples[320 * 49 + 319] = 1.0
    found = peaks(samples)
    assert len(found) == 50
    assert [(number, value) for number, value in enumerate(found) if value] == [(3, 0.25), (49, 1.0)]


def test_peaks_show_bursts_at_their_times() -> None:
    samples = builders.tone_bursts(130.0, [0.5, 65.0, 129.0], rate=16_000)
    found = peaks(samples)
    assert len(found) == 130 * 50
    for start in (0.5, 65.0, 129.0):
        assert found[round(start * 50) - 1] == 0
        assert found[round(start * 50) + 1] == pytest.approx(0.5, abs=0.01)


def test_values_are_rounded_and_within_bounds() -> None:
    found = peaks(np.array([1.5, -0.12345], dtype=np.float32), rate=16_000.0)
    assert found == [1.0, 0.123]


def test_no_samples_give_no_peaks() -> None:
    assert peaks(np.zeros(0, dtype=np.float32)) == []


@pytest.mark.parametrize("seconds", [90, 400, 401, 1800, 3600, 36_000])
def test_long_recordings_get_fewer_peaks_per_second(seconds: int) -> None:
    rate = peak_rate(seconds * 16_000)
    assert seconds * rate <= MOST_PEAKS
    assert (16_000 / rate).is_integer()
    assert rate == 50 if seconds <= 400 else seconds * rate > MOST_PEAKS / 2.1
