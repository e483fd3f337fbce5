"""Reads the structure of a file of any accepted container."""

from analysis.audio.bare_frames import has_lost_frames, read_mp3
from analysis.audio.mp4_boxes import read_boxes
from analysis.audio.ogg_pages import read_pages
from analysis.audio.sound_chunks import SOUND_CHUNKS, read_sound_chunk, read_wav_chunks
from analysis.audio.structure import Bytes, Structure
from analysis.audio.webm_elements import read_elements


def read_structure(file: Bytes, size: int, container: str) -> Structure:
    """Look at the bytes.

    Args:
        file: open for reading; its position changes.
        size: bytes in the file.
        container: FFmpeg's name of the container.
    """
    if container.startswith("mov"):
        return read_boxes(file, size)
    if container.startswith("matroska"):
        return read_elements(file, size)
    if container == "ogg":
        return _read_ogg(file)
    if container == "mp3":
        return read_mp3(file, size)
    if container == "wav":
        return read_wav_chunks(file, size)
    if container == "aac":
        return Structure(states_duration=False, damaged=has_lost_frames(file, size), seekable=False)
    if container in SOUND_CHUNKS:
        return read_sound_chunk(file, size, container)
    return Structure(states_duration=container == "flac", seekable=container == "flac")


def _read_ogg(file: Bytes) -> Structure:
    pages = read_pages(file)
    return Structure(
        states_duration=pages.duration is not None,
        duration=pages.duration,
        ends_early=pages.ends_early,
        damaged=pages.damaged,
    )
