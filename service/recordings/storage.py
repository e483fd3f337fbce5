"""What the service asks of a place for recordings: a folder now, an object store later.

Everything is addressed by an answer's id and by names chosen here. A name that a person or a
browser gave never becomes part of a path.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class StorageFullError(Exception):
    """The disk has no room left. What was being written is gone; everything else is as it was."""


class StagedChunk(Protocol):
    """Bytes that are safely on disk and not yet part of the answer."""

    def keep(self) -> None:
        """Makes them the answer's chunk. Nothing is left to do afterwards that could fail halfway."""


class Storage(Protocol):
    """Bytes of answers. Every method may raise `StorageFullError` where it writes."""

    def stage_chunk(self, answer: str, number: int, data: bytes) -> AbstractContextManager[StagedChunk]:
        """Writes a chunk through to the disk. What is not kept inside the `with` is removed."""

    def assemble(self, answer: str, sizes: Sequence[int]) -> Path:
        """One file of all chunks in order, made if it is not there yet. The chunks go.

        Raises:
            FileNotFoundError: the answer is gone.
        """

    def original(self, answer: str) -> Path | None:
        """The assembled file, or None before that."""

    def read_original(self, answer: str, sizes: Sequence[int]) -> Iterator[bytes]:
        """What was handed in, assembled or not, in pieces."""

    def read_chunk(self, answer: str, number: int) -> bytes:
        """One chunk of a recording that is not assembled yet.

        Raises:
            FileNotFoundError: the answer is gone.
        """

    def workspace(self, answer: str, run: int) -> AbstractContextManager[Path]:
        """An empty folder for one run of the work on an answer; removed afterwards."""

    def adopt(self, answer: str, path: Path) -> str:
        """Moves a finished file from a workspace to the answer. Returns its name there.

        Raises:
            FileNotFoundError: the answer is gone.
        """

    def file(self, answer: str, name: str) -> Path:
        """Path of a file that `adopt` or `assemble` named."""

    def require_space(self, size: int) -> None:
        """Raises `StorageFullError` unless `size` bytes more would leave the floor free."""

    def delete(self, answer: str) -> None:
        """Removes all of an answer, what a worker is just writing included. May be called twice."""

    def sweep(self, is_known: Callable[[str], bool]) -> None:
        """Removes what belongs to no known answer: left over where a process was killed.

        Asked of each answer after its files were seen: a row is always there before its first file.
        """
