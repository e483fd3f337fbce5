"""Decodes files in a confined process, with the same results as in this one, and does other work on them.

A file may be made so that it takes over the decoder. Then it is in a process without files, network or other
programs, which is ended when the answer is done, and a crash of it is one error of one answer.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from analysis import SAMPLE_RATE
from analysis.audio.confined_tasks import Sent
from analysis.audio.containers import READ_BYTES, ReadableStream, open_regular
from analysis.audio.decoder import MOST_CHANNELS
from analysis.audio.decoding import Wanted, decode
from analysis.audio.joined_files import MOST_PARTS
from analysis.audio.media_decoder import (
    DECODERS_OF_THIS_PROCESS,
    IN_THIS_PROCESS,
    Decoders,
    FileTask,
    MediaDecoder,
    Result,
)
from analysis.audio.mixing import Gains
from analysis.audio.recording import Recording
from analysis.audio.streaming import KeptSound, SoundSoFar
from analysis.audio.timeline import SampleBuffer, Sink
from analysis.confinement.confine import Protection
from analysis.confinement.process import ConfinedProcess, ConfinedProcessError, ReadyProcesses, RefusedError
from analysis.errors import MediaError
from analysis.progress import Progress, ProgressListener
from analysis.report import Notice, RecordingDescription, SoundTrack, Span

TASK_MODULE = "analysis.audio.confined_tasks"

CRASHED = (
    "This file stopped the program that reads recordings. The file itself is safe. "
    "Save it as MP3 or WAV and try again."
)

LATE_SOUND = 60.0
"""Seconds of sound over the limit that may arrive before the decoder notices: more than any packet holds."""

LEVEL_BYTES = 50 * MOST_CHANNELS * 4
"""Bytes of levels for a second of sound, at most."""


class _Description(BaseModel):
    """What the task says about a recording; checked, because it may not be what the task should say."""

    description: RecordingDescription
    container: str
    has_video: bool
    notices: tuple[Notice, ...]
    samples: int
    channels: int | None
    parts: int = Field(default=1, ge=1, le=MOST_PARTS)


class _Tracks(BaseModel):
    tracks: list[SoundTrack]


class ConfinedDecoders:
    """Confined decoders, of which one is always ready.

    Args:
        modules: with the tasks for `work`, see `analysis.audio.confined_tasks.as_task`.
        written_bytes: up to which length these may write to files that they are given.
    """

    def __init__(self, modules: Sequence[str] = (), *, written_bytes: int = 0) -> None:
        self._ready = ReadyProcesses([TASK_MODULE, *modules], written_bytes=written_bytes)
        self._ready.prepare()

    @contextmanager
    def open(self) -> Iterator[MediaDecoder]:
        """A decoder for the files of one answer."""
        with ConfinedDecoder(self._ready) as decoder:
            yield decoder
        self._ready.prepare()

    def close(self) -> None:
        """Ends the process that is ready."""
        self._ready.close()


def best_decoders(modules: Sequence[str] = (), *, written_bytes: int = 0) -> Decoders:
    """Confined ones where an open file can be passed on to another process: everywhere but on Windows.

    Args:
        modules, written_bytes: as for `ConfinedDecoders`.
    """
    if os.name != "posix":
        return DECODERS_OF_THIS_PROCESS
    return ConfinedDecoders(modules, written_bytes=written_bytes)


@contextmanager
def best_decoder() -> Iterator[MediaDecoder]:
    """A decoder for one answer, as those of `best_decoders`; it starts at once, without being waited for."""
    if os.name != "posix":
        yield IN_THIS_PROCESS
        return
    ready = ReadyProcesses([TASK_MODULE])
    ready.prepare()
    try:
        with ConfinedDecoder(ready) as decoder:
            yield decoder
    finally:
        ready.close()


@cache
def protections() -> tuple[Protection, ...]:
    """What keeps a hostile file from the rest of this system; empty where decoding is not confined."""
    if os.name != "posix":
        return ()
    with ConfinedProcess([TASK_MODULE]) as process:
        return process.in_force


class ConfinedDecoder:
    """Decodes the files of one answer; a context manager that ends the process which it used.

    Args:
        ready: where to take a process from. After a crash another one is taken for the next call.
    """

    def __init__(self, ready: ReadyProcesses) -> None:
        self._ready = ready
        self._process: ConfinedProcess | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def decode(
        self,
        path: Path,
        *,
        track: int | None,
        gains: Gains | None,
        maximum_duration: float,
        progress: ProgressListener,
    ) -> Recording:
        """See `analysis.audio.decoding.decode`.

        Raises:
            MediaError: also `decoder_crashed`.
        """
        return decode(
            path,
            track=track,
            gains=gains,
            maximum_duration=maximum_duration,
            progress=progress,
            decode_part=self._decode_part,
        )

    def sound_tracks(self, path: Path, chosen: int | None) -> list[SoundTrack]:
        """See `analysis.audio.sound_tracks.stated_tracks`.

        Raises:
            MediaError: also `decoder_crashed`.
        """
        with open_regular(path) as file, self._calling() as process:
            for _ in process.call("list_sound_tracks", {"chosen": chosen}, [file.fileno()]):
                pass
            return _Tracks.model_validate(process.result).tracks

    @contextmanager
    def stream(self, stream: ReadableStream, *, maximum_duration: float) -> "Iterator[_StreamedDecoding]":
        """See `analysis.audio.streaming.StreamingDecoder`.

        Raises:
            MediaError: also `decoder_crashed`.
        """
        with self._calling() as process:
            yield _StreamedDecoding(process, stream, maximum_duration)

    def work(
        self, task: FileTask, arguments: Mapping[str, Any], files: Sequence[BinaryIO], result: type[Result]
    ) -> Result:
        """See `analysis.audio.media_decoder.MediaDecoder`.

        Raises:
            MediaError: also `decoder_crashed`.
        """
        try:
            with self._calling() as process:
                descriptors = [file.fileno() for file in files]
                for kind, _ in process.call(task.__name__, arguments, descriptors):
                    if kind != Sent.WORKING:
                        raise ConfinedProcessError("an unknown message")
                return result.model_validate(process.result)
        finally:
            # What it wrote is used now, and it must not be able to change it any more.
            self._end()

    def _decode_part(self, path: Path, wanted: Wanted, progress: ProgressListener) -> tuple[Recording, int]:
        arguments = {
            "track": wanted.track,
            "gains": wanted.gains,
            "maximum_duration": wanted.maximum_duration,
            "part": wanted.part,
            "before": wanted.before,
        }
        buffer = SampleBuffer()
        received = _Received(buffer, wanted.maximum_duration)
        with open_regular(path) as file, self._calling() as process:
            for kind, content in process.call("decode_file_part", arguments, [file.fileno()]):
                if kind == Sent.PROGRESS:
                    progress(_progress(content))
                else:
                    received.take(kind, content)
            described = _Description.model_validate(process.result)
            return received.recording(buffer.take(), described), described.parts

    @contextmanager
    def _calling(self) -> Iterator[ConfinedProcess]:
        if self._process is None:
            self._process = self._ready.take()
        try:
            yield self._process
        except RefusedError as error:
            raise MediaError(error.text, code=error.code) from error
        except (ConfinedProcessError, ValidationError) as error:
            self._end()
            raise MediaError(CRASHED, code="decoder_crashed") from error
        except BaseException:
            # It is in the middle of its task.
            self._end()
            raise

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


class _StreamedDecoding:
    """See `analysis.audio.streaming.StreamingDecoder`."""

    def __init__(self, process: ConfinedProcess, stream: ReadableStream, maximum_duration: float) -> None:
        self._process = process
        self._stream = stream
        self._sound = KeptSound()
        self._received = _Received(self._sound, maximum_duration)
        self._messages = process.call("decode_stream", {"maximum_duration": maximum_duration})

    def decode(self) -> Iterator[SoundSoFar]:
        """Yields the audio so far after about each second of it, until the stream ends."""
        for kind, content in self._messages:
            match kind:
                case Sent.WANT:
                    self._process.answer(self._stream.read(min(_count(content), READ_BYTES)))
                case Sent.SO_FAR:
                    yield SoundSoFar(self._sound.view(), _gaps(content))
                case Sent.ENDED:
                    return
                case _:
                    self._received.take(kind, content)

    def finish(self, source: Path) -> Recording:
        """The recording, once `decode` has reached the end."""
        with open_regular(source) as file:
            self._process.answer(files=[file.fileno()])
            for kind, content in self._messages:
                self._received.take(kind, content)
        described = _Description.model_validate(self._process.result)
        return self._received.recording(self._sound.view(), described)


class _Received:
    """Collects the sound that a task sends, and not more than there may be.

    Args:
        sink: receives it.
        maximum_duration: seconds.
    """

    def __init__(self, sink: Sink, maximum_duration: float) -> None:
        self._sink = sink
        self._most = maximum_duration + LATE_SOUND
        self._count = 0
        self._levels: list[bytes] = []

    def take(self, kind: int, content: bytes) -> None:
        """Takes a message.

        Raises:
            ConfinedProcessError: it is not one of sound, or there is too much of it.
        """
        match kind:
            case Sent.SOUND:
                samples = _samples(content)
                self._add(len(samples))
                self._sink.sound(samples)
            case Sent.SILENCE:
                count = _count(content)
                self._add(count)
                self._sink.silence(count)
            case Sent.LEVELS:
                self._levels.append(content)
                if sum(map(len, self._levels)) > self._most * LEVEL_BYTES:
                    raise ConfinedProcessError("too many levels")
            case _:
                raise ConfinedProcessError("an unknown message")

    def recording(self, samples: NDArray[np.float32], described: _Description) -> Recording:
        """The recording.

        Args:
            samples: that the sink has.
            described: the rest.

        Raises:
            ConfinedProcessError: they contradict each other.
        """
        if not 0 < described.samples <= len(samples):
            raise ConfinedProcessError("a wrong number of samples")
        levels = None
        if described.channels is not None:
            values = _samples(b"".join(self._levels))
            if described.channels < 1 or len(values) % described.channels:
                raise ConfinedProcessError("a wrong number of levels")
            levels = values.reshape(-1, described.channels)
        return Recording(
            samples=samples[: described.samples],
            description=described.description,
            container=described.container,
            has_video=described.has_video,
            notices=described.notices,
            channel_levels=levels,
        )

    def _add(self, samples: int) -> None:
        self._count += samples
        if self._count > self._most * SAMPLE_RATE:
            raise ConfinedProcessError("too much sound")


def _samples(content: bytes) -> NDArray[np.float32]:
    if len(content) % 4:
        raise ConfinedProcessError("half a sample")
    return np.frombuffer(content, dtype=np.float32)


def _count(content: bytes) -> int:
    return _parsed(_COUNT, content)


def _gaps(content: bytes) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in _parsed(_PAIRS, content))


def _progress(content: bytes) -> Progress:
    done, total = _parsed(_PROGRESS, content)
    return Progress("decode", done, total)


_COUNT: TypeAdapter[int] = TypeAdapter(Annotated[int, Field(ge=0)])
_PAIRS: TypeAdapter[list[tuple[float, float]]] = TypeAdapter(list[tuple[float, float]])
_PROGRESS: TypeAdapter[tuple[float, float | None]] = TypeAdapter(tuple[float, float | None])

Value = TypeVar("Value")


def _parsed(kind: TypeAdapter[Value], content: bytes) -> Value:
    try:
        return kind.validate_json(content)
    except ValidationError as error:
        raise ConfinedProcessError("an unexpected value") from error
