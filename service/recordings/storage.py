"""Interface of the storage for recordings: the data folder of one machine, or an object store for several.

Files are addressed by an answer's id and by names that the service chose. A name from a person or a browser
never becomes part of a path. Routes read ranges of files; only workers are given files with a path.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

PIECE_BYTES = 512 * 1024
"""Largest piece in which a file is read: small enough that a reader can be stopped between two of them."""


Known = Callable[[Sequence[str]], Collection[str]]
"""Which of some answers, given by their ids, are among those of a kind."""


class StorageFullError(Exception):
    """The disk has no space left. The file being written was removed; nothing else has changed."""


class StorageUnavailableError(Exception):
    """The object store did not answer, or refused. The same may work in a moment; nothing is half done."""


class MissingFileError(FileNotFoundError):
    """A file is not in the storage: its answer was deleted, or the storage has lost it."""


class StoredChunk(NamedTuple):
    """What the database knows of one chunk.

    Attributes:
        size: bytes.
        key: where an object store keeps it; None in a folder, which goes by the chunk's number.
    """

    size: int
    key: str | None = None


class StagedChunk(Protocol):
    """A chunk that is safely stored but not yet part of the answer."""

    @property
    def key(self) -> str | None:
        """The key to save with the chunk's row; None if the storage goes by the chunk's number."""

    def keep(self) -> None:
        """Makes it part of the answer. This is a single step that cannot fail halfway."""


@dataclass(frozen=True)
class StoredFile:
    """A file as it was found, with a way to read it.

    Attributes:
        size: bytes.
        tag: differs whenever the content does; ASCII without quotation marks.
        modified: when it was stored.
        open_range: reads from a first byte up to, but without, another, in pieces of at most `PIECE_BYTES`.
            Raises MissingFileError or StorageUnavailableError, also between two pieces.
    """

    size: int
    tag: str
    modified: datetime
    open_range: Callable[[int, int], Iterator[bytes]]

    def read(self) -> bytes:
        """The whole content, of a small file."""
        return b"".join(self.open_range(0, self.size))


class Storage(Protocol):
    """Stores the files of answers.

    Every method that writes may raise `StorageFullError`, and every method `StorageUnavailableError`.
    """

    def stage_chunk(self, answer: str, number: int, data: bytes) -> AbstractContextManager[StagedChunk]:
        """Stores a chunk durably. It is removed unless `keep` is called inside the `with`."""

    def assemble(self, answer: str, chunks: Sequence[StoredChunk], workspace: Path) -> Path:
        """Joins all chunks in order into one file, if that does not exist yet, and deletes the chunks.

        Args:
            answer: its id.
            chunks: of the whole recording.
            workspace: of this attempt; a copy may be put there.

        Returns:
            The path of the joined file, which is named `ORIGINAL`. It can be read as long as the workspace
            exists.

        Raises:
            MissingFileError: the answer was deleted, or a chunk is missing.
        """

    def local_original(self, answer: str, workspace: Path) -> Path | None:
        """A path from which the assembled file can be read as long as the workspace exists.

        None if the chunks are not assembled yet.
        """

    def find(self, answer: str, name: str) -> StoredFile | None:
        """A file by the name that `adopt` returned, or the assembled one; None if there is none."""

    def open_range(self, answer: str, name: str, start: int, end: int) -> Iterator[bytes]:
        """Reads a file from byte `start` up to, but without, `end`, in pieces of at most `PIECE_BYTES`.

        Raises:
            MissingFileError: there is no such file.
        """

    def find_original(self, answer: str, chunks: Sequence[StoredChunk]) -> StoredFile:
        """The uploaded file, whether it is assembled or not.

        Reading it raises MissingFileError where the answer was deleted or a chunk is missing.
        """

    def read_original(self, answer: str, chunks: Sequence[StoredChunk]) -> Iterator[bytes]:
        """Reads the uploaded file in pieces, whether it is assembled or not.

        Raises:
            MissingFileError: the answer was deleted, or a chunk is missing. Raised at that chunk.
        """

    def read_chunk(self, answer: str, number: int, chunk: StoredChunk) -> bytes:
        """One chunk of a recording that is not assembled yet.

        Raises:
            MissingFileError: the answer was deleted, or the chunk is missing.
        """

    def workspace(self, answer: str, run: int) -> AbstractContextManager[Path]:
        """An empty folder for one attempt at the analysis of an answer; removed afterwards."""

    def adopt(self, answer: str, path: Path) -> str:
        """Moves a finished file from a workspace to the answer, and returns its name there.

        Raises:
            MissingFileError: the answer was deleted. An object store does not notice that: what it takes
                then is removed by `delete`, which whoever loses the lease calls, or by `sweep`.
        """

    def discard_copies(self, answer: str, *, but: str) -> None:
        """Deletes the playable copies of earlier attempts.

        Args:
            answer: its id.
            but: name of the file to play from now on.
        """

    def require_space(self, size: int) -> None:
        """Raises `StorageFullError` if writing `size` bytes here would leave less than the floor free."""

    def delete(self, answer: str) -> None:
        """Deletes all files of an answer, including those that a worker is writing. May be called twice."""

    def is_reachable(self) -> bool:
        """Whether files can be read and written now, as far as can be told without writing one.

        May take as long as the network lets it, and raise the errors of reading.
        """

    def sweep(self, known: Known, deleted: Known) -> None:
        """Deletes files that belong to no known answer, left behind by killed processes.

        Args:
            known: which of some answers exist. Called after the files were found: a row always exists before
                its first file.
            deleted: which of some answers a person has deleted in the last hours.
        """
