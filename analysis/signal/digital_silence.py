"""Digital silence: stretches of a recording that hold no sound at all, not even that of the room.

A muted microphone, padding and a noise gate write zeros, which a lossy codec makes nearly zero. Such frames
say nothing about the room, so they must not enter its noise floor: every threshold would fall below the real
noise, and no pause would be found. They are silent all the same, so that between words they are pauses.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from analysis.report import Span
from analysis.signal.levels import FRAME, SILENCE_DB, frame_runs

SHORTEST_MUTE = 3.0
"""Seconds. Zeros that last longer and cut off speech are a muted microphone, not a pause."""

_NO_SOUND_DB = -115.0
"""Level of a frame without sound, dB re full scale: below half a step of 16 bit audio (-96 dB) even where
only few samples differ from zero."""
_BELOW_LOUDEST_DB = 75.0
"""In a very quiet recording, a frame without sound is also this far below the loudest ones: with 24 bits even
the noise of a room may lie at -115 dB."""
_LOUDEST = 50
"""Frames (0.5 s) that are at least as loud as a recording's `loudest` level, so that a click is not."""

_NEARLY_NO_SOUND_DB = -92.0
"""Zeros from a lossy codec, or with dither, are below this level."""
_ROOM_ABOVE_DB, _ROOM_SPREAD_DB = 12.0, 8.0
_ROOM_FRAMES = 50
_MOST_BETWEEN = 0.1
"""Frames of nearly no sound have none where the noise of the room stands apart from them: at least 0.5 s of
it, 12 dB louder, and no more than a tenth of it more than 8 dB below its lower quartile. Otherwise they are
the noise of a very quiet room."""
_APART_FROM_SPEECH = 21
"""Width in frames (0.2 s) in which Silero finds no speech around a frame of room noise."""
_NO_SPEECH_ODDS = -2.0

_RINGING = 5
"""Frames (50 ms) before digital silence that are left out with it: the filter against hum still rings."""

_EDGE = 4
"""Frames beside digital silence by which it is decided whether it cuts off speech."""
_CUT_BELOW_SPEECH_DB = 18.0
"""In 97 of 100 places where labelled speech was cut, the louder frames before it were no further than this
below the level of speech; before a noise gate that closes after 50 ms, in 10 of 100."""
_ABRUPT_BELOW_SPEECH_DB = 6.0
"""Speech after a pause may be loud at once, and so may be speech before a gate that closes at once."""
_FEWEST_GATED = 2
"""Shorter stretches of digital silence between words by which a noise gate is recognised."""
_SHORTEST_GATED = 5


def frames_with_sound(levels: NDArray[np.float32], odds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames hold sound, be it only that of the room.

    Args:
        levels: shape (frames,), dB re full scale.
        odds: shape (frames,), log odds of speech.

    Returns:
        shape (frames,).
    """
    if not len(levels):
        return np.ones(0, dtype=bool)
    loudest = float(np.partition(levels, -min(_LOUDEST, len(levels)))[-min(_LOUDEST, len(levels))])
    silent = levels <= min(_NO_SOUND_DB, loudest - _BELOW_LOUDEST_DB)
    nearly = ~silent & (levels <= _NEARLY_NO_SOUND_DB)
    if nearly.any() and _room_stands_apart(levels[~silent & ~nearly], odds[~silent & ~nearly]):
        silent |= nearly
    for first, _ in frame_runs(silent):
        silent[max(0, first - _RINGING) : first] = True
    return ~silent


def find_mutes(
    levels: NDArray[np.float32], sound: NDArray[np.bool_], speech: Sequence[Span], speech_level: float
) -> tuple[Span, ...]:
    """Stretches in which the microphone was muted while somebody spoke, in order.

    Args:
        levels: shape (frames,), dB re full scale.
        sound: shape (frames,), from `frames_with_sound`.
        speech: stretches of speech, in order.
        speech_level: dB re full scale.
    """
    spoken = np.full(len(levels), SILENCE_DB)
    for stretch in speech:
        inside = slice(round(stretch.start / FRAME), round(stretch.end / FRAME))
        spoken[inside] = levels[inside] - speech_level
    between = [run for run in frame_runs(~sound) if run[0] > 0 and run[1] < len(levels)]
    lengths = [last - first for first, last in between]
    gated = sum(n >= _SHORTEST_GATED and n * FRAME <= SHORTEST_MUTE for n in lengths) >= _FEWEST_GATED
    mutes = []
    for first, last in between:
        if (last - first) * FRAME <= SHORTEST_MUTE:
            continue
        # The frames left out for ringing begin with the last ones of the speech.
        before, after = spoken[first - 1 : first + _EDGE], spoken[last + 1 : last + 1 + _EDGE]
        if gated:
            cut = before.max() > -_ABRUPT_BELOW_SPEECH_DB and after.min() > -_ABRUPT_BELOW_SPEECH_DB
        else:
            cut = before.max() > -_CUT_BELOW_SPEECH_DB or after[0] > -_ABRUPT_BELOW_SPEECH_DB
        if cut:
            mutes.append(Span(round(first * FRAME, 2), round(last * FRAME, 2)))
    return tuple(mutes)


def _room_stands_apart(levels: NDArray[np.float32], odds: NDArray[np.float64]) -> bool:
    if not len(levels):
        return False
    room = levels[maximum_filter1d(odds, _APART_FROM_SPEECH) < _NO_SPEECH_ODDS]
    if len(room) < _ROOM_FRAMES:
        return False
    lower = float(np.percentile(room, 25))
    between = np.count_nonzero(room < lower - _ROOM_SPREAD_DB)
    return bool(lower > _NEARLY_NO_SOUND_DB + _ROOM_ABOVE_DB and between <= _MOST_BETWEEN * len(room))
