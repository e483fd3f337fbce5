"""Checks the pages of an Ogg file. FFmpeg checks them too, but leaves out damaged ones without an error."""

import struct
import zlib
from dataclasses import dataclass

from analysis.audio.structure import Bytes

MAXIMUM_PAGES = 400_000
"""Pages that are checked: an hour in pages of 10 ms."""

HEADER_BYTES = 27

_REVERSED = bytes(int(f"{value:08b}"[::-1], 2) for value in range(256))


@dataclass(frozen=True)
class OggPages:
    """What the pages of a file say.

    Attributes:
        ends_early: the last page is cut off.
        damaged: there is a page whose checksum or number is wrong, or something else between pages.
        duration: seconds according to the last page; None where the codec or the page does not tell.
    """

    ends_early: bool
    damaged: bool
    duration: float | None


def read_pages(file: Bytes) -> OggPages:
    """Reads all pages of a file from its start."""
    file.seek(0)
    content = file.read(512)
    rate, skipped = _clock(content)
    file.seek(0)
    numbers: dict[int, int] = {}
    granule = 0
    damaged = False
    for _ in range(MAXIMUM_PAGES):
        header = file.read(HEADER_BYTES)
        if not header or not header.startswith(b"OggS"):
            # A tag may follow the last page.
            damaged = damaged or (len(header) == HEADER_BYTES and b"OggS" in header + file.read(1 << 20))
            break
        lacing = file.read(header[26]) if len(header) == HEADER_BYTES else b""
        body = file.read(sum(lacing))
        if len(header) < HEADER_BYTES or len(lacing) < header[26] or len(body) < sum(lacing):
            return OggPages(ends_early=True, damaged=damaged, duration=None)
        position, serial, number, checksum = struct.unpack_from("<qIII", header, 6)
        expected = numbers.get(serial)
        damaged = damaged or (expected is not None and number not in (expected, 0))
        damaged = damaged or checksum != _checksum(header[:22] + bytes(4) + header[26:] + lacing + body)
        numbers[serial] = number + 1
        granule = position if position > 0 else granule
    duration = (granule - skipped) / rate if rate and granule > skipped else None
    return OggPages(ends_early=False, damaged=damaged, duration=duration)


def _clock(start: bytes) -> tuple[int, int]:
    """Granules a second of the sound and how many are skipped at its start; 0 where not known."""
    place = start.find(b"OpusHead")
    if place >= 0 and len(start) >= place + 12:
        return 48_000, int.from_bytes(start[place + 10 : place + 12], "little")
    place = start.find(b"\x01vorbis")
    if place >= 0 and len(start) >= place + 16:
        return int.from_bytes(start[place + 12 : place + 16], "little"), 0
    return 0, 0


def _checksum(page: bytes) -> int:
    """Ogg's checksum: that of ZIP over bytes and result with their bits reversed, and without inversions."""
    found = zlib.crc32(page.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int.from_bytes(found.to_bytes(4, "little").translate(_REVERSED), "big")
