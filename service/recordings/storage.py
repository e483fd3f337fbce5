"""Interface of the storage for recordings: a folder now, an object store later.

Files are addressed by an answer's id and by names that the service chose. A name from a person or a browser
never becomes part of a path.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol


class StorageFullError(Exception):
    """The disk has no space left. The file being written was removed; nothing else has changed."""


class StagedChunk(Protocol):
    """A chunk that is safely on disk but not yet part of the answer."""

    def keep(self) -> None:
        """Makes it part of the answer. This is a single step that cannot fail halfway."""


class Storage(Protocol):
    """Stores the files of answers. Every method that writes may raise `StorageFullError`."""

    def stage_chunk(self, answer: str, number: int, data: bytes) -> AbstractContextManager[StagedChunk]:
        """Writes a chunk and flushes it to disk. It is removed unless `keep` is called inside the `with`."""

    def assemble(self, answer: str, sizes: Sequence[int]) -> Path:
        """Joins all chunks in order into one file, if that does not exist yet, and deletes the chunks.

        Raises:
            FileNotFoundError: the answer was deleted.
        """

    def original(self, answer: str) -> Path | None:
        """The assembled file, or None if the chunks are not assembled yet."""

    def read_original(self, answer: str, sizes: Sequence[int]) -> Iterator[bytes]:
        """Reads the uploaded file in pieces, whether it is assembled or not."""

    def read_chunk(self, answer: str, number: int) -> bytes:
        """One chunk of a recording that is not assembled yet.

        Raises:
            FileNotFoundError: the answer was deleted.
        """

    def workspace(self, answer: str, run: int) -> AbstractContextManager[Path]:
        """An empty folder for one attempt at the analysis of an answer; removed afterwards."""

    def adopt(self, answer: str, path: Path) -> str:
        """Moves a finished file from a workspace to the answer, and returns its name there.

        Raises:
            FileNotFoundError: the answer was deleted.
        """

    def discard(self, answer: str, name: str) -> None:
        """Deletes a file that `adopt` named and nothing refers to any more."""

    def file(self, answer: str, name: str) -> Path:
        """Path of a file, by the name that `adopt` or `assemble` returned."""

    def require_space(self, size: int) -> None:
        """Raises `StorageFullError` if writing `size` bytes would leave less than the floor free."""

    def delete(self, answer: str) -> None:
        """Deletes all files of an answer, including those that a worker is writing. May be called twice."""

    def is_reachable(self) -> bool:
        """Whether files can be read and written now, as far as can be told without writing one.

        May take as long as the network lets it, and raise the errors of reading.
        """

    def sweep(self, is_known: Callable[[str], bool]) -> None:
        """Deletes files that belong to no known answer, left behind by killed processes.

        `is_known` is called after the files were found: a row always exists before its first file.
        """
