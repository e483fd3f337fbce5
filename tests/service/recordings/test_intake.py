"""Intake of recordings in chunks or in one upload; nothing that was acknowledged is lost."""

import itertools
import random
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.recordings.intake import LARGEST_GAP, MAXIMUM_CHUNKS
from service.settings import CHUNK_BYTES
from tests.service.running import RunningService


def begin(client: TestClient, **fields: str) -> str:
    return str(client.post("/api/answers", json=fields).raise_for_status().json()["id"])


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name]


def original(client: TestClient, answer: str) -> bytes:
    return client.get(f"/api/answers/{answer}/original").raise_for_status().content


def test_a_new_answer_is_empty_and_has_a_location(client: TestClient) -> None:
    response = client.post("/api/answers", json={"question": "Why medicine?", "session": "Tuesday"})
    answer = response.json()
    assert response.status_code == 201
    assert response.headers["location"] == f"/api/answers/{answer['id']}"
    assert answer["title"] == "Why medicine?"
    assert answer["session"]["name"] == "Tuesday"
    assert (answer["intake"], answer["work"]["state"]) == ("receiving", "waiting")
    assert answer["available"] == [] and answer["duration"] is None


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_chunks_may_arrive_in_any_order(client: TestClient, order: tuple[int, ...]) -> None:
    pieces = [b"first ", b"second ", b"third"]
    answer = begin(client)
    for number in order:
        assert client.put(f"/api/answers/{answer}/chunks/{number}", content=pieces[number]).status_code == 204
    finished = client.post(f"/api/answers/{answer}/finish", json={"chunks": 3})
    assert finished.json()["intake"] == "complete"
    assert finished.json()["bytes"] == 18
    assert original(client, answer) == b"first second third"


def test_a_repeated_chunk_is_accepted_and_different_bytes_are_refused(client: TestClient) -> None:
    answer = begin(client)
    for _ in range(2):
        assert client.put(f"/api/answers/{answer}/chunks/0", content=b"sound").status_code == 204
    refused = client.put(f"/api/answers/{answer}/chunks/0", content=b"other")
    assert (refused.status_code, refused.json()["code"]) == (409, "chunk_differs")
    assert client.get(f"/api/answers/{answer}").json()["bytes"] == 5
    client.post(f"/api/answers/{answer}/finish", json={"chunks": 1})
    assert original(client, answer) == b"sound"


def test_finish_lists_missing_chunks_which_can_still_be_sent(client: TestClient) -> None:
    answer = begin(client)
    for number in (0, 2, 5):
        client.put(f"/api/answers/{answer}/chunks/{number}", content=b"%d" % number)
    refused = client.post(f"/api/answers/{answer}/finish", json={"chunks": 6})
    assert (refused.status_code, refused.json()["code"]) == (409, "missing_chunks")
    assert refused.json()["missing"] == [1, 3, 4]
    assert client.get(f"/api/answers/{answer}/chunks").json() == {"numbers": [0, 2, 5]}
    for number in (1, 3, 4):
        client.put(f"/api/answers/{answer}/chunks/{number}", content=b"%d" % number)
    assert client.post(f"/api/answers/{answer}/finish", json={"chunks": 6}).status_code == 200
    assert original(client, answer) == b"012345"


def test_a_second_finish_returns_the_same_answer(client: TestClient) -> None:
    answer = begin(client)
    client.put(f"/api/answers/{answer}/chunks/0", content=b"sound")
    first = client.post(f"/api/answers/{answer}/finish", json={"chunks": 1})
    second = client.post(f"/api/answers/{answer}/finish", json={"chunks": 1})
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    other = client.post(f"/api/answers/{answer}/finish", json={"chunks": 2})
    assert (other.status_code, other.json()["code"]) == (409, "already_finished")


def test_after_finish_only_identical_chunks_are_accepted(client: TestClient) -> None:
    answer = begin(client)
    client.put(f"/api/answers/{answer}/chunks/0", content=b"sound")
    client.post(f"/api/answers/{answer}/finish", json={"chunks": 1})
    assert client.put(f"/api/answers/{answer}/chunks/0", content=b"sound").status_code == 204
    assert client.put(f"/api/answers/{answer}/chunks/0", content=b"other").status_code == 409
    assert client.put(f"/api/answers/{answer}/chunks/1", content=b"more").status_code == 409
    assert original(client, answer) == b"sound"


def test_finishing_with_fewer_chunks_than_arrived_is_refused(client: TestClient) -> None:
    answer = begin(client)
    for number in range(3):
        client.put(f"/api/answers/{answer}/chunks/{number}", content=b"x")
    assert client.post(f"/api/answers/{answer}/finish", json={"chunks": 2}).status_code == 409
    assert client.get(f"/api/answers/{answer}").json()["intake"] == "receiving"


def test_an_empty_recording_is_refused_and_deleted(client: TestClient, service: Service) -> None:
    answer = begin(client)
    client.put(f"/api/answers/{answer}/chunks/0", content=b"")
    refused = client.post(f"/api/answers/{answer}/finish", json={"chunks": 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "empty_file")
    upload = client.post("/api/uploads", files={"file": ("nothing.wav", b"")})
    assert (upload.status_code, upload.json()["code"]) == (422, "empty_file")
    assert client.get("/api/answers").json()["total"] == 0
    assert files_below(service.settings.data_folder) == []


def test_a_chunk_over_8_mib_is_refused(client: TestClient, service: Service) -> None:
    answer = begin(client)

    for content in (bytes(CHUNK_BYTES + 1), iter([bytes(CHUNK_BYTES), b"x"])):
        refused = client.put(f"/api/answers/{answer}/chunks/0", content=content)
        assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert files_below(service.settings.data_folder) == []


def test_a_recording_over_the_limit_is_refused_while_it_arrives_in_chunks(
    client: TestClient, service: Service
) -> None:
    answer = begin(client)
    for number in range(2):
        assert client.put(f"/api/answers/{answer}/chunks/{number}", content=bytes(50_000)).status_code == 204
    refused = client.put(f"/api/answers/{answer}/chunks/2", content=b"x")
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert sum(path.stat().st_size for path in files_below(service.settings.data_folder)) == 100_000


def test_an_upload_over_the_limit_is_refused_by_its_declared_length(client: TestClient) -> None:
    refused = client.post("/api/uploads", files={"file": ("long.wav", bytes(1_200_000))})
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert client.get("/api/answers").json()["total"] == 0


def test_an_upload_over_the_limit_is_refused_while_it_arrives(client: TestClient, service: Service) -> None:
    refused = client.post("/api/uploads", files={"file": ("long.wav", bytes(100_001))})
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert client.get("/api/answers").json()["total"] == 0
    assert files_below(service.settings.data_folder) == []


def test_an_upload_keeps_every_byte_and_every_field(client: TestClient) -> None:
    content = random.Random(1).randbytes(90_000)
    response = client.post(
        "/api/uploads",
        files={"file": ("Meine Antwort – 1.m4a", content)},
        data={"title": "Ethics", "question": "What would you do?", "session": "Mocks"},
    )
    answer = response.json()
    assert response.status_code == 201
    assert answer["file_name"] == "Meine Antwort – 1.m4a"
    assert (answer["title"], answer["question"]) == ("Ethics", "What would you do?")
    assert (answer["session"]["name"], answer["source"]) == ("Mocks", "upload")
    assert (answer["intake"], answer["bytes"]) == ("complete", 90_000)
    assert original(client, answer["id"]) == content


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=x", b"this is no form"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="title"\r\n\r\nA\r\n--x--',
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nbroken off',
        ),
    ],
    ids=["no form", "not readable", "no file", "broken off"],
)
def test_an_invalid_or_incomplete_form_is_refused_and_nothing_stored(
    client: TestClient, service: Service, content_type: str, body: bytes
) -> None:
    refused = client.post("/api/uploads", content=body, headers={"content-type": content_type})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert client.get("/api/answers").json()["total"] == 0
    assert files_below(service.settings.data_folder) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\system.ini",
        "/etc/shadow",
        "a\x00b",
        "....//",
        "C:\\x.wav",
        "\r\nset-cookie: a=b",
    ],
)
def test_path_traversal_in_names_touches_no_other_file(
    client: TestClient, service: Service, name: str
) -> None:
    response = client.post("/api/uploads", files={"file": (name, b"sound")})
    assert response.status_code == 201
    answer = response.json()
    assert "/" not in (answer["file_name"] or "") and "\\" not in (answer["file_name"] or "")
    stored = files_below(service.settings.data_folder)
    assert [path.parent.parent.name for path in stored] == [answer["id"]]
    assert [path.name for path in stored] == ["00000000"]
    download = client.get(f"/api/answers/{answer['id']}/original")
    disposition = download.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert ".." not in disposition and "/" not in disposition.replace("UTF-8''", "")
    assert "set-cookie" not in download.headers


@pytest.mark.parametrize("number", ["-1", "100000", "one", "../0", "%2e%2e%2f0"])
def test_invalid_chunk_numbers_are_refused(client: TestClient, number: str) -> None:
    answer = begin(client)
    assert client.put(f"/api/answers/{answer}/chunks/{number}", content=b"x").status_code in {404, 405, 422}


def test_a_chunk_far_beyond_those_that_arrived_is_refused(client: TestClient) -> None:
    answer = begin(client)
    refused = client.put(f"/api/answers/{answer}/chunks/{LARGEST_GAP + 1}", content=b"x")
    assert (refused.status_code, refused.json()["code"]) == (422, "chunk_too_far")
    client.put(f"/api/answers/{answer}/chunks/0", content=b"first ").raise_for_status()
    client.put(f"/api/answers/{answer}/chunks/{LARGEST_GAP + 1}", content=b"last").raise_for_status()
    begun = time.process_time()
    client.post(f"/api/answers/{answer}/finish", json={"chunks": None}).raise_for_status()
    # A row at a time, ten thousand took one and a half.
    assert time.process_time() - begun < 1
    assert original(client, answer) == b"first last"


def test_finish_with_far_too_many_chunks_is_refused_briefly(client: TestClient) -> None:
    answer = begin(client)
    client.put(f"/api/answers/{answer}/chunks/0", content=b"sound")
    refused = client.post(f"/api/answers/{answer}/finish", json={"chunks": MAXIMUM_CHUNKS})
    assert (refused.status_code, refused.json()["code"]) == (409, "missing_chunks")
    assert len(refused.json()["missing"]) == LARGEST_GAP
    assert f"{MAXIMUM_CHUNKS - 1} parts have not arrived" in refused.json()["detail"]


def form(parts: Iterable[tuple[str, bytes]], *, ended: bool = True) -> bytes:
    """The body of a form with the boundary `b`."""
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), value)
        for name, value in parts
    )
    return body + (b"--b--\r\n" if ended else b"")


FORM = {"content-type": "multipart/form-data; boundary=b"}


@pytest.mark.parametrize("name", ["title", "field{}"], ids=["same", "different"])
def test_a_form_with_many_empty_fields_is_refused_at_once(client: TestClient, name: str) -> None:
    begun = time.process_time()
    body = form((name.format(number), b"") for number in range(100_000))
    refused = client.post("/api/uploads", content=iter([body]), headers=FORM)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")
    assert time.process_time() - begun < 2


def test_what_follows_the_end_of_a_form_is_not_read(client: TestClient) -> None:
    def body() -> Iterator[bytes]:
        yield form([("file", b"sound")])
        for _ in range(10):
            yield bytes(65536)

    answer = client.post("/api/uploads", content=body(), headers=FORM).raise_for_status().json()
    assert original(client, answer["id"]) == b"sound"


def test_an_upload_that_breaks_off_leaves_no_row_and_no_file(client: TestClient, service: Service) -> None:
    for sent in (b"", form([("file", b"")], ended=False), form([("file", bytes(1000))], ended=False)):
        assert client.post("/api/uploads", content=sent, headers=FORM).status_code == 422
    assert client.get("/api/answers").json()["total"] == 0
    assert files_below(service.settings.data_folder) == []


def test_a_chunk_of_a_deleted_answer_is_not_stored(client: TestClient, service: Service) -> None:
    refused = client.put("/api/answers/0123456789abcdef01234567/chunks/0", content=b"sound")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert files_below(service.settings.data_folder) == []


def test_a_large_upload_through_a_real_server(running_service: RunningService) -> None:
    content = random.Random(2).randbytes(2 * CHUNK_BYTES + 4321)
    answer = running_service.upload(content, title="Three chunks")
    assert answer["chunks"] == 3
    got = running_service.client.get(f"/api/answers/{answer['id']}/original")
    assert got.content == content
    running_service.client.delete(f"/api/answers/{answer['id']}")
