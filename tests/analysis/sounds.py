"""Sounds other than speech, and sample speech cut and joined at known times; mono, 16 kHz."""

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE

Samples = NDArray[np.float32]


def silence(duration: float) -> Samples:
    """Digital silence of `duration` seconds."""
    return np.zeros(round(duration * SAMPLE_RATE), dtype=np.float32)


def noise(duration: float, level: float, *, seed: int = 7, brown: bool = False) -> Samples:
    """White or brown noise, `level` in dB re full scale."""
    sound = np.random.default_rng(seed).standard_normal(round(duration * SAMPLE_RATE))
    if brown:
        sound = np.cumsum(sound)
        sound -= np.convolve(sound, np.ones(1600) / 1600, mode="same")
    sound *= 10 ** (level / 20) / np.sqrt(np.mean(sound**2))
    return sound.astype(np.float32)


def music(duration: float) -> Samples:
    """Plucked chords of four notes with overtones, two a second."""
    rng = np.random.default_rng(3)
    out = np.zeros(round(duration * SAMPLE_RATE))
    scale = 220 * 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
    for start in np.arange(0, duration, 0.5):
        first = round(start * SAMPLE_RATE)
        times = np.arange(min(SAMPLE_RATE, len(out) - first)) / SAMPLE_RATE
        for note in rng.choice(scale, 4, replace=False):
            for overtone in range(1, 6):
                decay = np.exp(-times * (2 + overtone))
                out[first : first + len(times)] += (
                    0.05 / overtone * decay * np.sin(2 * np.pi * note * overtone * times)
                )
    return out.astype(np.float32)


def cough(*, seed: int = 5) -> Samples:
    """A burst of noise of 0.25 s that starts at once and dies away."""
    times = np.arange(SAMPLE_RATE // 4) / SAMPLE_RATE
    burst = np.random.default_rng(seed).standard_normal(len(times)) * np.exp(-times * 14)
    return (0.25 * burst).astype(np.float32)


def click() -> Samples:
    """A click of 5 ms."""
    return (0.8 * np.exp(-np.arange(80) / 15) * np.cos(np.arange(80))).astype(np.float32)


def over(sound: Samples, other: Samples, at: float) -> Samples:
    """`sound` with `other` mixed in at `at` seconds."""
    mixed = sound.copy()
    first = round(at * SAMPLE_RATE)
    mixed[first : first + len(other)] += other
    return mixed
