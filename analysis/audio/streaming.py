"""Decodes a recording while it is still being made.

The samples are identical to those of the finished file. A container that can only be read as a whole (MP4
with its index last) cannot be decoded this way: use `analysis.audio.decoding.decode` once it is complete.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from analysis.audio.containers import (
    READ_WHOLE,
    Media,
    ReadableStream,
    Source,
    joined_parts,
    open_stream,
    read_structure_of,
)
from analysis.audio.decoder import Decoder
from analysis.audio.decoding import refuse_long_header
from analysis.audio.growable_array import GrowableArray
from analysis.audio.recording import DEFAULT_MAXIMUM_DURATION, Recording
from analysis.audio.timeline import Sink
from analysis.errors import MediaError
from analysis.report import Span


@dataclass(frozen=True)
class SoundSoFar:
    """What has been decoded so far.

    Attributes:
        samples: shape (n,), float32, 16 kHz, from the start; not to be written to.
        gaps: stretches without recorded sound so far.
    """

    samples: NDArray[np.float32]
    gaps: Sequence[Span]


class ReadableSink(Sink, Protocol):
    """A sink whose samples can be read while more are added."""

    def view(self) -> NDArray[np.float32]:
        """All samples so far."""


class KeptSound:
    """Keeps all samples."""

    def __init__(self) -> None:
        self._samples: GrowableArray[np.float32] = GrowableArray(np.float32)

    def sound(self, samples: NDArray[np.float32]) -> None:
        """Appends samples."""
        self._samples.append(samples)

    def silence(self, samples: int) -> None:
        """Appends the silence of a gap."""
        self._samples.append(np.zeros(samples, dtype=np.float32))

    def view(self) -> NDArray[np.float32]:
        """All samples so far."""
        return self._samples.view()


class StreamingDecoder:
    """Decodes a stream of bytes to its end; a context manager.

    Args:
        stream: the bytes; reading blocks until there are more.
        maximum_duration: seconds, gaps included.
        sink: receives the sound; None to keep it.
    """

    def __init__(
        self,
        stream: ReadableStream,
        *,
        maximum_duration: float = DEFAULT_MAXIMUM_DURATION,
        sink: ReadableSink | None = None,
    ) -> None:
        self._stream = stream
        self._maximum_duration = maximum_duration
        self._samples = KeptSound() if sink is None else sink
        self._media: Media | None = None
        self._decoder: Decoder | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def decode(self) -> Iterator[SoundSoFar]:
        """Yields the audio so far after about each second of it, until the stream ends.

        Raises:
            MediaError: `too_long`, or as for `open_stream`.
        """
        media = self._open.enter_context(open_stream(self._stream))
        refuse_long_header(media, self._maximum_duration)
        decoder = Decoder(media, self._samples, self._maximum_duration)
        self._media, self._decoder = media, decoder
        for _ in decoder.run():
            yield SoundSoFar(self._samples.view(), decoder.gaps)

    def finish(self, source: Source) -> Recording:
        """The recording, once `decode` has reached the end.

        Args:
            source: the whole file.

        Raises:
            MediaError: as `decode` does; also for a file that was joined of several.
        """
        if self._media is None or self._decoder is None:
            raise MediaError("This recording was not read to its end. Try again.")
        if joined_parts(source) > 1:
            raise MediaError(READ_WHOLE)
        structure, size = read_structure_of(source, self._media.container.format.name)
        media = replace(self._media, structure=structure, size=size)
        return self._decoder.describe(self._samples.view(), media)
