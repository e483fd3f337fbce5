"""Telephone sound: recognises it, and gives Silero the high frequencies that it lacks.

Silero's model for 16 kHz finds little speech where nothing lies above 3.4 kHz: of the frames that it was sure
of in the wide-band originals, it found 83 % after G.711 and 80 % after an MP3 of 16 kbit/s, and in some
voices a quarter. (Its model for 8 kHz is not part of the file that comes with faster-whisper.) With the
harmonics that a rectifier makes of the band, the oldest way to widen telephone sound (Makhoul & Berouti
1979), it found 98 and 96 %, and no more frames without speech.
"""

from collections import deque
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE

_TELEPHONE_BAND = (300.0, 3_400.0)
"""Hz; ITU-T G.712."""
_ABOVE_TELEPHONE = 4_400.0
"""Hz. Above the highest frequency of sound that was sampled at 8 kHz, and its filter."""
_NARROW_DB = -40.0
"""Power of speech above the telephone band re that within it. In labelled wide-band speech it was never below
-36 dB (but in two recordings that came from 8 kHz), in 151 calls never above -42 dB."""
_MOST_NOISE_DB = -25.0
"""The same of speech and noise. With more noise the power of speech above the band is not known."""
_NOISE_PERCENTILE, _NOISE_MARGIN = 20, 1.2
"""Frames whose power is that of the noise, and how much more the mean power of a steady noise may be."""
_RECTIFIED_FROM = 3_800.0
"""Hz from which the rectified band is added."""
_FRAME = 512
"""Samples (32 ms)."""
_BLOCK_FRAMES = 1_000
"""Frames computed at a time, so that memory does not grow with the recording."""
_MEMORY = 60
"""Blocks (a minute) from which it is decided whether the sound is narrow: a call may be put through."""


class NarrowBandExtension:
    """Widens telephone sound in blocks of one recording, in order; other sound stays as it is."""

    def __init__(self) -> None:
        self._powers: deque[NDArray[np.float64]] = deque(maxlen=_MEMORY)
        self._band_state = np.zeros((_band().shape[0], 2))
        self._high_state = np.zeros((_high().shape[0], 2))

    def extend(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """The block, widened if the last minute is telephone sound.

        Args:
            block: shape (n,), 16 kHz; whole frames of 32 ms, a second of them but for the last block.
        """
        # Slow to import, and not needed where reports are only read.
        from scipy.signal import sosfilt

        self._powers.append(_powers(block))
        if not _is_narrow(np.concatenate(self._powers)):
            return block
        band, self._band_state = sosfilt(_band(), block.astype(np.float64), zi=self._band_state)
        high, self._high_state = sosfilt(_high(), np.abs(band), zi=self._high_state)
        widened: NDArray[np.float32] = (block + high).astype(np.float32)
        return widened


def is_telephone_sound(samples: NDArray[np.float32]) -> bool:
    """Whether a recording of speech, shape (n,), 16 kHz, reaches no higher than a telephone does."""
    whole = len(samples) // _FRAME * _FRAME
    blocks = range(0, whole, _FRAME * _BLOCK_FRAMES)
    powers = [_powers(samples[first : min(whole, first + _FRAME * _BLOCK_FRAMES)]) for first in blocks]
    return bool(powers) and _is_narrow(np.concatenate(powers))


def _powers(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power of each frame within the telephone band and above it, shape (frames, 2)."""
    spectrum = np.fft.rfft(sound.reshape(-1, _FRAME) * np.hanning(_FRAME), axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    hertz = np.fft.rfftfreq(_FRAME, 1 / SAMPLE_RATE)
    low, high = _TELEPHONE_BAND
    within = power[:, (hertz >= low) & (hertz < high)].sum(axis=1)
    return np.stack([within, power[:, hertz >= _ABOVE_TELEPHONE].sum(axis=1)], axis=1)


def _is_narrow(powers: NDArray[np.float64]) -> bool:
    within, above = powers.mean(axis=0)
    noise_within, noise_above = np.percentile(powers, _NOISE_PERCENTILE, axis=0)
    speech_within = max(0.0, within - _NOISE_MARGIN * noise_within)
    speech_above = max(0.0, above - _NOISE_MARGIN * noise_above)
    enough = above < within * 10 ** (_MOST_NOISE_DB / 10)
    return bool(enough and speech_above < speech_within * 10 ** (_NARROW_DB / 10))


@cache
def _band() -> NDArray[np.float64]:
    """Second-order sections of the telephone band."""
    from scipy.signal import butter

    sections: NDArray[np.float64] = butter(4, _TELEPHONE_BAND, "bandpass", fs=SAMPLE_RATE, output="sos")
    return sections


@cache
def _high() -> NDArray[np.float64]:
    """Second-order sections of what lies above it."""
    from scipy.signal import butter

    sections: NDArray[np.float64] = butter(4, _RECTIFIED_FROM, "highpass", fs=SAMPLE_RATE, output="sos")
    return sections
