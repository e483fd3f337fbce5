"""Messages on a socket: one byte of kind, four of length, the content.

The receiver bounds the length, because the other side may have been taken over by a hostile file.
"""

import socket
import struct
from collections.abc import Sequence
from enum import IntEnum

_HEADER = struct.Struct("<BI")

LONGEST = 4 << 20
"""Bytes of content."""

MOST_FILES = 2
"""Open files that go with one message."""


class Kind(IntEnum):
    """What a message is. Those of a task's own start at `TASK`."""

    READY = 1
    CALL = 2
    RESULT = 3
    REFUSAL = 4
    SYSTEM_ERROR = 5
    BROKEN = 6
    ANSWER = 7
    TASK = 16


class BrokenFrameError(Exception):
    """The other side is gone, or does not keep to the form."""


def send(channel: socket.socket, kind: int, content: bytes = b"", files: Sequence[int] = ()) -> None:
    """Sends one message.

    Args:
        channel: connected Unix stream socket.
        kind: 0 to 255.
        content: at most `LONGEST` bytes.
        files: descriptors of open files, of which the receiver gets its own.

    Raises:
        BrokenFrameError: the other side is gone.
    """
    header = _HEADER.pack(kind, len(content))
    try:
        if files:
            socket.send_fds(channel, [header], list(files))
        else:
            channel.sendall(header)
        channel.sendall(content)
    except OSError as error:
        raise BrokenFrameError("the other side is gone") from error


def receive(channel: socket.socket) -> tuple[int, bytes]:
    """Receives one message that comes without files.

    Raises:
        BrokenFrameError: the other side is gone, silent for longer than the socket waits, or sends too much.
    """
    return _content(channel, _exactly(channel, _HEADER.size))


def receive_with_files(channel: socket.socket) -> tuple[int, bytes, list[int]]:
    """Receives one message and the descriptors of the open files that come with it.

    Raises:
        BrokenFrameError: as for `receive`.
    """
    try:
        header, files, _, _ = socket.recv_fds(channel, _HEADER.size, MOST_FILES)
    except OSError as error:
        raise BrokenFrameError("the other side is gone") from error
    if len(header) < _HEADER.size:
        header += _exactly(channel, _HEADER.size - len(header))
    return *_content(channel, header), files


def _content(channel: socket.socket, header: bytes) -> tuple[int, bytes]:
    kind, length = _HEADER.unpack(header)
    if length > LONGEST:
        raise BrokenFrameError("a message is too long")
    return kind, _exactly(channel, length)


def _exactly(channel: socket.socket, length: int) -> bytes:
    content = bytearray(length)
    view, received = memoryview(content), 0
    while received < length:
        try:
            count = channel.recv_into(view[received:])
        except OSError as error:
            raise BrokenFrameError("the other side is gone") from error
        if count == 0:
            raise BrokenFrameError("the other side is gone")
        received += count
    return bytes(content)
