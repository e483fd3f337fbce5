"""What decodes files: this process, or a confined one (`analysis.audio.confined_decoder`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

from analysis.audio.containers import ReadableStream
from analysis.audio.decoding import decode
from analysis.audio.mixing import Gains
from analysis.audio.recording import Recording
from analysis.audio.sound_tracks import stated_tracks
from analysis.audio.streaming import SoundSoFar, StreamingDecoder
from analysis.progress import ProgressListener
from analysis.report import SoundTrack

FileTask: TypeAlias = Callable[[Mapping[str, Any], Sequence[BinaryIO], Callable[[], None]], Mapping[str, Any]]
"""Work on open files: gets plain arguments, the files, and a function to call now and then while the work
goes on; returns plain values."""

Result = TypeVar("Result", bound=BaseModel)


class StreamedDecoding(Protocol):
    """See `analysis.audio.streaming.StreamingDecoder`."""

    def decode(self) -> Iterator[SoundSoFar]:
        """Yields the audio so far after about each second of it."""

    def finish(self, source: Path) -> Recording:
        """The recording, once `decode` has reached the end."""


class MediaDecoder(Protocol):
    """Decodes files. All raise as the functions do that they are named after."""

    def decode(
        self,
        path: Path,
        *,
        track: int | None,
        gains: Gains | None,
        maximum_duration: float,
        progress: ProgressListener,
    ) -> Recording:
        """See `analysis.audio.decoding.decode`."""

    def sound_tracks(self, path: Path, chosen: int | None) -> list[SoundTrack]:
        """See `analysis.audio.sound_tracks.stated_tracks`."""

    def stream(
        self, stream: ReadableStream, *, maximum_duration: float
    ) -> AbstractContextManager[StreamedDecoding]:
        """See `analysis.audio.streaming.StreamingDecoder`."""

    def work(
        self, task: FileTask, arguments: Mapping[str, Any], files: Sequence[BinaryIO], result: type[Result]
    ) -> Result:
        """Does other work on untrusted files.

        Args:
            task: function of a module; a confined decoder must have been given that module's tasks.
            arguments: plain values.
            files: open for reading, or for reading and writing.
            result: what the task returns; checked.
        """


class Decoders(Protocol):
    """Gives each answer a decoder of its own."""

    def open(self) -> AbstractContextManager[MediaDecoder]:
        """A decoder for the files of one answer."""


class _InThisProcess:
    """Decodes in this process."""

    def decode(
        self,
        path: Path,
        *,
        track: int | None,
        gains: Gains | None,
        maximum_duration: float,
        progress: ProgressListener,
    ) -> Recording:
        return decode(path, track=track, gains=gains, maximum_duration=maximum_duration, progress=progress)

    def sound_tracks(self, path: Path, chosen: int | None) -> list[SoundTrack]:
        return stated_tracks(path, chosen)

    def stream(
        self, stream: ReadableStream, *, maximum_duration: float
    ) -> AbstractContextManager[StreamedDecoding]:
        return StreamingDecoder(stream, maximum_duration=maximum_duration)

    def work(
        self, task: FileTask, arguments: Mapping[str, Any], files: Sequence[BinaryIO], result: type[Result]
    ) -> Result:
        return result.model_validate(task(arguments, files, lambda: None))


IN_THIS_PROCESS: MediaDecoder = _InThisProcess()


class _DecodersOfThisProcess:
    """For tests and for systems on which no file can be passed on to another process."""

    def open(self) -> AbstractContextManager[MediaDecoder]:
        return nullcontext(IN_THIS_PROCESS)


DECODERS_OF_THIS_PROCESS: Decoders = _DecodersOfThisProcess()
