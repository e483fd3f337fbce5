"""Recordings of a service with an object store: from the upload to the deletion, on two nodes."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import obstore
import pytest
from fastapi.testclient import TestClient

from service.db.models import Answer, Chunk
from service.dependencies import Service
from service.jobs.engine_pool import EnginePool
from service.jobs.stages import AnswerWork
from service.jobs.worker_jobs import WorkerJobs
from service.recordings.storage import StorageUnavailableError
from service.settings import Settings
from service.sweeping import sweep
from tests.service.engines import fake
from tests.service.in_process import client_of, copy_database
from tests.service.s3_server import S3Server


@pytest.fixture
def open_node(tmp_path: Path, migrated_file: Path) -> Iterator[Callable[..., Service]]:
    """Opens nodes with one database, each with a data folder of its own."""
    copy_database(migrated_file, tmp_path / "shared")
    address = f"sqlite:///{tmp_path / 'shared' / 'greenroom.sqlite3'}"
    opened: list[Service] = []

    def open_one(name: str, **settings: Any) -> Service:
        service = Service.open(
            Settings(data_folder=tmp_path / name, database_url=address, free_space_floor=0, **settings)
        )
        opened.append(service)
        return service

    yield open_one
    for service in opened:
        service.database.close()


@pytest.fixture
def nodes(open_node: Callable[..., Service], s3_server: S3Server, tmp_path: Path) -> tuple[Service, Service]:
    given = s3_server.settings(tmp_path.name)
    return open_node("one", **given), open_node("two", **given)


def analyse(service: Service) -> None:
    jobs = WorkerJobs(service.database, "worker", lease=30.0)
    job = jobs.next()
    assert job is not None
    AnswerWork(jobs, service.storage, service.settings, EnginePool(lambda: fake(""))).run(job)


def unpacked(client: TestClient) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(client.get("/api/export").raise_for_status().content)) as archive:
        assert archive.testzip() is None
        return json.loads(archive.read("answers.json")), {
            name: archive.read(name) for name in archive.namelist()
        }


def begin(client: TestClient, *chunks: bytes) -> str:
    answer: str = client.post("/api/answers", json={"source": "recording"}).json()["id"]
    for number, data in enumerate(chunks):
        client.put(f"/api/answers/{answer}/chunks/{number}", content=data).raise_for_status()
    return answer


def test_an_answer_lives_on_both_nodes_and_leaves_no_object(
    nodes: tuple[Service, Service], s3_server: S3Server, speech: Path, tmp_path: Path
) -> None:
    one, two = (client_of(node) for node in nodes)
    content = speech.read_bytes()
    made = one.post("/api/uploads", files={"file": ("answer.wav", content)}).raise_for_status().json()
    answer = f"/api/answers/{made['id']}"
    assert two.get(f"{answer}/original").content == content
    analyse(nodes[1])
    found = one.get(answer).json()
    assert (found["work"]["state"], found["work"]["error"]) == ("ready", None)
    whole = one.get(f"{answer}/media")
    part = two.get(f"{answer}/media", headers={"range": "bytes=1000-1999", "if-range": whole.headers["etag"]})
    assert (part.status_code, part.content) == (206, whole.content[1000:2000])
    assert two.get(f"{answer}/peaks").json() == one.get(f"{answer}/peaks").json()
    assert one.get(f"{answer}/original", headers={"range": "bytes=0-3"}).content == b"RIFF"
    [listed], files = unpacked(two)
    assert files[f"{listed['folder']}/original.wav"] == content
    assert "missing" not in listed and "missing-files.txt" not in files
    # Measured again, by a worker that has no copy of its own.
    one.patch(answer, json={"span": {"start": 2.0, "end": 8.0}}).raise_for_status()
    analyse(nodes[0])
    assert two.get(f"{answer}/report").json()["spoken_span"]["start"] == 2.0
    for name in ("one", "two"):
        assert not [path for path in (tmp_path / name).rglob("*") if path.is_file()]
    two.delete(answer).raise_for_status()
    assert s3_server.keys(tmp_path.name) == []
    assert one.get(f"{answer}/media").status_code == 404


def test_a_recording_of_another_nodes_folder_is_named_as_missing(
    open_node: Callable[..., Service], speech: Path
) -> None:
    one, two = (client_of(open_node(name)) for name in ("one", "two"))
    made = one.post("/api/uploads", files={"file": ("answer.wav", speech.read_bytes())}).json()
    [listed], files = unpacked(two)
    assert listed["missing"]["written"] == 0
    assert listed["missing"]["bytes"] == speech.stat().st_size
    assert f"{listed['folder']}/original" in files["missing-files.txt"].decode()
    refused = two.get(f"/api/answers/{made['id']}/original")
    assert (refused.status_code, refused.json()["code"]) == (500, "file_missing")


def test_a_recording_that_is_lost_in_part_is_named_as_missing(nodes: tuple[Service, Service]) -> None:
    client = client_of(nodes[0])
    answer, other = begin(client, b"first ", b"second"), begin(client, b"whole")
    with nodes[0].database.reading() as session:
        row = session.get_one(Chunk, (answer, 1))
    obstore.delete(nodes[0].storage._store, row.object_key)  # type: ignore[attr-defined]
    listed, files = unpacked(client)
    lost, kept = sorted(listed, key=lambda each: each["id"] != answer)
    assert (lost["missing"]["bytes"], lost["missing"]["written"]) == (12, 6)
    assert lost["missing"]["file"].startswith(f"{lost['folder']}/original")
    assert files[lost["missing"]["file"]] == b"first "
    assert kept["id"] == other and "missing" not in kept
    assert files["missing-files.txt"].decode().count("\n- ") == 1


def test_two_uploads_of_one_chunk_leave_the_bytes_of_the_row(
    nodes: tuple[Service, Service], s3_server: S3Server, tmp_path: Path
) -> None:
    one, two = (client_of(node) for node in nodes)
    answer = begin(one, b"first ")
    assert two.put(f"/api/answers/{answer}/chunks/0", content=b"other ").json()["code"] == "chunk_differs"
    assert two.put(f"/api/answers/{answer}/chunks/0", content=b"first ").status_code == 204
    assert len(s3_server.keys(tmp_path.name)) == 1
    one.post(f"/api/answers/{answer}/finish", json={"chunks": 1}).raise_for_status()
    assert two.get(f"/api/answers/{answer}/original").content == b"first "


def test_sweeping_finishes_what_was_deleted_during_an_outage(
    nodes: tuple[Service, Service], s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(nodes[0])
    kept, deleted, expired = (begin(client, content) for content in (b"kept", b"deleted", b"expired"))
    with monkeypatch.context() as process_ends:
        process_ends.setattr(type(nodes[0].storage), "delete", lambda *_: None)
        client.delete(f"/api/answers/{deleted}").raise_for_status()
    with nodes[0].database.writing() as session:
        session.get_one(Answer, expired).recording_deleted_at = datetime.now(UTC)
    assert len(s3_server.keys(tmp_path.name)) == 3
    sweep(nodes[1])
    (left,) = s3_server.keys(tmp_path.name)
    assert kept in left


def test_an_outage_is_a_moment_to_wait_for(
    nodes: tuple[Service, Service], speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(nodes[0])
    made = client.post("/api/uploads", files={"file": ("answer.wav", speech.read_bytes())}).json()
    answer = f"/api/answers/{made['id']}"
    recording = begin(client, b"first ")

    def away(*_: object, **__: object) -> None:
        raise obstore.exceptions.GenericError

    with monkeypatch.context() as outage:
        for name in ("put", "get_range", "head", "list"):
            outage.setattr(obstore, name, away)
        outage.setattr("service.jobs.stages._STORAGE_PAUSE_SECONDS", 0.0)
        for response in (
            client.put(f"/api/answers/{recording}/chunks/1", content=b"second"),
            client.get(f"{answer}/original"),
            client.get("/api/export"),
            client.post("/api/uploads", files={"file": ("answer.wav", b"RIFF")}),
        ):
            assert (response.status_code, response.json()["code"]) == (503, "busy")
            assert response.headers["retry-after"] == "2"
        analyse(nodes[0])
        waiting = client.get(answer).json()["work"]
        assert (waiting["state"], waiting["error"]) == ("waiting", None)
        with pytest.raises(StorageUnavailableError):
            nodes[0].storage.is_reachable()
    assert client.get(f"/api/answers/{recording}/chunks").json()["numbers"] == [0]
    analyse(nodes[0])
    assert client.get(answer).json()["work"]["state"] == "ready"
