"""Opens untrusted media files: only audio and video containers, and nothing but the file itself.

FFmpeg detects the container of a file by its content, and some containers (HLS, DASH, ffconcat, MOV with
external references) make it open other files and web addresses. Therefore:

- it is given an open Python file without a name and no protocol, so it cannot open anything else;
- only the containers in `CONTAINERS` are accepted, after detection and before their headers are read.
"""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, NoReturn, Protocol, TypeAlias, cast

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition, Stream

from analysis.audio.joined_files import Part, PartFile, find_parts
from analysis.audio.structure import Structure
from analysis.audio.structure_reading import read_structure
from analysis.audio.unread_formats import BEGINNING_BYTES, PROTECTED, UNREADABLE, refusal
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
    "avi",
    "aiff",
    "caf",
    "amr",
)
"""FFmpeg's names of the accepted containers. None of them can name another file, except MOV, whose references
are turned off. Windows Media (ASF) is not among them: many of its files are protected, its stream headers are
the most intricate of all, and no phone or browser records it."""

WHOLE_EDIT = {"advanced_editlist": "0"}
"""Keeps where an MP4's edit list starts and ignores where it ends."""

OPTIONS = {
    "format_whitelist": ",".join(CONTAINERS),
    "protocol_whitelist": "none",
    "enable_drefs": "0",
}

STAMPLESS_CONTAINERS = ("aac", "mp3", "amr", "avi")
"""FFmpeg derives their timestamps: from the first frame's rate in bare streams of frames, and from numbers of
bytes in AVI."""

Source: TypeAlias = Path | BinaryIO
"""A file by its path, or one that is open for reading: a confined process has no right to open any."""

READ_BYTES = 256 * 1024
"""Bytes per read: the calls into Python are then few enough to cost nothing compared with decoding."""

NO_SOUND_TRACK = "This file has no sound track. Choose a recording with sound."
UNKNOWN_CODEC = (
    "Greenroom cannot read the kind of sound in this file. Save it as MP3, M4A or WAV and try again."
)
READ_WHOLE = "This recording has several parts or sound tracks, so it can only be read once it is complete."
EMPTY = "This file is empty. Choose another recording, or record it again."


class _NamelessFile:
    """A file as FFmpeg is given it: without a name to guess the container from, and read-only."""

    def __init__(self, file: PartFile) -> None:
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
        sound: the chosen audio track; by default the one that a player would choose.
        picture: the video track; None where there is none (cover art does not count).
        structure: read from the bytes of the file.
        size: bytes.
        parts: of how many files this one was joined.
        unchanged: a player reads the same from the file; false where it was joined, or its header is wrong.
    """

    container: InputContainer
    sound: av.AudioStream
    picture: Stream | None
    structure: Structure
    size: int
    parts: int = 1
    unchanged: bool = True

    @property
    def track(self) -> int:
        """Number of the chosen audio track, from 1."""
        return self.sound_tracks.index(self.sound) + 1

    @property
    def sound_tracks(self) -> tuple[av.AudioStream, ...]:
        """All audio tracks, in the order of the file."""
        return self.container.streams.audio

    @property
    def has_stamps(self) -> bool:
        """Whether the file has timestamps of its own."""
        return self.container.format.name not in STAMPLESS_CONTAINERS

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
        MediaError: `unreadable_media`, `no_audio_track` or `unknown_codec`; also for a file that can only be
            read as a whole (MP4 with its index last, or several audio tracks, which have to be compared).
    """
    with _open(_Unseekable(stream)) as container:
        if len(container.streams.audio) > 1:
            raise MediaError(READ_WHOLE)
        yield _media(container, Structure(states_duration=False), 0)


@contextmanager
def open_media(source: Source, *, track: int | None = None, part: int = 0) -> Iterator[Media]:
    """Opens a file for demuxing and rejects what can be rejected at once.

    Args:
        source: the file; one that is open already stays open.
        track: number of the audio track, from 1; None for the one that a player would choose.
        part: which one of a file that was joined, from 0.

    Raises:
        MediaError: `empty_file`, `unreadable_media`, `no_audio_track`, `unknown_codec`, `no_such_track` or
            `unreadable_track`.
        OSError: the file does not exist or cannot be read.
    """
    with open_regular(source) as whole:
        size = os.fstat(whole.fileno()).st_size
        if size == 0:
            raise MediaError(EMPTY, code="empty_file")
        parts = find_parts(whole, size)
        file = PartFile(whole, parts[part])
        with _open_container(file) as container:
            structure = read_structure(PartFile(whole, parts[part]), file.size, container.format.name)
            if not structure.empty_edit:
                media = _media(container, structure, file.size, track)
                yield replace(media, parts=len(parts), unchanged=parts == (Part(0, size),))
                return
        file.seek(0)
        with _open_container(file, WHOLE_EDIT) as container:
            media = _media(container, structure, file.size, track)
            yield replace(media, parts=len(parts), unchanged=False)


def joined_parts(source: Source) -> int:
    """Of how many files a file was joined; 1 where it was not."""
    with open_regular(source) as file:
        return len(find_parts(file, os.fstat(file.fileno()).st_size))


def read_structure_of(source: Source, container: str) -> tuple[Structure, int]:
    """`read_structure` of a whole file, and its size in bytes."""
    with open_regular(source) as file:
        size = os.fstat(file.fileno()).st_size
        return read_structure(file, size, container), size


@contextmanager
def open_regular(source: Source) -> Iterator[BinaryIO]:
    """Opens a file for reading, if it is one; one that is open already stays open.

    Raises:
        MediaError: `unreadable_media`: it is a folder, a pipe or a device.
        OSError: the file does not exist or cannot be read.
    """
    # A pipe or a device could block forever, and a folder cannot be read at all.
    status = source.stat() if isinstance(source, Path) else os.fstat(source.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise MediaError(UNREADABLE)
    if not isinstance(source, Path):
        yield source
        return
    with source.open("rb") as file:
        yield file


def is_decodable(sound: av.AudioStream) -> bool:
    """Whether there is a decoder for this audio track."""
    # PyAV's type says that there always is one.
    return cast(Any, sound.codec_context) is not None


def _media(container: InputContainer, structure: Structure, size: int, track: int | None = None) -> Media:
    tracks = container.streams.audio
    if not tracks:
        raise MediaError(NO_SOUND_TRACK, code="no_audio_track")
    if structure.protected:
        raise MediaError(PROTECTED, code="protected_media")
    sound = _player_choice(container) if track is None else _numbered(tracks, track)
    return Media(container, sound, _moving_picture(container), structure, size)


def _player_choice(container: InputContainer) -> av.AudioStream:
    """The audio track that a player would choose, among those that can be decoded."""
    decodable = [sound for sound in container.streams.audio if is_decodable(sound)]
    if not decodable:
        raise MediaError(UNKNOWN_CODEC, code="unknown_codec")
    best = container.streams.best("audio")
    return next((sound for sound in decodable if sound == best), decodable[0])


def _numbered(tracks: Sequence[av.AudioStream], number: int) -> av.AudioStream:
    if not 1 <= number <= len(tracks):
        raise MediaError(no_such_track(len(tracks)), code="no_such_track")
    if not is_decodable(tracks[number - 1]):
        text = f"Greenroom cannot read sound track {number} of this file. Choose another track."
        raise MediaError(text, code="unreadable_track")
    return tracks[number - 1]


def no_such_track(tracks: int) -> str:
    """What to say when a file has only `tracks` audio tracks."""
    if tracks == 1:
        return "This file has one sound track only. Choose track 1."
    return f"This file has {tracks} sound tracks. Choose one from 1 to {tracks}."


@contextmanager
def _open_container(
    file: PartFile, options: Mapping[str, str] = MappingProxyType({})
) -> Iterator[InputContainer]:
    try:
        with _open(_NamelessFile(file), options) as container:
            yield container
    except _CannotOpenError as error:
        file.seek(0)
        raise refusal(file.read(BEGINNING_BYTES)) from error.__cause__


class _CannotOpenError(MediaError):
    """FFmpeg cannot open the file."""


@contextmanager
def _open(
    file: "_NamelessFile | _Unseekable", options: Mapping[str, str] = MappingProxyType({})
) -> Iterator[InputContainer]:
    arguments: dict[str, Any] = {
        "mode": "r",
        "options": {**OPTIONS, **options},
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


def _moving_picture(container: InputContainer) -> Stream | None:
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None
