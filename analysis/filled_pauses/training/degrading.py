"""Noise, rooms and bad lines for training answers, seeded.

All take and return shape (n,) float32 at 16 kHz, and keep every sample at its time.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

from analysis import SAMPLE_RATE

Sound = NDArray[np.float32]


def coloured_noise(length: int, slope: float, random_source: np.random.Generator) -> Sound:
    """Noise whose power falls with frequency to the power of `slope` (0 white, 1 pink, 2 brown), RMS 1."""
    spectrum = np.fft.rfft(random_source.standard_normal(length))
    frequency = np.maximum(np.fft.rfftfreq(length, 1 / SAMPLE_RATE), 20.0)
    noise = np.fft.irfft(spectrum * frequency ** (-slope / 2), length)
    return _as_sound(noise / np.sqrt(np.mean(noise**2)))


def background(length: int, random_source: np.random.Generator) -> Sound:
    """A background as in rooms: coloured hiss, at times a fan's hum, beating, or clicks of keys; RMS 1."""
    noise = coloured_noise(length, float(random_source.uniform(0.0, 2.0)), random_source)
    time = np.arange(length) / SAMPLE_RATE
    kind = random_source.integers(4)
    if kind == 0:
        base = random_source.uniform(50, 240)
        hum = sum(np.sin(2 * np.pi * base * k * time + random_source.uniform(0, 6)) / k for k in range(1, 6))
        noise = noise + np.float32(random_source.uniform(0.3, 1.5)) * np.asarray(hum, np.float32)
    elif kind == 1:
        rate = random_source.uniform(0.2, 4.0)
        noise = noise * (1 + 0.6 * np.sin(2 * np.pi * rate * time)).astype(np.float32)
    elif kind == 2:
        for start in random_source.integers(0, max(1, length - 800), int(length / SAMPLE_RATE * 3)):
            decay = np.exp(-np.arange(800) / random_source.uniform(30, 200))
            noise[start : start + 800] += (6 * decay * random_source.standard_normal(800)).astype(np.float32)
    return _as_sound(noise / np.sqrt(np.mean(noise**2)))


def in_noise(sound: Sound, noise: Sound, ratio: float) -> Sound:
    """Adds noise at a signal-to-noise ratio in dB; the signal's level is that of its louder half."""
    blocks = sound[: len(sound) // 400 * 400].reshape(-1, 400)
    power = np.sort(np.mean(blocks**2, axis=1))
    level = np.sqrt(np.mean(power[len(power) // 2 :]) + 1e-12)
    return sound + noise * np.float32(level * 10 ** (-ratio / 20))


def in_room(sound: Sound, random_source: np.random.Generator) -> Sound:
    """A room with a decay of 0.2 to 0.8 s: a few early reflections and an exponential tail."""
    decay = random_source.uniform(0.2, 0.8)
    length = int(decay * SAMPLE_RATE)
    tail = random_source.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    response = tail * random_source.uniform(0.01, 0.05)
    response[: int(0.003 * SAMPLE_RATE)] = 0
    for delay in random_source.integers(int(0.003 * SAMPLE_RATE), int(0.04 * SAMPLE_RATE), 5):
        response[delay] += random_source.uniform(-0.35, 0.35)
    response[0] = 1.0
    return _as_sound(fftconvolve(sound, response)[: len(sound)])


def through_line(sound: Sound, random_source: np.random.Generator) -> Sound:
    """The band of a telephone or a cheap headset, with some overdrive."""
    low, high = random_source.uniform(80, 300), random_source.uniform(3200, 6500)
    filtered = sosfilt(butter(2, [low, high], "bandpass", fs=SAMPLE_RATE, output="sos"), sound)
    drive = random_source.uniform(0.5, 3.0)
    return _as_sound(np.tanh(drive * filtered) / drive)


def breath(length: int, random_source: np.random.Generator) -> Sound:
    """An audible breath: noise through a wide vowel-like resonance, rising and falling."""
    noise = random_source.standard_normal(length)
    centre = random_source.uniform(600, 2500)
    pole = np.exp(-np.pi * centre * 0.4 / SAMPLE_RATE)
    angle = 2 * np.pi * centre / SAMPLE_RATE
    shaped = lfilter([1.0], [1.0, -2 * pole * np.cos(angle), pole**2], noise) * np.hanning(length)
    return _as_sound(shaped / (np.abs(shaped).max() + 1e-9))


def _as_sound(values: NDArray[Any]) -> Sound:
    return np.asarray(values, np.float32)
