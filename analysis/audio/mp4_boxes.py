"""What the boxes of an MP4 or MOV file tell that FFmpeg does not."""

import struct
from collections.abc import Iterator, Sequence

from analysis.audio.structure import LARGEST_APPENDIX, MAXIMUM_BLOCKS, MAXIMUM_ELEMENTS, Bytes, Structure

KNOWN_BOXES = frozenset(
    b"ftyp styp moov moof mdat mfra sidx free skip wide uuid udta meta pnot emsg prft ssix pdin".split()
)
"""MP4's top-level boxes. Anything else was appended to the file or is damage."""

MAXIMUM_EDITS = 100
"""Entries of an edit list that are read."""


def _boxes(
    file: Bytes, start: int, end: int, *, most: int = MAXIMUM_ELEMENTS
) -> Iterator[tuple[bytes, int, int]]:
    """Type, first byte of the content and first byte after it, for each MP4 box."""
    position = start
    for _ in range(most):
        file.seek(position)
        header = file.read(16)
        if position >= end or len(header) < 8:
            return
        length, kind = struct.unpack(">I4s", header[:8])
        content = position + 8
        if length == 1 and len(header) == 16:
            length = struct.unpack(">Q", header[8:])[0]
            content = position + 16
        elif length == 0:
            length = end - position
        if length < content - position or (start == 0 and kind not in KNOWN_BOXES):
            return
        yield kind, content, position + length
        position += length


def read_boxes(file: Bytes, size: int) -> Structure:
    brand: str | None = None
    fragmented = moov_seen = mdat_seen = moov_first = empty_edit = protected = False
    furthest = 0
    for kind, content, end in _boxes(file, 0, size, most=MAXIMUM_BLOCKS):
        furthest = max(furthest, end)
        if kind == b"ftyp":
            file.seek(content)
            brand = file.read(4).decode("latin-1")
        elif kind == b"moov":
            moov_seen = True
            fragmented = any(inner == b"mvex" for inner, _, _ in _boxes(file, content, min(end, size)))
            empty_edit = _has_empty_edit(file, content, min(end, size))
            protected = _has_encrypted_sound(file, content, min(end, size))
        elif kind == b"mdat":
            mdat_seen, moov_first = True, moov_first or moov_seen
    return Structure(
        states_duration=moov_seen and not fragmented,
        ends_early=furthest > size,
        complete=moov_seen and mdat_seen and furthest <= size,
        damaged=fragmented and furthest < size - LARGEST_APPENDIX,
        empty_edit=empty_edit and not fragmented,
        protected=protected,
        seekable=moov_first and not fragmented,
        brand=brand,
    )


def _inside(file: Bytes, start: int, end: int, path: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Content and end of each MP4 box that is reached through boxes of these types."""
    for kind, content, box_end in _boxes(file, start, end):
        if kind == path[0] and box_end <= end:
            if len(path) == 1:
                yield content, box_end
            else:
                yield from _inside(file, content, box_end, path[1:])


def _has_encrypted_sound(file: Bytes, start: int, end: int) -> bool:
    """Whether a track in `moov` holds sound that is encrypted: by FairPlay (`drms`) or Common Encryption."""
    for content, _ in _inside(file, start, end, (b"trak", b"mdia", b"minf", b"stbl", b"stsd")):
        file.seek(content)
        # Version, flags and number of entries, then length and type of the first.
        if file.read(16)[12:] in (b"drms", b"enca"):
            return True
    return False


def _has_empty_edit(file: Bytes, start: int, end: int) -> bool:
    """Whether an edit list in `moov` takes 0 s of a track."""
    for content, _ in _inside(file, start, end, (b"trak", b"edts", b"elst")):
        file.seek(content)
        version, _, _, _, entries = struct.unpack(">4BI", file.read(8).ljust(8, b"\0"))
        form = ">QqI" if version == 1 else ">IiI"
        for _ in range(min(entries, MAXIMUM_EDITS)):
            entry = file.read(struct.calcsize(form))
            if len(entry) < struct.calcsize(form):
                break
            length, media_time, _ = struct.unpack(form, entry)
            if length == 0 and media_time >= 0:
                return True
    return False
