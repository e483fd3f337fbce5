"""What both storages promise: the data folder and an S3 server."""

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import cast

import obstore
import pytest

from service.db.models import new_identifier
from service.recordings import object_storage
from service.recordings.file_names import ORIGINAL, PEAKS
from service.recordings.folder_storage import FolderStorage
from service.recordings.object_storage import ObjectStorage, StorageAddressError, open_store
from service.recordings.opening import open_storage
from service.recordings.storage import (
    PIECE_BYTES,
    MissingFileError,
    Storage,
    StorageUnavailableError,
    StoredChunk,
)
from service.settings import Settings
from tests.service.s3_server import S3Server

FIRST, SECOND = b"the first chunk", bytes(range(256)) * 5000


@pytest.fixture(params=["folder", "s3"])
def kind(request: pytest.FixtureRequest) -> str:
    return cast("str", request.param)


@pytest.fixture
def prefix(tmp_path: Path) -> str:
    return tmp_path.name


@pytest.fixture
def storage(kind: str, request: pytest.FixtureRequest, tmp_path: Path, prefix: str) -> Storage:
    given = request.getfixturevalue("s3_server").settings(prefix) if kind == "s3" else {}
    return open_storage(Settings(data_folder=tmp_path / "data", free_space_floor=0, **given))


@pytest.fixture
def stored(kind: str, request: pytest.FixtureRequest, tmp_path: Path, prefix: str) -> Callable[[], list[str]]:
    """Lists every file that is stored."""
    if kind == "s3":
        server: S3Server = request.getfixturevalue("s3_server")
        return lambda: server.keys(prefix)
    answers = tmp_path / "data" / "answers"
    return lambda: [str(path) for path in answers.rglob("*") if path.is_file()]


def keep(storage: Storage, answer: str, number: int, data: bytes) -> StoredChunk:
    with storage.stage_chunk(answer, number, data) as staged:
        staged.keep()
        return StoredChunk(len(data), staged.key)


def two_chunks(storage: Storage, answer: str) -> list[StoredChunk]:
    # The empty one stands for a chunk that never arrived.
    return [keep(storage, answer, 0, FIRST), StoredChunk(0), keep(storage, answer, 2, SECOND)]


def none(_: Sequence[str]) -> Collection[str]:
    return ()


def test_chunks_are_read_before_and_after_they_are_assembled(
    storage: Storage, stored: Callable[[], list[str]]
) -> None:
    answer = new_identifier()
    chunks = two_chunks(storage, answer)
    assert storage.read_chunk(answer, 2, chunks[2]) == SECOND
    assert b"".join(storage.read_original(answer, chunks)) == FIRST + SECOND
    before = storage.find_original(answer, chunks)
    assert (before.size, before.read()) == (len(FIRST + SECOND), FIRST + SECOND)
    with storage.workspace(answer, 1) as workspace:
        assert storage.local_original(answer, workspace) is None
        assert storage.assemble(answer, chunks, workspace).read_bytes() == FIRST + SECOND
    assert len(stored()) == 1
    with storage.workspace(answer, 2) as workspace:
        again = storage.assemble(answer, chunks, workspace)
        assert (again.name, again.read_bytes()) == (ORIGINAL, FIRST + SECOND)
        local = storage.local_original(answer, workspace)
        assert local is not None and local.read_bytes() == FIRST + SECOND
    assert not workspace.exists()
    # Who began to read before it was assembled can read on.
    assert before.read() == FIRST + SECOND
    assert b"".join(storage.read_original(answer, chunks)) == FIRST + SECOND


def test_a_range_comes_in_small_pieces(storage: Storage) -> None:
    answer = new_identifier()
    chunks = two_chunks(storage, answer)
    whole = FIRST + SECOND
    with storage.workspace(answer, 1) as workspace:
        for start, end in [(0, 1), (10, 20), (5, len(whole)), (len(whole) - 1, len(whole)), (3, 3)]:
            pieces = list(storage.find_original(answer, chunks).open_range(start, end))
            assert b"".join(pieces) == whole[start:end]
            assert max(map(len, pieces), default=0) <= PIECE_BYTES
        storage.assemble(answer, chunks, workspace)
    assert b"".join(storage.open_range(answer, ORIGINAL, 12, 900_000)) == whole[12:900_000]


def test_a_file_that_a_worker_made_is_found_by_its_name(storage: Storage) -> None:
    answer = new_identifier()
    keep(storage, answer, 0, FIRST)
    assert storage.find(answer, PEAKS) is None
    with storage.workspace(answer, 1) as workspace:
        (workspace / PEAKS).write_bytes(b"{}")
        (workspace / "playable.m4a").write_bytes(b"sound")
        assert storage.adopt(answer, workspace / PEAKS) == PEAKS
        name = storage.adopt(answer, workspace / "playable.m4a")
    found, playable = storage.find(answer, PEAKS), storage.find(answer, name)
    assert found is not None and playable is not None
    assert (found.read(), playable.read(), playable.size) == (b"{}", b"sound", 5)
    assert found.tag != playable.tag and '"' not in found.tag
    with storage.workspace(answer, 2) as workspace:
        (workspace / "playable.webm").write_bytes(b"another sound")
        other = storage.adopt(answer, workspace / "playable.webm")
    for _ in range(2):
        storage.discard_copies(answer, but=other)
    assert storage.find(answer, name) is None
    assert storage.find(answer, other) is not None and storage.find(answer, PEAKS) is not None
    with pytest.raises(MissingFileError):
        playable.read()


def test_a_chunk_that_is_not_kept_leaves_nothing(storage: Storage, stored: Callable[[], list[str]]) -> None:
    answer = new_identifier()
    with storage.stage_chunk(answer, 0, FIRST):
        pass
    with pytest.raises(RuntimeError), storage.stage_chunk(answer, 0, FIRST):
        raise RuntimeError
    assert stored() == []
    # The commit may have worked although its answer was lost: the bytes stay.
    with pytest.raises(RuntimeError), storage.stage_chunk(answer, 0, FIRST) as staged:
        staged.keep()
        raise RuntimeError
    assert storage.read_chunk(answer, 0, StoredChunk(len(FIRST), staged.key)) == FIRST


@pytest.mark.parametrize(("kept", "refused"), [(b"one", b"two"), (b"same", b"same")])
def test_of_two_uploads_of_one_number_each_keeps_its_own_bytes(
    storage: Storage, kept: bytes, refused: bytes
) -> None:
    """Both are stored before either is kept. Only one is: the row of the other is refused."""
    answer = new_identifier()
    both, decided = threading.Barrier(2), threading.Event()

    def refuse() -> None:
        with storage.stage_chunk(answer, 7, refused):
            both.wait(30)
            assert decided.wait(30)

    other = threading.Thread(target=refuse)
    other.start()
    with storage.stage_chunk(answer, 7, kept) as staged:
        both.wait(30)
        staged.keep()
    decided.set()
    other.join()
    assert storage.read_chunk(answer, 7, StoredChunk(len(kept), staged.key)) == kept


def test_a_missing_chunk_is_an_error_and_no_shorter_recording(
    storage: Storage, stored: Callable[[], list[str]], tmp_path: Path
) -> None:
    answer = new_identifier()
    chunks = two_chunks(storage, answer)
    if isinstance(storage, FolderStorage):
        next(tmp_path.glob("data/answers/*/chunks/00000002")).unlink()
    else:
        obstore.delete(storage._store, chunks[2].key or "")
    with pytest.raises(MissingFileError):
        b"".join(storage.read_original(answer, chunks))
    with pytest.raises(MissingFileError):
        storage.find_original(answer, chunks).read()
    with storage.workspace(answer, 1) as workspace, pytest.raises(MissingFileError):
        storage.assemble(answer, chunks, workspace)
    # What is left stays for whoever can find the rest.
    assert len(stored()) == 1
    with pytest.raises(MissingFileError):
        b"".join(storage.open_range(answer, ORIGINAL, 0, 5))


def test_deletion_removes_every_file(storage: Storage, stored: Callable[[], list[str]]) -> None:
    answer, other = new_identifier(), new_identifier()
    chunks = two_chunks(storage, answer)
    keep(storage, other, 0, FIRST)
    with storage.workspace(answer, 1) as workspace:
        storage.assemble(answer, chunks, workspace)
        (workspace / PEAKS).write_bytes(b"{}")
        storage.adopt(answer, workspace / PEAKS)
    keep(storage, answer, 5, b"late")
    storage.delete(answer)
    storage.delete(answer)
    (left,) = stored()
    assert other in left


def test_sweeping_removes_what_no_row_knows(
    storage: Storage, stored: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    known, gone, unknown = new_identifier(), new_identifier(), new_identifier()
    for answer in (known, gone, unknown):
        keep(storage, answer, 0, FIRST)
    storage.sweep(lambda _: {known}, lambda _: {gone})
    if isinstance(storage, ObjectStorage):
        # It may belong to a database that is just being restored.
        assert len(stored()) == 2
        monkeypatch.setattr(object_storage, "UNKNOWN_AFTER", timedelta(seconds=-5))
        storage.sweep(lambda _: {known}, none)
    (left,) = stored()
    assert known in left


def test_no_path_can_be_made_of_a_foreign_name(storage: Storage) -> None:
    for answer, name in [("../../etc", PEAKS), (new_identifier(), "../x"), (new_identifier(), "a/b")]:
        with pytest.raises(ValueError, match="not a"):
            storage.find(answer, name)


@pytest.fixture
def other_s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """One that a test may stop."""
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server.start()
    server.close()


@pytest.mark.long
def test_an_outage_acknowledges_nothing_and_deletes_later(
    other_s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_storage, "DELETED_AGAIN_SECONDS", 0.2)
    given = other_s3_server.settings("outage")
    storage = open_storage(Settings(data_folder=tmp_path / "data", free_space_floor=0, **given))
    answer = new_identifier()
    chunks = two_chunks(storage, answer)
    other_s3_server.stop()
    with pytest.raises(StorageUnavailableError):
        keep(storage, answer, 3, FIRST)
    with pytest.raises(StorageUnavailableError):
        storage.read_chunk(answer, 0, chunks[0])
    with pytest.raises(StorageUnavailableError):
        storage.find(answer, ORIGINAL)
    with pytest.raises(StorageUnavailableError):
        storage.is_reachable()
    other_s3_server.start()
    assert storage.is_reachable()
    assert b"".join(storage.read_original(answer, chunks)) == FIRST + SECOND
    other_s3_server.stop()
    storage.delete(answer)
    other_s3_server.start()
    deadline = threading.Event()
    for _ in range(300):
        if not other_s3_server.keys("outage"):
            return
        deadline.wait(0.1)
    pytest.fail("the files of the deleted answer are still there")


def test_a_wrong_bucket_or_key_is_an_outage_and_no_missing_file(s3_server: S3Server, tmp_path: Path) -> None:
    given = {**s3_server.settings("x"), "storage_secret_key": "wrong"}
    storage = open_storage(Settings(data_folder=tmp_path / "data", free_space_floor=0, **given))
    with pytest.raises(StorageUnavailableError):
        storage.is_reachable()
    with pytest.raises(StorageUnavailableError):
        storage.find(new_identifier(), ORIGINAL)


@pytest.mark.parametrize("address", ["s3:bucket", "https://bucket/x", "bucket", "file:///tmp"])
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(StorageAddressError):
        open_store(Settings(storage_url=address))
