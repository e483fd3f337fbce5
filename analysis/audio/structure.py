"""Facts about a media file that FFmpeg does not report, read from its bytes.

FFmpeg reports a duration without telling whether the header states it or it was estimated from the bit rate,
and it does not report that a file is truncated. Both matter here: only a stated duration can prove a loss.
Everything here reads a few kilobytes, never the audio itself, and trusts no length that it finds.
"""

from dataclasses import dataclass
from typing import Protocol

MAXIMUM_ELEMENTS = 20_000
"""Boxes, elements or chunks in a header that are read before giving up."""

MAXIMUM_BLOCKS = 1_000_000
"""The same for fragments, blocks and frames: an hour of sound and picture has up to 400,000 of them."""

LARGEST_APPENDIX = 4096
"""Bytes after the last element of a file that are no damage: programs append tags."""


class Bytes(Protocol):
    """A file that is open for reading, or a part of one."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""

    def seek(self, offset: int, /) -> int:
        """Moves to a place."""

    def tell(self) -> int:
        """The place."""


@dataclass(frozen=True)
class Structure:
    """Facts read from the bytes of a container.

    Attributes:
        states_duration: the header states a duration, so FFmpeg's figure is not an estimate.
        duration: seconds, where FFmpeg's figure is not what the header states (WAV: FFmpeg goes by the
            size of the file); None elsewhere.
        ends_early: the last box, element, page or chunk reaches beyond the end of the file.
        complete: the file holds all that its container counts, so a longer duration in its header is wrong.
            False where it ends early and where the container does not count.
        damaged: what follows somewhere is no element of the container, so it is skipped.
        last_stamp: seconds of the timestamp of the last block of a WebM file; None elsewhere.
        empty_edit: MP4 and MOV only, an edit list takes nothing of a track: its writer never filled it in.
        protected: MP4 and MOV only, the sound is encrypted.
        seekable: an index lies in the file, so that a player can jump (MP4: `moov` before the sound
            and no fragments; WebM: duration and cues; others: as `states_duration`).
        brand: MP4 and MOV only, the major brand, for example `qt  `.
    """

    states_duration: bool
    duration: float | None = None
    ends_early: bool = False
    complete: bool = False
    damaged: bool = False
    last_stamp: float | None = None
    empty_edit: bool = False
    protected: bool = False
    seekable: bool = True
    brand: str | None = None
