"""Clean speech made harder to hear, with its truth kept: noise, rooms, a telephone, a moving speaker.

Every function takes mono samples at 16 kHz and gives as many back, so the labels of the clean recording
hold for what comes out. All of it is seeded. The ratio of speech to noise is that of mean powers, of
the labelled speech and of the noise, as in the degraded twins of the labelled set.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from analysis import SAMPLE_RATE
from analysis.report import Span

Samples = NDArray[np.float32]
Noise = Callable[[int, np.random.Generator], NDArray[np.float64]]

_SPEED_OF_SOUND = 343.0
"""Metres a second."""


def white(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Equal power at all frequencies: the hiss of a cheap sound card."""
    return rng.standard_normal(length)


def pink(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """3 dB less for each octave upwards: a busy room without voices."""
    return _shaped(length, rng, lambda hertz: 1.0 / np.sqrt(np.maximum(hertz, 20.0)))


def fan(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """A ventilator: noise under a few hundred hertz, and the hum of its motor."""
    corner = rng.uniform(150.0, 500.0)
    air = _shaped(length, rng, lambda hertz: 1.0 / (1.0 + (hertz / corner) ** 2) + 0.01)
    times = np.arange(length) / SAMPLE_RATE
    mains = rng.choice([50.0, 60.0])
    hum = sum(np.sin(2 * np.pi * mains * k * times + rng.uniform(0, 6.28)) / k for k in (1, 2, 3, 4, 6))
    noise: NDArray[np.float64] = air / air.std() + rng.uniform(0.2, 0.8) * hum
    return noise


def traffic(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Cars that pass: low noise that rises and falls by up to 15 dB over seconds."""
    low = _shaped(length, rng, lambda hertz: 1.0 / (1.0 + (hertz / 300.0) ** 1.5))
    points = np.arange(0, length + 2 * SAMPLE_RATE, 2 * SAMPLE_RATE)
    swell = np.interp(np.arange(length), points, rng.uniform(-15.0, 0.0, len(points)))
    noise: NDArray[np.float64] = low * 10 ** (swell / 20)
    return noise


def babble(voices: Sequence[Samples]) -> Noise:
    """Many people who talk at once, from recordings of single ones."""

    def make(length: int, rng: np.random.Generator) -> NDArray[np.float64]:
        mixed = np.zeros(length)
        for _ in range(8):
            order = rng.permutation(len(voices))
            turn = np.concatenate([voices[i] / (voices[i].std() + 1e-9) for i in order])
            turn = np.tile(turn, 1 + length // len(turn))
            mixed += np.roll(turn, int(rng.integers(len(turn))))[:length]
        return mixed

    return make


def with_noise(
    samples: Samples, speech: Sequence[Span], make: Noise, ratio: float, rng: np.random.Generator
) -> Samples:
    """Noise added so that speech stands `ratio` dB above it."""
    noise = make(len(samples), rng)
    spoken = np.concatenate([samples[_at(span)] for span in speech])
    gain = np.sqrt(np.mean(spoken.astype(np.float64) ** 2) / np.mean(noise**2)) * 10 ** (-ratio / 20)
    return (samples + gain * noise).astype(np.float32)


def in_room(
    samples: Samples, reverberation_time: float, direct_to_reverberant: float, rng: np.random.Generator
) -> Samples:
    """Speech as a microphone across a room hears it.

    The response is the direct sound, six early reflections within 30 ms, and noise that decays evenly,
    low frequencies 1.2 times and high ones 0.7 times as long as the middle (Polack's model).

    Args:
        samples: the dry speech.
        reverberation_time: seconds in which the sound of the room falls by 60 dB, at 1 kHz.
        direct_to_reverberant: dB between the direct sound and the diffuse tail.
        rng: of the reflections.
    """
    length = round(1.2 * reverberation_time * SAMPLE_RATE)
    times = np.arange(length) / SAMPLE_RATE
    tail = np.zeros(length)
    for (low, high), share in {(80, 500): 1.2, (500, 3000): 1.0, (3000, 7500): 0.7}.items():
        band = sosfilt(
            butter(2, [low, high], "bandpass", fs=SAMPLE_RATE, output="sos"), rng.standard_normal(length)
        )
        tail += band * 10 ** (-3.0 * times / (share * reverberation_time))
    arrival = int(rng.uniform(1.0, 3.0) / _SPEED_OF_SOUND * SAMPLE_RATE)
    tail[:arrival] = 0.0
    tail *= 10 ** (-direct_to_reverberant / 20) / np.sqrt(np.sum(tail**2))
    for at in rng.integers(arrival, round(0.03 * SAMPLE_RATE), 6):
        tail[at] += rng.choice([-1.0, 1.0]) * rng.uniform(0.1, 0.4)
    tail[0] = 1.0
    heard = fftconvolve(samples.astype(np.float64), tail)[: len(samples)]
    return (heard * (np.abs(samples).max() / np.abs(heard).max())).astype(np.float32)


def over_telephone(samples: Samples) -> Samples:
    """Only 300 to 3400 Hz, in 8 bit steps on a logarithmic scale (G.711)."""
    band = sosfilt(butter(6, [300, 3400], "bandpass", fs=SAMPLE_RATE, output="sos"), samples)
    law = np.sign(band) * np.log1p(255 * np.minimum(np.abs(band), 1.0)) / np.log(256)
    steps = np.round(law * 127) / 127
    return (np.sign(steps) * (256 ** np.abs(steps) - 1) / 255).astype(np.float32)


def with_drifting_level(samples: Samples, rng: np.random.Generator, *, depth: float = 12.0) -> Samples:
    """A speaker who turns away and back: `depth` dB louder and softer, over about 5 s."""
    points = np.arange(0, len(samples) + 5 * SAMPLE_RATE, 5 * SAMPLE_RATE)
    gain = np.interp(np.arange(len(samples)), points, rng.uniform(-depth, 0.0, len(points)))
    return (samples * 10 ** (gain / 20)).astype(np.float32)


def _shaped(
    length: int, rng: np.random.Generator, amplitude: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(rng.standard_normal(length))
    shaped: NDArray[np.float64] = np.fft.irfft(
        spectrum * amplitude(np.fft.rfftfreq(length, 1 / SAMPLE_RATE)), length
    )
    return shaped


def _at(span: Span) -> slice:
    return slice(round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE))
