"""Everything moves from SQLite and a folder to PostgreSQL and an object store, and back, unchanged."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from service.db.engine import Database
from service.db.models import LOCAL_PERSON, Answer, Chunk, TranscriptText
from service.dependencies import Service
from service.hosting.moving import files, rows
from service.hosting.moving.move import MoveError, move
from service.prepare import demo_season
from service.progress import demo_data
from service.recordings.storage import StoredChunk
from service.settings import Settings
from tests.service.in_process import client_of, copy_database, new_database
from tests.service.s3_server import S3Server

PIECES = [b"first" * 1000, b"second" * 999, b"third"]


@pytest.fixture
def full(service: Service) -> tuple[Service, str]:
    """A service with rows in many tables, and the id of a recording that is still being made."""
    demo_data.add_demo_takes(service.database, LOCAL_PERSON, takes=12, seed=1, until=date(2026, 11, 1))
    demo_season.add_demo_season(service.database, LOCAL_PERSON, datetime.now(UTC), own_zone="Africa/Lagos")
    client = client_of(service)
    recording: str = client.post("/api/answers", json={"title": "Mündlich \u2014 two"}).json()["id"]
    for number, piece in enumerate(PIECES):
        client.put(f"/api/answers/{recording}/chunks/{number}", content=piece).raise_for_status()
    folder = service.settings.data_folder / "answers" / recording
    (folder / "peaks.json").write_bytes(b"[1, 2]")
    with service.database.writing() as session:
        session.add(TranscriptText(answer_id=recording, text="hospital"))
    return service, recording


def content(database: Database) -> Mapping[str, rows.TableSum]:
    with database.reading() as session:
        return rows.sums_of(session)


def recorded(service: Service, answer: str) -> bytes:
    with service.database.reading() as session:
        chunks = session.scalars(select(Chunk).where(Chunk.answer_id == answer).order_by(Chunk.number))
        stored = [StoredChunk(chunk.size, chunk.object_key) for chunk in chunks]
    return b"".join(service.storage.read_original(answer, stored))


@pytest.mark.postgresql
@pytest.mark.long
def test_there_and_back(
    full: tuple[Service, str],
    postgresql_server: str,
    s3_server: S3Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service, recording = full
    # Some are written in parts, as large files are.
    monkeypatch.setattr(files, "_WHOLE_BYTES", 5500)
    before = content(service.database)
    assert sum(table.rows > 0 for table in before.values()) >= 8
    there = Settings(
        data_folder=tmp_path / "node",
        database_url=new_database(postgresql_server, "moved"),
        free_space_floor=0,
        **s3_server.settings("moved"),
    )
    moved = move(service.settings, there)
    assert (moved.files, moved.incomplete) == (4, ())
    assert moved.bytes == sum(map(len, PIECES)) + 6
    hosted = Service.open(there)
    assert content(hosted.database) == before
    assert recorded(hosted, recording) == b"".join(PIECES)
    # It goes on there: numbers continue, and another piece has a key of the object store's own.
    client = client_of(hosted)
    client.put(f"/api/answers/{recording}/chunks/3", content=b"fourth").raise_for_status()
    with hosted.database.writing() as session:
        other = session.scalars(select(Answer.id).where(Answer.id != recording)).first()
        session.execute(delete(TranscriptText).where(TranscriptText.answer_id == other))
        session.add(TranscriptText(answer_id=other or "", text="ward"))
    before = content(hosted.database)
    hosted.database.close()

    back = Settings(data_folder=tmp_path / "back", free_space_floor=0)
    assert move(there, back).incomplete == ()
    returned = Service.open(back)
    assert recorded(returned, recording) == b"".join([*PIECES, b"fourth"])
    after = content(returned.database)
    assert {name: table.rows for name, table in after.items()} == {
        name: table.rows for name, table in before.items()
    }
    # Nothing but the keys of the chunks is different.
    assert [name for name in after if after[name] != before[name]] == ["chunks"]
    returned.database.close()


def test_a_target_that_holds_something_is_refused(
    full: tuple[Service, str], migrated_file: Path, tmp_path: Path
) -> None:
    service, _ = full
    target = Settings(data_folder=tmp_path / "target", free_space_floor=0)
    copy_database(migrated_file, target.data_folder)
    other = Service.open(target)
    kept = client_of(other).post("/api/answers", json={}).json()["id"]
    before = content(other.database)
    with pytest.raises(MoveError, match="not empty"):
        move(service.settings, target)
    assert content(other.database) == before
    other.delete_answer(LOCAL_PERSON, kept)
    other.database.close()
    with pytest.raises(MoveError, match="same database"):
        move(service.settings, service.settings)


@pytest.mark.long
def test_a_wrong_copy_leaves_the_target_empty(
    full: tuple[Service, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, _ = full
    target = Settings(data_folder=tmp_path / "target", free_space_floor=0)
    put: Callable[..., object] = files.obstore.put

    def losing(store: object, key: str, data: bytes, **options: bool) -> object:
        return put(store, key, data[:-1], **options)

    monkeypatch.setattr(files.obstore, "put", losing)
    with pytest.raises(MoveError) as raised:
        move(service.settings, target)
    assert raised.value.code == "moved_differently"
    opened = Service.open(target)
    with opened.database.reading() as session:
        assert rows.is_empty(session)
    opened.database.close()
    monkeypatch.undo()
    # What the first attempt left is replaced by the second.
    assert move(service.settings, target).incomplete == ()


def test_a_file_that_the_source_has_lost_is_told(full: tuple[Service, str], tmp_path: Path) -> None:
    service, recording = full
    (service.settings.data_folder / "answers" / recording / "chunks" / "00000001").unlink()
    moved = move(service.settings, Settings(data_folder=tmp_path / "target", free_space_floor=0))
    assert moved.incomplete == (recording,)
