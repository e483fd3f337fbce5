"""Facts about a media file that FFmpeg does not report, read from its bytes.

FFmpeg reports a duration without telling whether the header states it or it was estimated from the bit rate,
and it does not report that a file is truncated. Both matter here: only a stated duration can prove a loss.
Everything here reads a few kilobytes, never the audio itself, and trusts no length that it finds.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from analysis.audio.ogg_pages import read_pages

STREAMED_WAV_BYTES = 0x7FFF_0000
"""Bytes. A WAV data chunk of at least this length was written by a program that did not know the end."""

MAXIMUM_ELEMENTS = 20_000
"""Top-level boxes or elements read before giving up: an hour in fragments of 0.2 s."""

MAXIMUM_BLOCKS = 400_000
"""The same for blocks in clusters of open size: an hour of sound and picture in packets of 20 ms."""

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

LARGEST_APPENDIX = 4096
"""Bytes after the last element of a file that are no damage: programs append tags."""

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
EBML_CLUSTER = 0x1F43B675
EBML_SCALE = 0x2AD7B1
EBML_TIMESTAMP = 0xE7
EBML_BLOCK = 0xA3
EBML_OPEN = (EBML_SEGMENT, EBML_CLUSTER)
EBML_IN_CLUSTERS = (EBML_TIMESTAMP, 0xA3, 0xA0, 0xA7, 0xAB, 0xAF, 0x5854)
KNOWN_ELEMENTS = frozenset((EBML_HEAD, EBML_SEGMENT, EBML_INFO, EBML_CUES, *EBML_OTHERS, *EBML_IN_CLUSTERS))
"""Matroska's elements at the top level of a file and of its segment, including seek head, tracks, cluster,
tags, chapters, attachments, void and checksum; and those in clusters, which recorders leave open like the
segment (`EBML_OPEN`)."""


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
        return _read_ogg(file)
    if container == "mp3":
        return _read_mp3(file, size)
    if container == "wav":
        return _read_chunks(file, size)
    if container == "aac":
        return Structure(states_duration=False, damaged=_has_lost_frames(file, size), seekable=False)
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
    fragmented = moov_seen = mdat_seen = moov_first = empty_edit = protected = False
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


def _ebml_number(header: bytes, place: int, *, keep_marker: bool) -> tuple[int, int] | None:
    """One EBML variable-length number, an element's id (with its marker) or size, and where it ends."""
    first = header[place] if place < len(header) else 0
    length = 9 - first.bit_length()
    if first == 0 or place + length > len(header):
        return None
    number = int.from_bytes(header[place : place + length])
    if keep_marker:
        return number, place + length
    number &= (1 << (7 * length)) - 1
    return EBML_UNKNOWN_SIZE if number == (1 << (7 * length)) - 1 else number, place + length


def _elements(
    file: Bytes, start: int, end: int, *, most: int = MAXIMUM_ELEMENTS
) -> Iterator[tuple[int, int, int]]:
    """Id, first byte of the content and first byte after it (or EBML_UNKNOWN_SIZE) of each element.

    What is inside segments and clusters follows them.
    """
    position = start
    for _ in range(most):
        if position >= end:
            return
        file.seek(position)
        header = file.read(16)
        identity = _ebml_number(header, 0, keep_marker=True)
        length = None if identity is None else _ebml_number(header, identity[1], keep_marker=False)
        if identity is None or length is None:
            return
        content = position + length[1]
        stop = EBML_UNKNOWN_SIZE if length[0] == EBML_UNKNOWN_SIZE else content + length[0]
        yield identity[0], content, stop
        if identity[0] in EBML_OPEN:
            position = content
        elif stop == EBML_UNKNOWN_SIZE:
            return
        else:
            position = stop


def _ebml_integer(file: Bytes, start: int, end: int) -> int:
    file.seek(start)
    return int.from_bytes(file.read(min(max(0, end - start), 8)))


def _read_ebml(file: Bytes, size: int) -> Structure:
    segment_start, segment_end = size, size
    for identity, content, end in _elements(file, 0, size):
        if identity == EBML_SEGMENT:
            segment_start, segment_end = content, end
            break
    has_duration = has_cues = False
    furthest = 0 if segment_end == EBML_UNKNOWN_SIZE else segment_end
    walked = segment_start
    cluster, block, scale = 0, None, 1_000_000
    for identity, content, end in _elements(file, segment_start, size, most=MAXIMUM_BLOCKS):
        if identity not in KNOWN_ELEMENTS:
            break
        furthest = max(furthest, end)
        if identity in EBML_OPEN:
            walked = content
            continue
        walked = end
        if identity == EBML_INFO:
            for inner, place, inner_end in _elements(file, content, end):
                has_duration = has_duration or inner == EBML_DURATION
                if inner == EBML_SCALE:
                    scale = _ebml_integer(file, place, inner_end)
        elif identity == EBML_TIMESTAMP:
            cluster = _ebml_integer(file, content, end)
        elif identity == EBML_BLOCK:
            block = content
        elif identity == EBML_CUES:
            has_cues = True
    damaged = walked < size - LARGEST_APPENDIX
    return Structure(
        states_duration=has_duration,
        ends_early=furthest > size,
        complete=furthest <= size and not damaged,
        damaged=damaged,
        last_stamp=None if block is None else (cluster + _block_time(file, block)) * scale / 1e9,
        seekable=has_duration and has_cues,
    )


def _block_time(file: Bytes, content: int) -> int:
    """Timestamp of a block within its cluster: behind the number of its track."""
    file.seek(content)
    header = file.read(12)
    track = _ebml_number(header, 0, keep_marker=False)
    return 0 if track is None else int.from_bytes(header[track[1] : track[1] + 2], signed=True)


def _read_ogg(file: Bytes) -> Structure:
    pages = read_pages(file)
    return Structure(
        states_duration=pages.duration is not None,
        duration=pages.duration,
        ends_early=pages.ends_early,
        damaged=pages.damaged,
    )


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
        start += 10 + _synchsafe(header[6:])
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
                states_duration=container in ("aiff", "avi"),
                ends_early=ends_early,
                # Of an AVI file, FFmpeg skips what is damaged without an error.
                complete=not ends_early and container != "avi",
                seekable=False,
            )
        position += header_size + max(0, length) + (length & 1 if container != "caf" else 0)
    return Structure(states_duration=False, seekable=False)


def _has_lost_frames(file: Bytes, size: int) -> bool:
    """Whether the frames of a bare AAC stream (ADTS) do not follow each other to its end."""
    position = 0
    for _ in range(MAXIMUM_BLOCKS):
        file.seek(position)
        header = file.read(10)
        if header[:3] == b"ID3" and len(header) == 10:
            position += 10 + _synchsafe(header[6:])
            continue
        if len(header) < 7 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
            break
        length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
        if length < 7:
            break
        position += length
    return position < size - LARGEST_APPENDIX


def _synchsafe(number: bytes) -> int:
    """A number of which each byte holds seven bits, as in ID3 tags."""
    return sum((byte & 0x7F) << shift for byte, shift in zip(number, (21, 14, 7, 0), strict=True))


def bytes_a_second(form: bytes) -> int:
    """Bytes a second of a WAV file's sound, given the start of its `fmt ` chunk."""
    if len(form) < 16:
        return 0
    tag, channels, rate, stated, _, bits = struct.unpack("<HHIIHH", form[:16])
    # The byte rate is often wrong, and a decoder of plain samples does not look at it.
    return int(rate * channels * ((bits + 7) // 8) if tag in PLAIN_SAMPLES else stated)
