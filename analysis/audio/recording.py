"""A decoded recording."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.report import Notice, RecordingDescription

DEFAULT_MAXIMUM_DURATION = 3600.0
"""Seconds. Longer than any interview answer; bounds what a hostile file can cost."""


@dataclass(frozen=True)
class Recording:
    """Sound on the presentation clock of its file.

    Attributes:
        samples: shape (n,), float32 within [-1, 1], 16 kHz; gaps are zeros.
        description: what the file was.
        container: FFmpeg's name of the container, for example `matroska,webm`.
        has_video: whether a picture lies beside the sound.
        notices: what was wrong with the file, for example `truncated`.
    """

    samples: NDArray[np.float32]
    description: RecordingDescription
    container: str
    has_video: bool
    notices: tuple[Notice, ...] = ()

    @property
    def duration(self) -> float:
        """Seconds, gaps included."""
        return self.description.duration
