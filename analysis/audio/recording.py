"""A decoded recording."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analysis.audio.mixing import Gains
from analysis.audio.notices import joined_notices
from analysis.report import Notice, RecordingDescription, Span

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
        gains: of the channels; None where they were mixed as one voice.
    """

    samples: NDArray[np.float32]
    description: RecordingDescription
    container: str
    has_video: bool
    notices: tuple[Notice, ...] = ()
    channel_levels: NDArray[np.float32] | None = None
    gains: Gains | None = None

    @property
    def duration(self) -> float:
        """Seconds, gaps included."""
        return self.description.duration


def join_recordings(recordings: Sequence[Recording], unread: int) -> Recording:
    """One recording of all parts of a file that was joined.

    Args:
        recordings: of the parts, in order; at least one.
        unread: parts that could not be read.
    """
    first = recordings[0]
    starts = np.cumsum([0.0, *(recording.duration for recording in recordings)])
    described = [recording.description for recording in recordings]
    stated = [description.media_duration for description in described]
    levels = [recording.channel_levels for recording in recordings]
    channels = {None if level is None else level.shape[1] for level in levels}
    return replace(
        first,
        samples=np.concatenate([recording.samples for recording in recordings]),
        description=replace(
            first.description,
            duration=float(starts[-1]),
            media_duration=None if None in stated else sum(length or 0.0 for length in stated),
            gaps=tuple(
                Span(gap.start + start, gap.end + start)
                for description, start in zip(described, starts, strict=False)
                for gap in description.gaps
            ),
        ),
        has_video=any(recording.has_video for recording in recordings),
        notices=(
            *joined_notices(len(recordings), unread),
            *(
                _moved(notice, float(start))
                for recording, start in zip(recordings, starts, strict=False)
                for notice in recording.notices
            ),
        ),
        channel_levels=np.concatenate([level for level in levels if level is not None])
        if len(channels) == 1 and None not in channels
        else None,
    )


def _moved(notice: Notice, by: float) -> Notice:
    return replace(
        notice,
        start=None if notice.start is None else notice.start + by,
        end=None if notice.end is None else notice.end + by,
    )
