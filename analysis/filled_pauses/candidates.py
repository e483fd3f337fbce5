"""Candidates for filled pauses, from the probe's output every 20 ms."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from analysis.signal.levels import frame_runs

FRAME = 0.02
"""Seconds covered by one state of Whisper's encoder."""

_SMOOTHED_FRAMES = 3
_LEAST_PEAK = -1.0
"""Log odds from which a stretch is a candidate; most with a peak below 1 are not filled pauses."""
_LEAST_WITHIN = -1.5
_SHORTEST = 0.06
_BRIDGED = 0.10
"""Seconds. The probe's output dips within a long 'uhhh'; two hesitations are further apart."""


@dataclass(frozen=True)
class Candidate:
    """A stretch of sound that resembles a filled pause.

    Attributes:
        start, end: seconds from the start of the recording.
        peak, mean: log odds that it is one, at the highest 60 ms and over the stretch.
    """

    start: float
    end: float
    peak: float
    mean: float


def find_candidates(log_odds: NDArray[np.float32], start: float) -> tuple[Candidate, ...]:
    """Candidates in order of time.

    Args:
        log_odds: shape (frames,), one for each 20 ms.
        start: of the first frame, seconds.
    """
    if not len(log_odds):
        return ()
    smooth = uniform_filter1d(np.asarray(log_odds, np.float32), _SMOOTHED_FRAMES)
    found = []
    for first, last in _bridged(frame_runs(smooth > _LEAST_WITHIN)):
        peak = float(smooth[first:last].max())
        if peak < _LEAST_PEAK or (last - first) * FRAME < _SHORTEST:
            continue
        # It extends as far as it is more likely than not; a weak one, as far as it is close to its peak.
        core = first + np.flatnonzero(smooth[first:last] > min(0.0, peak - 0.5))
        begin, end = int(core[0]), int(core[-1]) + 1
        found.append(
            Candidate(
                round(start + begin * FRAME, 3),
                round(start + end * FRAME, 3),
                round(peak, 3),
                round(float(smooth[core].mean()), 3),
            )
        )
    return tuple(found)


def _bridged(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined and (first - joined[-1][1]) * FRAME < _BRIDGED:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined
