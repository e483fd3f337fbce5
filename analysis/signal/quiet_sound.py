"""Lifts very quiet speech to a usual level for models that were trained on usual levels.

Silero finds all speech down to 40 dB below full scale, 97 % at 50 dB, 88 % at 60 dB and 31 % at 70 dB (levels
of the loudest half second, labelled speech). The report still states the real level.
"""

import numpy as np
from numpy.typing import NDArray

from analysis.signal.levels import frame_levels

_QUIET_DB = -50.0
"""Level of the loudest parts, dB re full scale, below which a sound is lifted."""
_USUAL_DB = -26.0
"""Level to which they are lifted: that of labelled answers."""
_MOST_GAIN_DB = 60.0
"""Speech that needs more lies below the steps of 16 bit audio."""
_LOUDEST, _LOUDEST_SHARE = 200, 0.1
"""The loudest 2 s, or the loudest tenth of a shorter sound: speech, and not only a door that slams."""


def gain_of(levels: NDArray[np.float32]) -> float:
    """The factor by which a sound is lifted; 1 for one that is not very quiet.

    Args:
        levels: shape (frames,), of all of it, dB re full scale, 10 ms apart.
    """
    if not len(levels):
        return 1.0
    loudest = max(1, min(_LOUDEST, round(_LOUDEST_SHARE * len(levels))))
    level = float(np.partition(levels, -loudest)[-loudest])
    return 1.0 if level >= _QUIET_DB else float(10 ** (min(_MOST_GAIN_DB, _USUAL_DB - level) / 20))


def lifted(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Speech, shape (n,), 16 kHz, at a usual level if it is very quiet, or else as it is."""
    gain = gain_of(frame_levels(samples))
    return samples if gain == 1.0 else (gain * samples).astype(np.float32)
