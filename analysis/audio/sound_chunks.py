"""What the chunks of a WAV, AIFF, CAF or AVI file tell that FFmpeg does not."""

import struct

from analysis.audio.structure import MAXIMUM_ELEMENTS, Bytes, Structure

STREAMED_WAV_BYTES = 0x7FFF_0000
"""Bytes. A WAV data chunk of at least this length was written by a program that did not know the end."""

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


def read_wav_chunks(file: Bytes, size: int) -> Structure:
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


def read_sound_chunk(file: Bytes, size: int, container: str) -> Structure:
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


def bytes_a_second(form: bytes) -> int:
    """Bytes a second of a WAV file's sound, given the start of its `fmt ` chunk."""
    if len(form) < 16:
        return 0
    tag, channels, rate, stated, _, bits = struct.unpack("<HHIIHH", form[:16])
    # The byte rate is often wrong, and a decoder of plain samples does not look at it.
    return int(rate * channels * ((bits + 7) // 8) if tag in PLAIN_SAMPLES else stated)
