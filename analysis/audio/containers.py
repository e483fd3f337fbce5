"""Opens untrusted media files: only audio and video containers, and nothing but the file itself.

FFmpeg detects the container of a file by its content, and some containers (HLS, DASH, ffconcat, MOV with
external references) make it open other files and web addresses. Therefore:

- it is given an open Python file without a name and no protocol, so it cannot open anything else;
- only the containers in `CONTAINERS` are accepted, after detection and before their headers are read.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn, Protocol

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition, Stream

from analysis.audio.structure import Structure, read_structure
from analysis.errors import MediaError

CONTAINERS = (
    "wav",
    "flac",
    "mp3",
    "aac",
    "mov",
    "mp4",
    "m4a",
    "3gp",
    "3g2",
    "mj2",
    "ogg",
    "matroska",
    "webm",
)
"""FFmpeg's names of the accepted containers."""

OPTIONS = {
    "format_whitelist": ",".join(CONTAINERS),
    "protocol_whitelist": "none",
    "enable_drefs": "0",
}

READ_BYTES = 256 * 1024
"""Bytes per read: the calls into Python are then few enough to cost nothing compared with decoding."""

UNREADABLE = (
    "This file cannot be read as sound. Choose a recording, for example WAV, MP3, M4A, MP4, MOV, OGG or WebM."
)
NO_INDEX = (
    "This file is not complete: the part that is needed to read its sound is missing. "
    "Copy it from the device again, or choose another recording."
)
NO_SOUND_TRACK = "This file has no sound track. Choose a recording with sound."
CUT_OFF = (
    "This file is damaged, or it ends so early that no sound can be read. "
    "Copy it from the device again, or choose another recording."
)
UNKNOWN_CODEC = (
    "Greenroom cannot read the kind of sound in this file. Save it as MP3, M4A or WAV and try again."
)
EMPTY = "This file is empty. Choose another recording, or record it again."

CONTAINER_STARTS = (b"RIFF", b"fLaC", b"OggS", b"\x1a\x45\xdf\xa3")
"""First bytes of WAV, FLAC, Ogg and WebM: such a file was meant to be a recording."""

MP4_BOXES = (b"ftyp", b"mdat", b"wide", b"moov")
"""Bytes 4 to 8 of an MP4 or MOV."""


class _NamelessFile:
    """A file as FFmpeg is given it: without a name to guess the container from, and read-only."""

    def __init__(self, file: BinaryIO) -> None:
        self.read = file.read
        self.seek = file.seek
        self.tell = file.tell


def _refuse_other_files(url: str, flags: int, options: dict[str, str]) -> NoReturn:
    raise PermissionError("a recording may not open another file")


@dataclass(frozen=True)
class Media:
    """An opened file.

    Attributes:
        container: PyAV's; closed when `open_media` ends.
        sound: the audio track that a player would choose.
        picture: the video track; None where there is none (cover art does not count).
        structure: read from the bytes of the file.
        size: bytes.
    """

    container: InputContainer
    sound: av.AudioStream
    picture: Stream | None
    structure: Structure
    size: int

    @property
    def header_duration(self) -> float | None:
        """Seconds of audio that the header states; None where it states none or FFmpeg guessed."""
        if not self.structure.states_duration:
            return None
        return self.probable_duration if self.structure.duration is None else self.structure.duration

    @property
    def probable_duration(self) -> float | None:
        """Seconds of audio as far as FFmpeg can tell, including estimates from the bit rate."""
        if self.sound.duration is not None and self.sound.time_base is not None:
            return max(0.0, float(self.sound.duration * self.sound.time_base))
        if self.container.duration is not None:
            return max(0.0, self.container.duration / av.time_base)
        return None


class ReadableStream(Protocol):
    """Bytes in order; `read` blocks until there are some, and returns none at the end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes."""


class _Unseekable:
    """A stream as FFmpeg is given it: it can only be read forwards."""

    def __init__(self, stream: ReadableStream) -> None:
        self.read = stream.read


@contextmanager
def open_stream(stream: ReadableStream) -> Iterator[Media]:
    """Opens a file that is still being written; its `Media` lacks what only the whole file states.

    Raises:
        MediaError: `unreadable_media` or `no_audio_track`; also for a container that can only be read as a
            whole (MP4 with its index last).
    """
    with _open(_Unseekable(stream)) as container:
        yield _media(container, Structure(states_duration=False), 0)


@contextmanager
def open_media(path: Path) -> Iterator[Media]:
    """Opens a file for demuxing and rejects what can be rejected at once.

    Raises:
        MediaError: `empty_file`, `unreadable_media` or `no_audio_track`.
        OSError: the file does not exist or cannot be read.
    """
    with _open_regular(path) as file:
        size = os.fstat(file.fileno()).st_size
        if size == 0:
            raise MediaError(EMPTY, code="empty_file")
        with _open_container(file) as container:
            yield _media(container, read_structure_of(path, size, container.format.name), size)


def read_structure_of(path: Path, size: int, container: str) -> Structure:
    """`read_structure` with a file of its own, so that FFmpeg's position does not change."""
    with path.open("rb") as file:
        return read_structure(file, size, container)


@contextmanager
def _open_regular(path: Path) -> Iterator[BinaryIO]:
    # A pipe or a device could block forever, and a folder cannot be read at all.
    if not stat.S_ISREG(path.stat().st_mode):
        raise MediaError(UNREADABLE)
    with path.open("rb") as file:
        yield file


def _media(container: InputContainer, structure: Structure, size: int) -> Media:
    sound = next((s for s in [container.streams.best("audio")] if isinstance(s, av.AudioStream)), None)
    if sound is None:
        raise MediaError(NO_SOUND_TRACK, code="no_audio_track")
    if sound.codec_context is None:
        raise MediaError(UNKNOWN_CODEC)
    return Media(container, sound, _moving_picture(container), structure, size)


@contextmanager
def _open_container(file: BinaryIO) -> Iterator[InputContainer]:
    try:
        with _open(_NamelessFile(file)) as container:
            yield container
    except _CannotOpenError as error:
        file.seek(0)
        raise MediaError(_why_unreadable(file.read(12))) from error.__cause__


class _CannotOpenError(MediaError):
    """FFmpeg cannot open the file."""


@contextmanager
def _open(file: "_NamelessFile | _Unseekable") -> Iterator[InputContainer]:
    arguments: dict[str, Any] = {
        "mode": "r",
        "options": OPTIONS,
        "buffer_size": READ_BYTES,
        "io_open": _refuse_other_files,
        "metadata_errors": "replace",
    }
    try:
        container: InputContainer = av.open(file, **arguments)
    except (av.error.FFmpegError, ValueError) as error:
        raise _CannotOpenError(UNREADABLE) from error
    with container:
        yield container


def _why_unreadable(start: bytes) -> str:
    # An MP4 keeps its index in one box, which most recorders write last.
    if start[4:8] in MP4_BOXES:
        return NO_INDEX
    return CUT_OFF if start.startswith(CONTAINER_STARTS) else UNREADABLE


def _moving_picture(container: InputContainer) -> Stream | None:
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None
