"""Facts about a media file that FFmpeg does not report, read from its bytes.

FFmpeg reports a duration without telling whether the header states it or it was estimated from the bit rate,
and it does not report that a file is truncated. Both matter here: only a stated duration can prove a loss.
Everything here reads a few kilobytes, never the audio itself, and trusts no length that it finds.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

STREAMED_WAV_BYTES = 0x7FFF_0000
"""Bytes. A WAV data chunk of at least this length was written by a program that did not know the end."""

MAXIMUM_ELEMENTS = 20_000
"""Top-level boxes or elements read before giving up: an hour in fragments of 0.2 s."""

OGG_TAIL_BYTES = 128 * 1024
"""Bytes. An Ogg page is at most 65,307 bytes, so the last one starts within this tail."""

WAV_HEADER_BYTES = 44
"""Bytes. Some recorders count the header of a WAV file as sound."""

WAV_LOSS = 0.05
"""Seconds that may be missing of a WAV file before it counts as cut off."""

PLAIN_SAMPLES = (1, 3, 6, 7, 0xFFFE)
"""WAV's numbers for whole-number, floating-point, A-law and mu-law samples, and for the extended form."""

SOUND_CHUNKS = {
    "aiff": (12, ">4sI", b"SSND"),
    "caf": (8, ">4sq", b"data"),
    "avi": (0, "<4sI", b"RIFF"),
}
"""Where the first chunk of a container lies, its header, and the one that holds the sound."""

MAXIMUM_EDITS = 100
"""Entries of an edit list that are read."""

KNOWN_BOXES = frozenset(
    b"ftyp styp moov moof mdat mfra sidx free skip wide uuid udta meta pnot emsg prft".split()
)
"""MP4's top-level boxes. Anything else was appended to the file or is damage."""

EBML_UNKNOWN_SIZE = -1
EBML_HEAD = 0x1A45DFA3
EBML_SEGMENT = 0x18538067
EBML_INFO = 0x1549A966
EBML_DURATION = 0x4489
EBML_CUES = 0x1C53BB6B
EBML_OTHERS = (0x114D9B74, 0x1654AE6B, 0x1F43B675, 0x1254C367, 0x1043A770, 0x1941A469, 0xEC, 0xBF)
KNOWN_ELEMENTS = frozenset((EBML_HEAD, EBML_SEGMENT, EBML_INFO, EBML_CUES, *EBML_OTHERS))
"""Matroska's elements at the top level of a file and of its segment, including seek head, tracks, cluster,
tags, chapters, attachments, void and checksum."""


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
    empty_edit: bool = False
    protected: bool = False
    seekable: bool = True
    brand: str | None = None


def read_structure(file: Bytes, size: int, container: str) -> Structure:
    """Look at the bytes.

    Args:
        file: open for reading; its position changes.
        size: bytes in the file.
        container: FFmpeg's name of the container.
    """
    if container.startswith("mov"):
        return _read_boxes(file, size)
    if container.startswith("matroska"):
        return _read_ebml(file, size)
    if container == "ogg":
        return Structure(states_duration=False, ends_early=_ogg_ends_early(file, size))
    if container == "mp3":
        return _read_mp3(file, size)
    if container == "wav":
        return _read_chunks(file, size)
    if container in SOUND_CHUNKS:
        return _read_sound_chunk(file, size, container)
    return Structure(states_duration=container == "flac", seekable=container == "flac")


def _boxes(file: Bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Type, first byte of the content and first byte after it, for each MP4 box."""
    position = start
    for _ in range(MAXIMUM_ELEMENTS):
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


def _read_boxes(file: Bytes, size: int) -> Structure:
    brand: str | None = None
    fragmented = moov_seen = moov_first = empty_edit = protected = False
    furthest = 0
    for kind, content, end in _boxes(file, 0, size):
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
            moov_first = moov_first or moov_seen
    return Structure(
        states_duration=moov_seen and not fragmented,
        ends_early=furthest > size,
        complete=furthest <= size,
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


def _ebml_number(file: Bytes, *, keep_marker: bool) -> int | None:
    """One EBML variable-length number: an element's id (with its marker) or size; None at the end."""
    first = file.read(1)
    if not first or first[0] == 0:
        return None
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    if len(rest) < length - 1:
        return None
    value = first[0] if keep_marker else first[0] & ((1 << (8 - length)) - 1)
    number = int.from_bytes(bytes([value]) + rest)
    if not keep_marker and number == (1 << (7 * length)) - 1:
        return EBML_UNKNOWN_SIZE
    return number


def _elements(file: Bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Id, first byte of the content and first byte after it (or EBML_UNKNOWN_SIZE) of each element."""
    position = start
    for _ in range(MAXIMUM_ELEMENTS):
        if position >= end:
            return
        file.seek(position)
        identity = _ebml_number(file, keep_marker=True)
        length = _ebml_number(file, keep_marker=False)
        if identity is None or length is None:
            return
        content = file.tell()
        if length == EBML_UNKNOWN_SIZE:
            yield identity, content, EBML_UNKNOWN_SIZE
            return
        yield identity, content, content + length
        position = content + length


def _read_ebml(file: Bytes, size: int) -> Structure:
    segment_start, segment_end = size, size
    for identity, content, end in _elements(file, 0, size):
        if identity == EBML_SEGMENT:
            segment_start, segment_end = content, end
            break
    has_duration = has_cues = False
    furthest = 0 if segment_end == EBML_UNKNOWN_SIZE else segment_end
    for identity, content, end in _elements(file, segment_start, size):
        if identity not in KNOWN_ELEMENTS:
            break
        furthest = max(furthest, end)
        if identity == EBML_INFO:
            has_duration = any(inner == EBML_DURATION for inner, _, _ in _elements(file, content, end))
        elif identity == EBML_CUES:
            has_cues = True
    return Structure(
        states_duration=has_duration,
        ends_early=furthest > size,
        # A recorder leaves the sizes open; FFmpeg reports an error if such a file is cut off.
        complete=furthest <= size,
        seekable=has_duration and has_cues,
    )


def _ogg_ends_early(file: Bytes, size: int) -> bool:
    """Whether the last Ogg page is cut off."""
    file.seek(max(0, size - OGG_TAIL_BYTES))
    tail = file.read(OGG_TAIL_BYTES)
    page = tail.rfind(b"OggS")
    if page < 0 or len(tail) < page + 27:
        return True
    segments = tail[page + 26]
    lacing = tail[page + 27 : page + 27 + segments]
    return len(lacing) < segments or page + 27 + segments + sum(lacing) > len(tail)


def _read_mp3(file: Bytes, size: int) -> Structure:
    """What the first frame counts, if it is a Xing, Info or VBRI header."""
    end = mp3_length(file, 0)
    if end is None:
        return Structure(states_duration=False, seekable=False)
    return Structure(states_duration=True, ends_early=end > size, complete=0 < end <= size)


def mp3_length(file: Bytes, start: int) -> int | None:
    """Where an MP3 that starts in a file ends, according to its first frame.

    Returns:
        0 if that frame counts no bytes; None if it counts nothing, or is none.
    """
    file.seek(start)
    header = file.read(10)
    if header[:3] == b"ID3" and len(header) == 10:
        start += 10 + sum(
            (byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True)
        )
    file.seek(start)
    frame = file.read(4096)
    for mark, at in ((b"Xing", 12), (b"Info", 12), (b"VBRI", 10)):
        place = frame.find(mark)
        if place >= 0:
            flags = frame[place + 7 : place + 8]
            counts_bytes = mark == b"VBRI" or (flags != b"" and flags[0] & 3 == 3)
            length = int.from_bytes(frame[place + at : place + at + 4]) if counts_bytes else 0
            return start + length if length else 0
    return None


def _read_chunks(file: Bytes, size: int) -> Structure:
    file.seek(0)
    if file.read(4) in (b"RF64", b"BW64"):
        # Over 4 GB, so over every limit: FFmpeg's figure is good enough.
        return Structure(states_duration=True)
    position, rate = 12, 0
    for _ in range(MAXIMUM_ELEMENTS):
        file.seek(position)
        header = file.read(8)
        if len(header) < 8:
            break
        kind, length = struct.unpack("<4sI", header)
        if kind == b"fmt ":
            rate = bytes_a_second(file.read(16))
        if kind == b"data":
            if rate == 0 or not 0 < length < STREAMED_WAV_BYTES:
                break
            missing = position + 8 + length - size
            ends_early = missing > max(WAV_HEADER_BYTES, WAV_LOSS * rate)
            return Structure(
                states_duration=True,
                duration=length / rate,
                ends_early=ends_early,
                complete=not ends_early,
            )
        position += 8 + length + (length & 1)
    return Structure(states_duration=False, seekable=False)


def _read_sound_chunk(file: Bytes, size: int, container: str) -> Structure:
    """Whether the chunk that holds the sound of an AIFF, CAF or AVI file is all there."""
    position, header_form, sound = SOUND_CHUNKS[container]
    header_size = struct.calcsize(header_form)
    for _ in range(MAXIMUM_ELEMENTS):
        file.seek(position)
        header = file.read(header_size)
        if len(header) < header_size:
            break
        kind, length = struct.unpack(header_form, header)
        # A recorder that streams states -1 or 0.
        if kind == sound and length > 0:
            ends_early = position + header_size + length > size
            return Structure(
                states_duration=container == "aiff",
                ends_early=ends_early,
                complete=not ends_early,
                seekable=False,
            )
        position += header_size + max(0, length) + (length & 1 if container != "caf" else 0)
    return Structure(states_duration=False, seekable=False)


def bytes_a_second(form: bytes) -> int:
    """Bytes a second of a WAV file's sound, given the start of its `fmt ` chunk."""
    if len(form) < 16:
        return 0
    tag, channels, rate, stated, _, bits = struct.unpack("<HHIIHH", form[:16])
    # The byte rate is often wrong, and a decoder of plain samples does not look at it.
    return int(rate * channels * ((bits + 7) // 8) if tag in PLAIN_SAMPLES else stated)
