"""The two sides of a recording whose channels hold different voices, such as a call."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.audio.channel_levels import LEVEL_FRAME
from analysis.audio.mixing import Gains
from analysis.audio.recording import Recording
from analysis.report import Channel, RecordingSide, Span
from analysis.signal.channels import LEAST_OF_VOICE, contrast
from analysis.signal.streaming import SignalStream

ALONE: dict[Channel, Gains] = {"left": (1.0, 0.0), "right": (0.0, 1.0)}
"""Gains that take one channel alone."""

_HEARD_LEVEL = -25.0
"""dB re full scale, to which loud speech is raised before voice activity is looked for: Silero misses speech
that is much quieter."""

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
    """Left and right, where each of two channels holds a voice of its own; empty elsewhere.

    Args:
        levels: of both channels, see `analysis.audio.channel_levels`.
        decode_with: decodes the same sound with the given gains; called only if the channels differ.
    """
    found = contrast(levels)
    if found is None:
        return ()
    parts: tuple[tuple[Literal["left", "right"], NDArray[np.bool_], float], ...] = (
        ("left", found.left, found.left_level),
        ("right", found.right, found.right_level),
    )
    sides = []
    for channel, own_frames, level in parts:
        gain = _factor(min(max(0.0, _HEARD_LEVEL - level), _MOST_GAIN))
        recording = decode_with(_times(ALONE[channel], gain))
        speech = speech_in(recording)
        if _seconds_within(speech, own_frames) < LEAST_OF_VOICE:
            return ()
        seconds = round(sum(span.duration for span in speech), 2)
        peak = float(np.max(np.abs(recording.samples))) / gain
        sides.append(Side(RecordingSide(channel, seconds, round(level, 1)), peak))
    return tuple(sides)


def balanced(sides: tuple[Side, ...]) -> Gains:
    """Gains that bring the speech of all sides to the level of the loudest, as far as nothing is clipped."""
    loudest = max(side.description.level for side in sides)
    gains = [_factor(min(loudest - side.description.level, _MOST_GAIN)) for side in sides]
    highest = sum(gain * side.peak for gain, side in zip(gains, sides, strict=True))
    return _times(tuple(gains), 1.0 / max(1.0, highest))


def speech_in(recording: Recording) -> tuple[Span, ...]:
    """Stretches of speech in a recording."""
    signal = SignalStream()
    signal.extend(recording.samples, recording.description.gaps, ended=True)
    return signal.voice_activity().speech


def _factor(decibels: float) -> float:
    return float(10.0 ** (decibels / 20.0))


def _times(gains: Gains, factor: float) -> Gains:
    return tuple(gain * factor for gain in gains)


def _seconds_within(spans: tuple[Span, ...], frames: NDArray[np.bool_]) -> float:
    """Seconds of the spans that lie in frames of 20 ms."""
    inside = sum(
        np.count_nonzero(frames[round(span.start / LEVEL_FRAME) : round(span.end / LEVEL_FRAME)])
        for span in spans
    )
    return float(inside * LEVEL_FRAME)
