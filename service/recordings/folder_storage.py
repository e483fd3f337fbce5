"""Storage of recordings in a folder of this machine.

answers/<id>/original         the uploaded file, once assembled
answers/<id>/chunks/<number>  its chunks, before that
answers/<id>/<other names>    playable copy, peaks
work/<id>/<run>/              files that a worker is writing; moved to the answer when finished
trash/                        files that are being deleted
"""

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from service.recordings.data_folder import ANSWERS, TRASH, WORK, make_data_folder
from service.recordings.file_names import ORIGINAL, PLAYABLE
from service.recordings.storage import (
    PIECE_BYTES,
    Known,
    MissingFileError,
    StoredChunk,
    StoredFile,
)
from service.recordings.workspaces import (
    Workspaces,
    checked_answer,
    checked_name,
    delete_unknown,
    disk_may_be_full,
)


class _StagedFile:
    key = None

    def __init__(self, temporary: Path, final: Path) -> None:
        self._temporary = temporary
        self._final = final

    def keep(self) -> None:
        """Renames the file into place and syncs the folder, so that the name survives a power failure."""
        os.replace(self._temporary, self._final)
        _sync_folder(self._final.parent)


class FolderStorage:
    """See `service.recordings.storage.Storage`.

    Args:
        root: the data folder; created with access for its owner only.
        floor: bytes of the disk to leave free.

    Raises:
        service.recordings.data_folder.DataFolderError: the folder holds other files, or cannot be made.
    """

    def __init__(self, root: Path, *, floor: int) -> None:
        self._answers = root / ANSWERS
        self._trash = root / TRASH
        make_data_folder(root)
        self._workspaces = Workspaces(root / WORK, floor=floor)

    @contextmanager
    def stage_chunk(self, answer: str, number: int, data: bytes) -> Iterator[_StagedFile]:
        """Writes `data` to a temporary file beside its destination and flushes it to disk."""
        self.require_space(len(data))
        chunks = self._folder(answer) / "chunks"
        temporary = chunks / f"{number:08d}.{secrets.token_hex(6)}"
        with disk_may_be_full():
            chunks.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with disk_may_be_full(), _create(temporary) as descriptor:
                _write_all(descriptor, data)
                os.fsync(descriptor)
            yield _StagedFile(temporary, chunks / f"{number:08d}")
        finally:
            temporary.unlink(missing_ok=True)

    def assemble(self, answer: str, chunks: Sequence[StoredChunk], workspace: Path) -> Path:
        """Copies the chunks into one file; the chunks are deleted when that file is safely on disk."""
        folder = self._folder(answer)
        final = folder / ORIGINAL
        if not final.exists():
            partial = folder / f"{ORIGINAL}.partial"
            partial.unlink(missing_ok=True)
            self.require_space(sum(chunk.size for chunk in chunks))
            try:
                with _may_be_missing(), disk_may_be_full(), _create(partial) as descriptor:
                    for piece in self.read_original(answer, chunks):
                        _write_all(descriptor, piece)
                    os.fsync(descriptor)
                os.replace(partial, final)
            finally:
                partial.unlink(missing_ok=True)
            _sync_folder(folder)
        shutil.rmtree(folder / "chunks", ignore_errors=True)
        return final

    def local_original(self, answer: str, workspace: Path) -> Path | None:
        """The assembled file itself."""
        path = self._folder(answer) / ORIGINAL
        return path if path.exists() else None

    def find(self, answer: str, name: str) -> StoredFile | None:
        """A file as it is now."""
        try:
            found = self._file(answer, name).stat()
        except FileNotFoundError:
            return None
        return StoredFile(
            found.st_size,
            f"{found.st_mtime_ns:x}-{found.st_size:x}",
            datetime.fromtimestamp(found.st_mtime, UTC),
            lambda start, end: self.open_range(answer, name, start, end),
        )

    def open_range(self, answer: str, name: str, start: int, end: int) -> Iterator[bytes]:
        """Reads through one open file, which stays readable if it is replaced or deleted meanwhile."""
        with _may_be_missing():
            file = self._file(answer, name).open("rb")
        with file:
            yield from _pieces(file, start, end)

    def find_original(self, answer: str, chunks: Sequence[StoredChunk]) -> StoredFile:
        """The assembled file, or the chunks as one."""
        found = self.find(answer, ORIGINAL)
        if found is not None:
            return found
        size = sum(chunk.size for chunk in chunks)
        return StoredFile(
            size,
            f"{len(chunks):x}-{size:x}",
            datetime.now(UTC),
            lambda start, end: self._read_chunks(answer, chunks, start, end),
        )

    def read_original(self, answer: str, chunks: Sequence[StoredChunk]) -> Iterator[bytes]:
        """Reads chunk by chunk; a chunk that was assembled meanwhile is read from the assembled file."""
        return self._read_chunks(answer, chunks, 0, sum(chunk.size for chunk in chunks))

    def read_chunk(self, answer: str, number: int, chunk: StoredChunk) -> bytes:
        """One chunk of a recording that is not assembled yet."""
        with _may_be_missing():
            return (self._folder(answer) / "chunks" / f"{number:08d}").read_bytes()

    def workspace(self, answer: str, run: int) -> AbstractContextManager[Path]:
        """A folder for this run only."""
        return self._workspaces.open(answer, run)

    def adopt(self, answer: str, path: Path) -> str:
        """Renames the file, so that the answer has all of it or none. Never recreates the answer's folder."""
        checked_name(path.name)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.chmod(0o600)
        with _may_be_missing():
            os.replace(path, self._folder(answer) / path.name)
        _sync_folder(self._folder(answer))
        return path.name

    def discard_copies(self, answer: str, *, but: str) -> None:
        """Deletes files; whoever reads one at the moment can read on."""
        for path in self._folder(answer).glob(f"{PLAYABLE}*"):
            if path.name != but:
                path.unlink(missing_ok=True)

    def require_space(self, size: int) -> None:
        """Raises `StorageFullError` if writing `size` bytes would leave less than the floor free."""
        self._workspaces.require_space(size)

    def delete(self, answer: str) -> None:
        """One rename hides the answer from all readers and writers; then its bytes are deleted."""
        for folder in (self._folder(answer), self._workspaces.folder / checked_answer(answer)):
            trashed = self._trash / secrets.token_hex(8)
            try:
                os.replace(folder, trashed)
            except FileNotFoundError:
                continue
            shutil.rmtree(trashed, ignore_errors=True)

    def is_reachable(self) -> bool:
        """Whether the folder is there and can be written to."""
        return os.access(self._answers, os.R_OK | os.W_OK | os.X_OK)

    def sweep(self, known: Known, deleted: Known) -> None:
        """Deletes folders that belong to no known answer, and the remains of interrupted deletions."""
        for trashed in self._trash.iterdir():
            shutil.rmtree(trashed, ignore_errors=True)
        delete_unknown(self._answers, known)
        self._workspaces.sweep(known)

    def _read_chunks(
        self, answer: str, chunks: Sequence[StoredChunk], start: int, end: int
    ) -> Iterator[bytes]:
        folder = self._folder(answer)
        first = 0
        for number, (size, _) in enumerate(chunks):
            begin, stop = max(start - first, 0), min(end - first, size)
            if begin < stop:
                try:
                    file, offset = (folder / "chunks" / f"{number:08d}").open("rb"), 0
                except FileNotFoundError:
                    with _may_be_missing():
                        file, offset = (folder / ORIGINAL).open("rb"), first
                with file:
                    yield from _pieces(file, offset + begin, offset + stop)
            first += size

    def _file(self, answer: str, name: str) -> Path:
        return self._folder(answer) / checked_name(name)

    def _folder(self, answer: str) -> Path:
        return self._answers / checked_answer(answer)


def _pieces(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    file.seek(start)
    while start < end:
        piece = file.read(min(end - start, PIECE_BYTES))
        if not piece:
            # Never as if it were whole.
            raise MissingFileError("a file is shorter than what was stored")
        start += len(piece)
        yield piece


@contextmanager
def _may_be_missing() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise MissingFileError("no such file") from error


@contextmanager
def _create(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
