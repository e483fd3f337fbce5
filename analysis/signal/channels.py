"""Finds out whether two channels hold the same voice, or one voice each as calls are often recorded.

Two microphones in one room, a stereo microphone, or one microphone on two channels at different levels, in
opposite phase or some milliseconds apart: the difference between the levels of the channels is always about
the same while somebody speaks. With one side of a call on each channel it changes with the speaker, and
where both speak at once their levels have nothing to do with each other.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from analysis.audio.channel_levels import LEVEL_FRAME

Value = TypeVar("Value", np.float32, np.bool_)

_LONGEST_DELAY = 25
"""Frames (0.5 s) by which one channel may be late."""
_SMOOTHING = 5
"""Frames (0.1 s) over which levels are averaged: differences of single sounds do not matter."""
_ACTIVE_DB = 30.0
"""A frame counts if one channel is at most this far below its own highest level."""
_SILENT_DB = 50.0
"""Below its highest level by more than this, a channel is silent: how silent does not matter."""
_LOUD_PERCENTILE = 95
_LEAST_APART = 8.0
"""dB by which each channel must stand out in its own part: more than a turned head or a room changes, and
less than an earpiece that leaks into the other side's microphone (12 dB and more)."""
_RELATED = 0.4
"""Correlation of the levels, in dB, from which two channels hold the same sound: one voice has 0.9, and 0.5
or more with as much noise as voice on one of them; two voices at once have up to 0.3."""
_LEAKING = 0.5
"""The same where one side is heard on the other: a leak has 0.8 and more, and the two voices of a call that
speak at once have up to 0.35 at the delay for which it is greatest."""
LEAST_OF_VOICE = 1.0
"""Seconds in which a channel must stand out: a greeting."""


@dataclass(frozen=True)
class ChannelContrast:
    """Where each of two channels stands out.

    Attributes:
        left, right: shape (frames,), the frames of `analysis.audio.channel_levels` in which the channel holds
            something that the other does not.
        left_level, right_level: dB re full scale, of the loud frames among them.
    """

    left: NDArray[np.bool_]
    right: NDArray[np.bool_]
    left_level: float
    right_level: float


def contrast(levels: NDArray[np.float32]) -> ChannelContrast | None:
    """Where each channel stands out; None where the channels change together, as those of one voice do.

    It says nothing about speech: a channel may also hold the noise of another room.

    Args:
        levels: dB re full scale, shape (frames, 2), see `analysis.audio.channel_levels`.
    """
    if not len(levels):
        return None
    delay = _delay(levels)
    left, right = _smoothed(levels[:, 0]), _smoothed(_moved(levels[:, 1], delay, levels.min()))
    active = (left > left.max() - _ACTIVE_DB) | (right > right.max() - _ACTIVE_DB)
    if np.count_nonzero(active) * LEVEL_FRAME < 2 * LEAST_OF_VOICE:
        return None
    found = _taking_turns(left, right, active) or _at_once(left, right)
    if found is None:
        return None
    on_the_left, on_the_right = found
    return ChannelContrast(
        left=on_the_left,
        right=_moved(on_the_right, -delay, False),
        left_level=_loud(left[on_the_left]),
        right_level=_loud(right[on_the_right]),
    )


def follows(levels: NDArray[np.float32], frames: NDArray[np.bool_]) -> bool:
    """Whether the levels of two channels change together in some frames, with one of them late or not.

    Then one channel holds there what leaks from the other, and no voice of its own.

    Args:
        levels: dB re full scale, shape (frames, 2).
        frames: which ones to look at, shape (frames,).
    """
    first, second = _smoothed(levels[:, 0]), _smoothed(levels[:, 1])
    for delay in range(-_LONGEST_DELAY, _LONGEST_DELAY + 1):
        pair = first[frames], _moved(second, delay, levels.min())[frames]
        if min(channel.std() for channel in pair) > 1e-3 and np.corrcoef(*pair)[0, 1] >= _LEAKING:
            return True
    return False


Parts = tuple[NDArray[np.bool_], NDArray[np.bool_]]
"""Frames in which the left and the right channel stand out."""


def _taking_turns(
    left: NDArray[np.float32], right: NDArray[np.float32], active: NDArray[np.bool_]
) -> Parts | None:
    """Where now one channel is much louder and now the other; None where that does not happen."""
    difference = np.maximum(left, left.max() - _SILENT_DB) - np.maximum(right, right.max() - _SILENT_DB)
    higher = difference > _threshold(difference[active])
    on_the_left, on_the_right = active & higher, active & ~higher
    if min(np.count_nonzero(on_the_left), np.count_nonzero(on_the_right)) * LEVEL_FRAME < LEAST_OF_VOICE:
        return None
    relative = difference - (_loud(left[on_the_left]) - _loud(right[on_the_right]))
    apart = float(relative[on_the_left].mean()), -float(relative[on_the_right].mean())
    return None if min(apart) < _LEAST_APART else (on_the_left, on_the_right)


def _at_once(left: NDArray[np.float32], right: NDArray[np.float32]) -> Parts | None:
    """Where each channel has sound, if the sounds are not related; None if they are."""
    on_the_left, on_the_right = (channel > channel.max() - _ACTIVE_DB for channel in (left, right))
    both = on_the_left & on_the_right
    if np.count_nonzero(both) * LEVEL_FRAME < LEAST_OF_VOICE:
        return None
    if min(left[both].std(), right[both].std()) < 1e-3:
        return None
    related = float(np.corrcoef(left[both], right[both])[0, 1])
    return None if related >= _RELATED else (on_the_left, on_the_right)


def _moved(values: NDArray[Value], frames: int, fill: Value | bool) -> NDArray[Value]:
    """Values moved to later frames (to earlier ones if negative)."""
    moved = np.full_like(values, fill)
    if frames >= 0:
        moved[frames:] = values[: len(values) - frames]
    else:
        moved[:frames] = values[-frames:]
    return moved


def _smoothed(channel: NDArray[np.float32]) -> NDArray[np.float32]:
    """The levels of a channel, averaged by power."""
    powers = uniform_filter1d(10.0 ** (channel.astype(np.float64) / 10.0), _SMOOTHING, mode="nearest")
    smoothed: NDArray[np.float32] = (10.0 * np.log10(np.maximum(powers, 1e-11))).astype(np.float32)
    return smoothed


def _loud(channel: NDArray[np.float32]) -> float:
    return float(np.percentile(channel, _LOUD_PERCENTILE))


def _delay(levels: NDArray[np.float32]) -> int:
    """Frames by which the left channel is later than the right one (negative: earlier)."""
    if len(levels) <= 4 * _LONGEST_DELAY or min(levels.std(axis=0)) < 1e-3:
        return 0
    left, right = ((channel - channel.mean()) / channel.std() for channel in levels.T.astype(np.float64))
    inner = slice(_LONGEST_DELAY, len(levels) - _LONGEST_DELAY)
    delays = range(-_LONGEST_DELAY, _LONGEST_DELAY + 1)
    products = [float(left[inner] @ right[inner.start - delay : inner.stop - delay]) for delay in delays]
    return delays[int(np.argmax(products))]


def _threshold(differences: NDArray[np.float32]) -> float:
    """The value that splits differences into two groups with the least spread within them (Otsu 1979)."""
    centre = float(np.median(differences))
    counts, edges = np.histogram(differences, bins=240, range=(centre - 120.0, centre + 120.0))
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)[:-1].astype(np.float64)
    above = below[-1] + counts[-1] - below
    sums = np.cumsum(counts * centres)
    means_below = sums[:-1] / np.maximum(below, 1)
    means_above = (sums[-1] - sums[:-1]) / np.maximum(above, 1)
    between = below * above * (means_below - means_above) ** 2
    return float(edges[1 + int(np.argmax(between))])
