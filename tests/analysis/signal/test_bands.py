"""Power in bands, the noise floor over time, and the a-posteriori signal-to-noise ratio."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.signal.bands import BandPowers, a_posteriori_snr, noise_floor
from analysis.signal.levels import frame_levels
from tests.analysis import sounds


def band_powers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return BandPowers().within(samples, 0, len(samples) // 160)


def test_bands_add_up_to_the_level() -> None:
    noise = sounds.noise(5, -30)
    total = 10 * np.log10(band_powers(noise).sum(axis=1))
    assert float(np.median(total - frame_levels(noise))) == pytest.approx(0.0, abs=1.0)


def test_a_tone_is_in_its_band_alone() -> None:
    times = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    powers = band_powers(np.sin(2 * np.pi * 1000 * times).astype(np.float32))
    shares = powers[10:90].sum(axis=0) / powers[10:90].sum()
    assert int(shares.argmax()) == 7  # 920 to 1080 Hz
    assert shares.max() > 0.9


def test_block_boundaries_have_no_effect() -> None:
    noise = sounds.noise(25, -30)
    whole = band_powers(noise)
    later = band_powers(noise[1000 * 160 :])
    assert whole.shape == (2500, 20)
    np.testing.assert_allclose(whole[1001:], later[1:], rtol=1e-3)


@pytest.mark.parametrize("length", [0, 159, 160, 400])
def test_very_short_recordings(length: int) -> None:
    assert band_powers(np.zeros(length, dtype=np.float32)).shape == (length // 160, 20)


def test_the_floor_follows_a_noise_that_changes() -> None:
    noise = np.concatenate([sounds.noise(15, -50), sounds.noise(15, -30, seed=8)])
    powers = band_powers(noise)
    every = np.ones(len(powers), dtype=bool)
    floor = 10 * np.log10(noise_floor(powers, every, every).sum(axis=1))
    assert floor[2500] - floor[500] == pytest.approx(20.0, abs=2.5)


def test_frames_without_sound_do_not_enter_the_floor() -> None:
    noise = sounds.noise(6, -50)
    powers = band_powers(noise)
    every = np.ones(len(powers), dtype=bool)
    muted = powers.copy()
    sound = every.copy()
    muted[100:450] = 0.0
    sound[100:450] = False
    expected = np.log10(noise_floor(powers, every, every).sum(axis=1))
    assert np.log10(noise_floor(muted, every, sound).sum(axis=1)) == pytest.approx(expected, abs=0.1)


def test_a_hiss_has_a_high_snr_over_a_louder_rumble() -> None:
    rumble = sounds.noise(6, -25, brown=True)
    hiss = np.diff(sounds.noise(0.5, -46), prepend=0.0).astype(np.float32)
    powers = band_powers(sounds.over(rumble, hiss, 3.0))
    silent = np.ones(len(powers), dtype=bool)
    silent[290:360] = False
    above = a_posteriori_snr(powers, noise_floor(powers, silent, np.ones_like(silent)), ~silent, None)
    level = frame_levels(sounds.over(rumble, hiss, 3.0))
    assert float(np.median(above[305:345])) > float(np.percentile(above[silent], 99)) + 3.0
    assert float(np.median(level[305:345])) < float(np.percentile(level[silent], 99))


def test_reverberation_counts_as_noise_and_later_speech_does_not() -> None:
    decay = 80.0
    times = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    loud = sounds.noise(0.5, -20)
    tail = sounds.noise(0.5, -20, seed=9) * 10 ** (-decay * times / 20)
    sound = np.concatenate([sounds.noise(1.0, -80), loud, tail, loud, sounds.noise(1.0, -80)])
    powers = band_powers(sound.astype(np.float32))
    floor = noise_floor(powers, np.arange(len(powers)) < 90, np.ones(len(powers), dtype=bool))
    speech = np.zeros(len(powers), dtype=bool)
    speech[102:148] = speech[202:248] = True
    heard = a_posteriori_snr(powers, floor, speech, decay)
    assert heard[114:146].min() > 5.0
    assert heard[165:195].max() < 3.0
    assert heard[204:246].min() > 5.0
    assert a_posteriori_snr(powers, floor, speech, None)[165:178].min() > 5.0
