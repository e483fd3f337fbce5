"""Changes the timestamps in finished files, also to ones that no muxer writes.

The sound stays as it is, so a test knows what has to be heard.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

CLUSTER, TIMESTAMP, SIMPLE_BLOCK, SEGMENT = 0x1F43B675, 0xE7, 0xA3, 0x18538067


def restamp_webm(path: Path, change: Callable[[float], float]) -> Path:
    """Gives each block of a WebM file another timestamp, in seconds; those of a cluster within 32 s."""
    content = bytearray(path.read_bytes())
    for place, cluster in _blocks(content):
        (relative,) = struct.unpack_from(">h", content, place)
        changed = round(1000 * change((cluster + relative) / 1000))
        struct.pack_into(">h", content, place, changed - cluster)
    path.write_bytes(content)
    return path


def _blocks(content: bytearray) -> Iterator[tuple[int, int]]:
    """Where the timestamp of each block lies, and the timestamp of its cluster in milliseconds."""
    place = cluster = 0
    while place < len(content):
        kind, place = _number(content, place, keep_marker=True)
        size, place = _number(content, place, keep_marker=False)
        if kind in (SEGMENT, CLUSTER):
            continue
        if kind == TIMESTAMP:
            cluster = int.from_bytes(content[place : place + size])
        elif kind == SIMPLE_BLOCK:
            yield place + 1, cluster
        place += size


def _number(content: bytearray, place: int, *, keep_marker: bool) -> tuple[int, int]:
    length = 9 - content[place].bit_length()
    value = int.from_bytes(content[place : place + length])
    return value if keep_marker else value & (1 << 7 * length) - 1, place + length


def restamp_ogg(path: Path, change: Callable[[int], int]) -> Path:
    """Gives each page of an Ogg file another granule position."""
    content = bytearray(path.read_bytes())
    place = content.index(b"OggS")
    while place < len(content):
        segments = content[place + 26]
        end = place + 27 + segments + sum(content[place + 27 : place + 27 + segments])
        (granule,) = struct.unpack_from("<q", content, place + 6)
        if granule > 0:
            struct.pack_into("<q", content, place + 6, change(granule))
        content[place + 22 : place + 26] = bytes(4)
        content[place + 22 : place + 26] = struct.pack("<I", _ogg_checksum(content[place:end]))
        place = end
    path.write_bytes(content)
    return path


def _ogg_checksum(page: bytes) -> int:
    checksum = 0
    for byte in page:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ _OGG_TABLE[checksum >> 24 ^ byte]
    return checksum


def _table_entry(index: int) -> int:
    value = index << 24
    for _ in range(8):
        value = value << 1 ^ (0x104C11DB7 if value & 0x80000000 else 0)
    return value & 0xFFFFFFFF


_OGG_TABLE = [_table_entry(index) for index in range(256)]
