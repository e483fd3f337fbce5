"""The two sides of a recording whose channels hold different voices, such as a call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.audio.channel_levels import LEVEL_FRAME
from analysis.audio.mixing import Gains
from analysis.audio.recording import Recording
from analysis.report import Channel, RecordingDescription, RecordingSide, Span
from analysis.signal.channels import LEAST_OF_VOICE, contrast, follows
from analysis.signal.streaming import SignalStream

ALONE: dict[Channel, Gains] = {"left": (1.0, 0.0), "right": (0.0, 1.0)}
"""Gains that take one channel alone."""

_HEARD_LEVEL = -25.0
"""dB re full scale, to which loud speech is raised before voice activity is looked for: Silero misses speech
that is much quieter."""

_LEAST_SPEECH = 0.5
"""Seconds of speech that a side needs where it stands out: 'good morning'."""

LEAST_LEAK = LEAST_OF_VOICE
"""Seconds of the other voice from which figures of one side may be about both."""

_MOST_GAIN = 50.0
"""dB. Speech that needs more is at the level of one step of a 16-bit recording."""


@dataclass(frozen=True)
class Side:
    """One of two channels with a voice of its own.

    Attributes:
        description: for the report.
        peak: largest absolute sample.
    """

    description: RecordingSide
    peak: float


def find_sides(levels: NDArray[np.float32], decode_with: Callable[[Gains], Recording]) -> tuple[Side, ...]:
    """The channels with a voice, where two channels hold different sounds; empty elsewhere.

    It is one channel where the other holds only noise or music.

    Args:
        levels: of both channels, see `analysis.audio.channel_levels`.
        decode_with: decodes the same sound with the given gains; called only if the channels differ.
    """
    found = contrast(levels)
    if found is None:
        return ()
    parts: tuple[tuple[Literal["left", "right"], NDArray[np.bool_], NDArray[np.bool_], float], ...] = (
        ("left", found.left, found.right & ~found.left, found.left_level),
        ("right", found.right, found.left & ~found.right, found.right_level),
    )
    sides = []
    for channel, own_frames, frames_of_other, level in parts:
        gain = _factor(min(max(0.0, _HEARD_LEVEL - level), _MOST_GAIN))
        recording = decode_with(_times(ALONE[channel], gain))
        speech = speech_in(recording)
        spoken = _frames_of(speech, len(levels))
        if np.count_nonzero(spoken & own_frames) * LEVEL_FRAME < _LEAST_SPEECH:
            continue
        leak = _leak(levels, spoken & frames_of_other)
        own = sum(span.duration for span in speech) - leak
        peak = float(np.max(np.abs(recording.samples))) / gain
        described = RecordingSide(channel, round(own, 2), round(level, 1), round(leak, 2))
        sides.append(Side(described, peak))
    return tuple(sides)


def balanced(sides: tuple[Side, ...]) -> Gains:
    """Gains that bring the speech of all sides to the level of the loudest, as far as nothing is clipped."""
    loudest = max(side.description.level for side in sides)
    gains = [_factor(min(loudest - side.description.level, _MOST_GAIN)) for side in sides]
    highest = sum(gain * side.peak for gain, side in zip(gains, sides, strict=True))
    return _times(tuple(gains), 1.0 / max(1.0, highest))


def hears_both_sides(recording: RecordingDescription) -> bool:
    """Whether what was measured holds the voices of both sides."""
    measured = [side for side in recording.sides if recording.channel in ("both", side.channel)]
    return len(measured) > 1 or any(side.leak >= LEAST_LEAK for side in measured)


def speech_in(recording: Recording) -> tuple[Span, ...]:
    """Stretches of speech in a recording."""
    signal = SignalStream()
    signal.extend(recording.samples, recording.description.gaps, ended=True)
    return signal.voice_activity().speech


def _factor(decibels: float) -> float:
    return float(10.0 ** (decibels / 20.0))


def _times(gains: Gains, factor: float) -> Gains:
    return tuple(gain * factor for gain in gains)


def _leak(levels: NDArray[np.float32], frames: NDArray[np.bool_]) -> float:
    """Seconds of speech that leaked from the other side, of frames in which that side is louder."""
    seconds = float(np.count_nonzero(frames) * LEVEL_FRAME)
    return seconds if seconds >= LEAST_LEAK and follows(levels, frames) else 0.0


def _frames_of(spans: tuple[Span, ...], frames: int) -> NDArray[np.bool_]:
    """The spans as frames of 20 ms."""
    inside = np.zeros(frames, dtype=bool)
    for span in spans:
        inside[round(span.start / LEVEL_FRAME) : round(span.end / LEVEL_FRAME)] = True
    return inside
