"""What the frames of an MP3 or a bare AAC stream tell that FFmpeg does not."""

from analysis.audio.structure import LARGEST_APPENDIX, MAXIMUM_BLOCKS, Bytes, Structure

MP3_LOSS = 1500
"""Bytes that may be missing of an MP3 before it counts as cut off: one frame. Programs count differently."""


def read_mp3(file: Bytes, size: int) -> Structure:
    """What the first frame counts, if it is a Xing, Info or VBRI header."""
    end = mp3_length(file, 0)
    if end is None:
        return Structure(states_duration=False, seekable=False)
    return Structure(
        states_duration=True, ends_early=end > size + MP3_LOSS, complete=0 < end <= size + MP3_LOSS
    )


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


def has_lost_frames(file: Bytes, size: int) -> bool:
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
