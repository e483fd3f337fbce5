"""Finds where files were joined byte by byte, and presents each part as a file of its own.

People join recordings with `cat`, recorders write a new header after a pause, and WAV files may hold their
sound in several chunks. FFmpeg reads WebM, Ogg and bare frames across such joints; of WAV, FLAC, MP3 and MP4
it reads the first part only, or loses sound at the joint. A header is a hint here as well: a WAV file whose
sound goes on after the length that it states is read to its end.

Nothing is copied: a part is a window on the file, sometimes with a few bytes of header before it.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from analysis.audio.bare_frames import mp3_length
from analysis.audio.sound_chunks import STREAMED_WAV_BYTES, WAV_HEADER_BYTES, bytes_a_second
from analysis.audio.structure import MAXIMUM_ELEMENTS

FLAC_START = b"fLaC\0\0\0\x22"
"""Marker and first metadata block, which is always of 34 bytes."""

CHUNKED = ((b"RIFF", b"AVI "), (b"FORM", b"AIFF"), (b"FORM", b"AIFC"))
"""First four bytes and form of containers that state their length at their start."""

LEAST_REST = 0.5
"""Seconds of sound after the stated end of a WAV file that are read: a title at the end is shorter."""

SEARCHED_BYTES = 1 << 20
"""Bytes that are searched at a time."""

MOST_PARTS = 1000
"""Parts that are read, so that a hostile file costs no more than a long one."""


@dataclass(frozen=True)
class Part:
    """A stretch of a file that is a file of its own.

    Attributes:
        start, end: bytes.
        head: bytes that go before it.
    """

    start: int
    end: int
    head: bytes = b""


class PartFile:
    """A part as a file that is open for reading."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        self._file = file
        self._part = part
        self._at = 0
        self.size = len(part.head) + part.end - part.start

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; all of the rest if it is negative."""
        rest = max(0, self.size - self._at)
        size = rest if size < 0 else min(size, rest)
        content = self._part.head[self._at : self._at + size]
        if len(content) < size:
            self._file.seek(self._part.start + self._at + len(content) - len(self._part.head))
            content += self._file.read(size - len(content))
        self._at += len(content)
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Moves to a place, as `io.IOBase.seek` does."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence])
        return self._at

    def tell(self) -> int:
        """The place."""
        return self._at


def find_parts(file: BinaryIO, size: int) -> tuple[Part, ...]:
    """The parts of a file, in order; one that is the whole file where nothing was joined.

    Args:
        file: open for reading; its position changes.
        size: bytes in the file.
    """
    file.seek(0)
    start = file.read(16)
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        found = _wav_parts(file, size)
    elif (start[:4], start[8:12]) in CHUNKED:
        found = _between(_chunked_starts(file, size), size)
    elif start[4:8] == b"ftyp":
        found = _between(_mp4_starts(file, size), size)
    elif start[:4] == b"fLaC":
        found = _between(_flac_starts(file), size)
    elif start[:3] == b"ID3" or start[:1] == b"\xff":
        found = _between(_mp3_starts(file, size), size)
    else:
        return (Part(0, size),)
    parts = [part for part, _ in zip(found, range(MOST_PARTS), strict=False)]
    return tuple(parts) or (Part(0, size),)


def _between(starts: Iterator[int], size: int) -> Iterator[Part]:
    start = 0
    for following in starts:
        yield Part(start, following)
        start = following
    yield Part(start, size)


def _mp4_starts(file: BinaryIO, size: int) -> Iterator[int]:
    """Where another file type box follows an index."""
    position, has_index = 0, False
    for _ in range(MAXIMUM_ELEMENTS):
        file.seek(position)
        header = file.read(16)
        if len(header) < 8:
            return
        length, kind = struct.unpack(">I4s", header[:8])
        if length == 1 and len(header) == 16:
            length = struct.unpack(">Q", header[8:])[0]
        if length < 8:
            return
        if kind == b"ftyp" and has_index:
            yield position
            has_index = False
        has_index = has_index or kind == b"moov"
        position += length
        if position >= size:
            return


def _chunked_starts(file: BinaryIO, size: int) -> Iterator[int]:
    """Where another AVI or AIFF file follows the length of the one before."""
    start = 0
    for _ in range(MAXIMUM_ELEMENTS):
        file.seek(start)
        header = file.read(8)
        if len(header) < 8:
            return
        length = int.from_bytes(header[4:], "little" if header[:4] == b"RIFF" else "big")
        start += 8 + length + (length & 1)
        file.seek(start)
        header = file.read(12)
        if len(header) < 12 or header[:4] not in (b"RIFF", b"FORM"):
            return
        # A long AVI file goes on in further chunks of the form AVIX.
        if (header[:4], header[8:]) in CHUNKED:
            yield start


def _flac_starts(file: BinaryIO) -> Iterator[int]:
    """Where another FLAC stream follows; the file is read in pieces, since a process may have less memory."""
    start = len(FLAC_START)
    while True:
        file.seek(start)
        piece = file.read(SEARCHED_BYTES)
        place = piece.find(FLAC_START)
        if place >= 0:
            yield start + place
            start += place + len(FLAC_START)
        elif len(piece) < SEARCHED_BYTES:
            return
        else:
            # A start may lie across the end of the piece.
            start += len(piece) - len(FLAC_START) + 1


def _mp3_starts(file: BinaryIO, size: int) -> Iterator[int]:
    """Where another tag or counted stream follows as many bytes as the first frame counts."""
    start = 0
    while True:
        end = mp3_length(file, start)
        if not end or end >= size or mp3_length(file, end) is None:
            return
        yield end
        start = end


def _wav_parts(file: BinaryIO, size: int) -> Iterator[Part]:
    start, position, form = 0, 12, b""
    head, sound_end = b"", 0
    for _ in range(MAXIMUM_ELEMENTS):
        file.seek(position)
        header = file.read(8)
        if len(header) < 8:
            break
        kind, length = struct.unpack("<4sI", header)
        content = position + 8
        if kind == b"fmt ":
            form = file.read(min(length, 1024))
        elif kind == b"data":
            rate = bytes_a_second(form)
            if not 0 < length < STREAMED_WAV_BYTES or rate == 0:
                break
            if sound_end:
                yield Part(start, sound_end, head)
                start, head = content, _wav_head(form, length)
            end = sound_end = min(content + length, size)
            following = _next_wav(file, end)
            if following is not None:
                yield Part(start, following, head)
                start, position = following, following + 12
                form, head, sound_end = b"", b"", 0
                continue
            there = _next_chunk(file, end, size)
            if there is None and size - end >= LEAST_REST * rate:
                # The length is wrong: the sound goes on.
                yield Part(content, size, _wav_head(form, size - content))
                return
            if there is None:
                break
            position = there
            continue
        elif not _is_chunk(header, content, size):
            break
        position = content + length + (length & 1)
    yield Part(start, size, head)


def _wav_head(form: bytes, length: int) -> bytes:
    """A WAV header for so many bytes of sound."""
    inner = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", length)
    return b"RIFF" + struct.pack("<I", min(len(inner) + length, 0xFFFFFFFF)) + inner


def _next_wav(file: BinaryIO, end: int) -> int | None:
    """Where another WAV file starts, near the end of the sound: its length may count a header too many."""
    first = max(0, end - WAV_HEADER_BYTES - 4)
    file.seek(first)
    near = file.read(end - first + WAV_HEADER_BYTES + 16)
    place = near.find(b"RIFF")
    while place >= 0:
        if near[place + 8 : place + 12] == b"WAVE":
            return first + place
        place = near.find(b"RIFF", place + 4)
    return None


def _next_chunk(file: BinaryIO, end: int, size: int) -> int | None:
    """Where the next chunk starts; some programs leave out the byte that makes lengths even."""
    for position in (end + (end & 1), end, end + 1):
        file.seek(position)
        header = file.read(8)
        if len(header) == 8 and _is_chunk(header, position + 8, size):
            return position
    return None


def _is_chunk(header: bytes, content: int, size: int) -> bool:
    kind, length = struct.unpack("<4sI", header)
    return all(0x20 <= byte < 0x7F for byte in kind) and (content + length <= size + 1 or kind == b"data")
