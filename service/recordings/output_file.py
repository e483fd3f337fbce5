"""Writes a media file into a file that is open, because a confined process can open none by its path."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

import av
from av.container import OutputContainer

WRITE_BYTES = 256 * 1024
"""Bytes per write: the calls into Python are then few enough to cost nothing compared with muxing."""

TELL_SECONDS = 1.0
"""Shortest time between two signs that the work goes on."""


class _Written:
    """The file as FFmpeg writes it: without buffers of Python's own, since it is read back in between.

    Attributes:
        error: the first one of the system. FFmpeg may go on after it, or say something else.
    """

    def __init__(self, file: BinaryIO, on_headway: Callable[[], None]) -> None:
        self._descriptor = file.fileno()
        self._on_headway = on_headway
        self._told = time.monotonic()
        self.error: OSError | None = None

    def write(self, content: bytes) -> int:
        """Writes all of it."""
        rest = memoryview(content)
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError as error:
            self.error = self.error or error
            raise
        if time.monotonic() - self._told > TELL_SECONDS:
            self._on_headway()
            self._told = time.monotonic()
        return len(content)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Moves the place of the next write."""
        return os.lseek(self._descriptor, offset, whence)

    def tell(self) -> int:
        """The place of the next write."""
        return os.lseek(self._descriptor, 0, os.SEEK_CUR)


class _ReadBack:
    """What was written, read at a place of its own: the index is moved to the front of a file that way."""

    def __init__(self, file: BinaryIO) -> None:
        self._descriptor = file.fileno()
        self._place = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        next_write = os.lseek(self._descriptor, 0, os.SEEK_CUR)
        try:
            os.lseek(self._descriptor, self._place, os.SEEK_SET)
            content = os.read(self._descriptor, size)
        finally:
            os.lseek(self._descriptor, next_write, os.SEEK_SET)
        self._place += len(content)
        return content

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Moves the place of the next read."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: os.fstat(self._descriptor).st_size}
        self._place = start[whence] + offset
        return self._place

    def tell(self) -> int:
        """The place of the next read."""
        return self._place


@contextmanager
def open_output(
    target: BinaryIO,
    container: str,
    options: Mapping[str, str],
    on_headway: Callable[[], None] = lambda: None,
) -> Iterator[OutputContainer]:
    """Opens a file for muxing, which replaces what is in it.

    Args:
        target: open for reading and writing.
        container: FFmpeg's name of the muxer.
        options: of the muxer.
        on_headway: called after a write, at most once a second.

    Raises:
        av.error.FFmpegError: the container does not support what is written to it.
        OSError: the file cannot be written, for example because the disk is full.
    """
    target.flush()
    os.ftruncate(target.fileno(), 0)
    written = _Written(target, on_headway)
    written.seek(0)

    def read_back(url: str, flags: int, options: Mapping[str, str]) -> _ReadBack:
        # A muxer asks for no other file than its own.
        return _ReadBack(target)

    try:
        output: OutputContainer = av.open(
            written,
            "w",
            format=container,
            options=dict(options),
            buffer_size=WRITE_BYTES,
            io_open=read_back,
        )
        with output:
            yield output
    finally:
        if written.error is not None:
            raise written.error
