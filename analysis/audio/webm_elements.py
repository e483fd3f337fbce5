"""What the elements of a WebM or Matroska file (EBML) tell that FFmpeg does not."""

from collections.abc import Iterator

from analysis.audio.structure import LARGEST_APPENDIX, MAXIMUM_BLOCKS, MAXIMUM_ELEMENTS, Bytes, Structure

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


def read_elements(file: Bytes, size: int) -> Structure:
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
