"""Storage of recordings in an S3-compatible object store, which several machines share.

answers/<id>/chunks/<number>-<SHA-256>-<random>  a chunk; its key is kept in the chunk's row
answers/<id>/original                            the uploaded file, once assembled
answers/<id>/<other names>                       playable copy, peaks

Two uploads of one chunk never have the same key, so neither can overwrite or remove the other's bytes: the
row decides which of them is the chunk. Only workspaces are on the disk of the machine.
"""

import hashlib
import logging
import secrets
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore, S3Store

from analysis.errors import AnalysisError
from service.privacy import describe_error
from service.recordings.data_folder import WORK, make_data_folder
from service.recordings.file_names import ORIGINAL, PLAYABLE
from service.recordings.storage import (
    PIECE_BYTES,
    Known,
    MissingFileError,
    StorageUnavailableError,
    StoredChunk,
    StoredFile,
)
from service.recordings.workspaces import Workspaces, checked_answer, checked_name, disk_may_be_full
from service.settings import Settings

if TYPE_CHECKING:
    from obstore.store import S3Config

logger = logging.getLogger(__name__)

PART_BYTES = 8 * 1024 * 1024
"""Bytes of each part of a large object, and of each read of one into a workspace. S3 wants at least 5 MiB."""

READ_AHEAD = 6
"""Chunks that are read at once to assemble a recording, so that each does not wait for the one before."""

DELETED_AGAIN_SECONDS = 20.0
"""After which a deletion is tried again that the object store did not answer."""

UNKNOWN_AFTER = timedelta(days=1)
"""Age of objects of an answer that the database does not know, from which on they are swept. Younger ones may
belong to a database that is just being restored."""

CONNECT_TIMEOUT = timedelta(seconds=2)
READ_TIMEOUT = timedelta(seconds=8)
"""Without a byte of the answer. The largest request sends `PART_BYTES` first."""

REQUEST_TIMEOUT = timedelta(seconds=30)
"""Of one request as a whole."""

RETRIES, RETRY_TIMEOUT = 2, timedelta(seconds=5)
"""Short: whoever waits is told that the service is busy, and a worker tries the whole answer again."""

_ANSWERS = "answers"
_IDS_AT_ONCE = 500


def open_store(settings: Settings) -> S3Store:
    """The part of a bucket that the settings name.

    Raises:
        StorageAddressError: the address is no `s3://bucket` or `s3://bucket/prefix`.
    """
    address = urlsplit(settings.storage_url)
    if address.scheme != "s3" or not address.netloc:
        raise StorageAddressError("GREENROOM_STORAGE_URL has to be s3://bucket or s3://bucket/prefix.")
    given: dict[str, str] = {"region": settings.storage_region}
    if settings.storage_endpoint:
        given["endpoint"] = settings.storage_endpoint
    if settings.storage_access_key:
        given["access_key_id"] = settings.storage_access_key
        given["secret_access_key"] = settings.storage_secret_key.get_secret_value()
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        config=cast("S3Config", given),
        client_options={
            "allow_http": settings.storage_endpoint.startswith("http://"),
            "connect_timeout": CONNECT_TIMEOUT,
            "read_timeout": READ_TIMEOUT,
            "timeout": REQUEST_TIMEOUT,
        },
        retry_config={
            "max_retries": RETRIES,
            "retry_timeout": RETRY_TIMEOUT,
            "backoff": {
                "init_backoff": timedelta(seconds=0.1),
                "max_backoff": timedelta(seconds=1),
                "base": 2,
            },
        },
    )


class StorageAddressError(AnalysisError):
    """The address of the object store cannot be used."""

    code = "storage_address"


class _StagedObject:
    def __init__(self, key: str) -> None:
        self.key = key
        self.kept = False

    def keep(self) -> None:
        """The row that holds the key makes the object part of the answer: from here on it stays."""
        self.kept = True


class ObjectStorage:
    """See `service.recordings.storage.Storage`.

    Args:
        store: the part of a bucket that belongs to this service.
        root: the data folder of this machine, for workspaces.
        floor: bytes of its disk to leave free.

    Raises:
        service.recordings.data_folder.DataFolderError: the folder holds other files, or cannot be made.
    """

    def __init__(self, store: ObjectStore, root: Path, *, floor: int) -> None:
        make_data_folder(root)
        self._store = store
        self._workspaces = Workspaces(root / WORK, floor=floor)
        # A machine with nothing but workers is never swept.
        self._workspaces.delete_old()

    @contextmanager
    def stage_chunk(self, answer: str, number: int, data: bytes) -> Iterator[_StagedObject]:
        """Stores the chunk under a new key."""
        digest = hashlib.sha256(data).hexdigest()
        staged = _StagedObject(f"{_folder(answer)}/chunks/{number:08d}-{digest}-{secrets.token_hex(6)}")
        # One that is stored although its answer never came goes with the other chunks of the answer.
        with _store_may_fail(missing=StorageUnavailableError):
            obstore.put(self._store, staged.key, data, use_multipart=False)
        try:
            yield staged
        finally:
            if not staged.kept:
                with suppress(MissingFileError, StorageUnavailableError), _store_may_fail():
                    obstore.delete(self._store, staged.key)

    def assemble(self, answer: str, chunks: Sequence[StoredChunk], workspace: Path) -> Path:
        """Joins the chunks in the workspace and uploads the file, or downloads the one that exists."""
        path = self.local_original(answer, workspace)
        if path is None:
            path = workspace / ORIGINAL
            self.require_space(sum(chunk.size for chunk in chunks))
            with disk_may_be_full(), path.open("wb") as file:
                file.writelines(self._read_ahead(answer, chunks))
            self._upload(_key(answer, ORIGINAL), path)
        elif path.stat().st_size != sum(chunk.size for chunk in chunks):
            raise MissingFileError("the assembled recording is not as long as its chunks")
        self._delete_below(f"{_folder(answer)}/chunks/")
        return path

    def local_original(self, answer: str, workspace: Path) -> Path | None:
        """Downloads the assembled file into the workspace."""
        found = self.find(answer, ORIGINAL)
        if found is None:
            return None
        self.require_space(found.size)
        path, key = workspace / ORIGINAL, _key(answer, ORIGINAL)
        with disk_may_be_full(), path.open("wb") as file:
            for start in range(0, found.size, PART_BYTES):
                file.write(self._range(key, start, min(start + PART_BYTES, found.size)))
        return path

    def find(self, answer: str, name: str) -> StoredFile | None:
        """An object as it is now."""
        try:
            with _store_may_fail():
                found = obstore.head(self._store, _key(answer, name))
        except MissingFileError:
            return None
        tag = (found["e_tag"] or f"{found['last_modified'].timestamp():x}").removeprefix("W/").strip('"')
        return StoredFile(
            found["size"],
            tag,
            found["last_modified"],
            lambda start, end: self.open_range(answer, name, start, end),
        )

    def open_range(self, answer: str, name: str, start: int, end: int) -> Iterator[bytes]:
        """Reads each piece by its own request, so that a slow reader holds no connection to the store."""
        return self._pieces(_key(answer, name), start, end)

    def find_original(self, answer: str, chunks: Sequence[StoredChunk]) -> StoredFile:
        """The assembled file, or the chunks as one."""
        found = self.find(answer, ORIGINAL)
        if found is not None:
            return found
        size = sum(chunk.size for chunk in chunks)
        keys = hashlib.sha256("".join(str(chunk.key) for chunk in chunks).encode()).hexdigest()
        return StoredFile(
            size, keys[:32], datetime.now(UTC), lambda start, end: self._parts(answer, chunks, start, end)
        )

    def read_original(self, answer: str, chunks: Sequence[StoredChunk]) -> Iterator[bytes]:
        """Reads chunk by chunk; a chunk that was assembled meanwhile is read from the assembled file."""
        return self._parts(answer, chunks, 0, sum(chunk.size for chunk in chunks))

    def read_chunk(self, answer: str, number: int, chunk: StoredChunk) -> bytes:
        """One chunk of a recording that is not assembled yet."""
        return self._range(_chunk_key(answer, number, chunk), 0, chunk.size)

    def workspace(self, answer: str, run: int) -> AbstractContextManager[Path]:
        """An empty folder on this machine."""
        return self._workspaces.open(answer, run)

    def adopt(self, answer: str, path: Path) -> str:
        """Uploads the file. A playable copy gets a new name each time: no attempt replaces another's."""
        stem, dot, suffix = checked_name(path.name).partition(".")
        name = f"{stem}_{secrets.token_hex(6)}{dot}{suffix}" if stem == PLAYABLE else path.name
        self._upload(_key(answer, name), path)
        return name

    def discard_copies(self, answer: str, *, but: str) -> None:
        """Deletes the objects that `adopt` made of other copies."""
        kept = _key(answer, but)
        copies = [key for key, _ in self._list(f"{_folder(answer)}/") if _is_copy(key) and key != kept]
        self._delete_keys(copies)

    def require_space(self, size: int) -> None:
        """Of the disk of this machine, for workspaces. An object store has no limit that it would tell."""
        self._workspaces.require_space(size)

    def is_reachable(self) -> bool:
        """Whether the bucket can be read. Raises StorageUnavailableError where it cannot."""
        with _store_may_fail(missing=StorageUnavailableError):
            next(iter(obstore.list(self._store, "reachable", chunk_size=1)), None)
        return True

    def delete(self, answer: str) -> None:
        """Deletes all objects of an answer; where the store does not answer, again later and by `sweep`."""
        try:
            self._delete_below(f"{_folder(answer)}/")
        except StorageUnavailableError:
            logger.warning("the files of a deleted answer will be deleted when the object store answers")
            timer = threading.Timer(DELETED_AGAIN_SECONDS, self.delete, [answer])
            timer.daemon = True
            timer.start()

    def sweep(self, known: Known, deleted: Known) -> None:
        """Deletes objects of deleted answers at once, and of answers that no row knows after a day."""
        self._workspaces.sweep(known)
        with _store_may_fail():
            listed = obstore.list_with_delimiter(self._store, f"{_ANSWERS}/")
        found = [prefix.rstrip("/").rpartition("/")[2] for prefix in listed["common_prefixes"]]
        for first in range(0, len(found), _IDS_AT_ONCE):
            answers = found[first : first + _IDS_AT_ONCE]
            unknown = set(answers).difference(known(answers))
            gone = set(deleted(sorted(unknown)))
            for answer in unknown:
                with suppress(ValueError):
                    newest = max(each[1] for each in self._list(f"{_folder(answer)}/"))
                    if answer in gone or newest < datetime.now(UTC) - UNKNOWN_AFTER:
                        self._delete_below(f"{_folder(answer)}/")

    def _upload(self, key: str, path: Path) -> None:
        with _store_may_fail(missing=StorageUnavailableError):
            obstore.put(self._store, key, path, chunk_size=PART_BYTES)

    def _range(self, key: str, start: int, end: int) -> bytes:
        with _store_may_fail():
            piece = obstore.get_range(self._store, key, start=start, end=end).to_bytes()
        if len(piece) != end - start:
            # Never as if it were whole.
            raise MissingFileError("an object is shorter than what was stored")
        return piece

    def _pieces(self, key: str, start: int, end: int) -> Iterator[bytes]:
        for position in range(start, end, PIECE_BYTES):
            yield self._range(key, position, min(position + PIECE_BYTES, end))

    def _parts(self, answer: str, chunks: Sequence[StoredChunk], start: int, end: int) -> Iterator[bytes]:
        first = 0
        for number, chunk in enumerate(chunks):
            begin, stop = max(start - first, 0), min(end - first, chunk.size)
            for position in range(begin, stop, PIECE_BYTES):
                until = min(position + PIECE_BYTES, stop)
                try:
                    yield self._range(_chunk_key(answer, number, chunk), position, until)
                except MissingFileError:
                    yield self._range(_key(answer, ORIGINAL), first + position, first + until)
            first += chunk.size

    def _read_ahead(self, answer: str, chunks: Sequence[StoredChunk]) -> Iterator[bytes]:
        """All chunks in order, several of them requested at once."""
        filled = [(number, chunk) for number, chunk in enumerate(chunks) if chunk.size > 0]
        with ThreadPoolExecutor(READ_AHEAD, "chunks") as readers:
            for first in range(0, len(filled), READ_AHEAD):
                some = filled[first : first + READ_AHEAD]
                yield from readers.map(lambda each: self.read_chunk(answer, *each), some)

    def _list(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        with _store_may_fail():
            for page in obstore.list(self._store, prefix):
                yield from ((each["path"], each["last_modified"]) for each in page)

    def _delete_below(self, prefix: str) -> None:
        self._delete_keys([key for key, _ in self._list(prefix)])

    def _delete_keys(self, keys: Sequence[str]) -> None:
        with suppress(MissingFileError), _store_may_fail():
            if keys:
                obstore.delete(self._store, keys)


def _folder(answer: str) -> str:
    return f"{_ANSWERS}/{checked_answer(answer)}"


def _key(answer: str, name: str) -> str:
    return f"{_folder(answer)}/{checked_name(name)}"


def _is_copy(key: str) -> bool:
    return key.rpartition("/")[2].startswith(PLAYABLE)


def _chunk_key(answer: str, number: int, chunk: StoredChunk) -> str:
    # Without a key: a recording that was moved here from a folder.
    return chunk.key or f"{_folder(answer)}/chunks/{number:08d}"


@contextmanager
def _store_may_fail(missing: type[Exception] = MissingFileError) -> Iterator[None]:
    """Turns the errors of the object store into those of `Storage`.

    Args:
        missing: what to raise where there is no such object, or no bucket.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise missing from error
    except BaseError as error:
        logger.warning("object store: %s", describe_error(error))
        raise StorageUnavailableError from error
