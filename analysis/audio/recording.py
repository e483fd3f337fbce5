"""A decoded recording."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.report import Notice, RecordingDescription

DEFAULT_MAXIMUM_DURATION = 3600.0
"""Seconds. Longer than any interview answer; bounds the cost of a hostile file."""


@dataclass(frozen=True)
class Recording:
    """The audio of a file, on the presentation clock of that file.

    Attributes:
        samples: shape (n,), float32 within [-1, 1], 16 kHz; gaps are zeros.
        description: of the file.
        container: FFmpeg's name of the container, for example `matroska,webm`.
        has_video: whether the file has a video track.
        notices: problems of the file, for example `truncated`.
        channel_levels: dB re full scale, shape (frames, channels), see `analysis.audio.channel_levels`; None
            where there is one channel, or where their number changes.
    """

    samples: NDArray[np.float32]
    description: RecordingDescription
    container: str
    has_video: bool
    notices: tuple[Notice, ...] = ()
    channel_levels: NDArray[np.float32] | None = None

    @property
    def duration(self) -> float:
        """Seconds, gaps included."""
        return self.description.duration
