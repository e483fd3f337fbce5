"""Sending stored files: whole, in part, and no longer than the reader may read."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.api.stored_files import StoredFileResponse
from service.recordings.storage import MissingFileError, StoredFile
from tests.service.own_loop import in_own_loop

CONTENT = bytes(range(256)) * 8
MODIFIED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def stored(content: bytes = CONTENT, piece: int = 100, *, lost_at: int | None = None) -> StoredFile:
    def open_range(start: int, end: int) -> Iterator[bytes]:
        for position in range(start, end, piece):
            if lost_at is not None and position >= lost_at:
                raise MissingFileError
            yield content[position : min(position + piece, end)]

    return StoredFile(len(content), "tag-1", MODIFIED, open_range)


def fetch(file: StoredFile, method: str = "GET", **headers: str) -> Any:
    client = TestClient(StoredFileResponse(file, media_type="audio/mp4"))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.request(method, "/", headers=named)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-", 0, 2048),
        ("bytes=0-0", 0, 1),
        ("bytes=1000-1999", 1000, 2000),
        ("bytes=2000-9999", 2000, 2048),
        ("bytes=-48", 2000, 2048),
        ("bytes=-9999", 0, 2048),
        ("Bytes = 5 - 6", 5, 7),
    ],
)
def test_one_range_is_sent_alone(asked: str, start: int, end: int) -> None:
    response = fetch(stored(), range=asked)
    assert (response.status_code, response.content) == (206, CONTENT[start:end])
    assert response.headers["content-range"] == f"bytes {start}-{end - 1}/2048"
    assert response.headers["content-length"] == str(end - start)
    assert response.headers["content-type"] == "audio/mp4"


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=5-3", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "x"])
def test_what_is_no_single_range_of_bytes_gets_the_whole_file(asked: str) -> None:
    response = fetch(stored(), range=asked)
    assert (response.status_code, response.content) == (200, CONTENT)
    assert "content-range" not in response.headers


@pytest.mark.parametrize("asked", ["bytes=2048-", "bytes=99999-100000", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(asked: str) -> None:
    response = fetch(stored(), range=asked)
    assert (response.status_code, response.headers["content-range"]) == (416, "bytes */2048")


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('"tag-1"', 206),
        ("Sun, 22 Nov 2026 09:30:00 GMT", 206),
        ('"tag-2"', 200),
        ('W/"tag-1"', 200),
        ("Sun, 22 Nov 2026 09:30:01 GMT", 200),
    ],
)
def test_a_range_of_another_version_gets_the_whole_file(condition: str, status: int) -> None:
    assert fetch(stored(), range="bytes=0-9", if_range=condition).status_code == status


def test_head_tells_the_size_and_sends_nothing() -> None:
    whole, part = fetch(stored(), "HEAD"), fetch(stored(), "HEAD", range="bytes=0-9")
    assert (whole.status_code, whole.content, whole.headers["content-length"]) == (200, b"", "2048")
    assert (part.status_code, part.headers["content-range"]) == (206, "bytes 0-9/2048")
    assert fetch(stored(b"")).content == b""


def test_a_file_that_is_missing_from_the_start_is_an_error_before_anything_is_sent() -> None:
    with pytest.raises(MissingFileError):
        fetch(stored(lost_at=0))


def sent(response: StoredFileResponse, *, seconds_a_piece: float) -> tuple[bytes, bool, float]:
    """What a slow reader gets: the bytes, whether the response came to its end, and how long it took."""
    body = bytearray()
    complete = False

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        nonlocal complete
        if message["type"] == "http.response.body":
            await asyncio.sleep(seconds_a_piece)
            body.extend(message["body"])
            complete = not message.get("more_body", False)

    begun = time.monotonic()
    in_own_loop(response({"type": "http", "method": "GET", "headers": []}, receive, send))
    return bytes(body), complete, time.monotonic() - begun


def test_a_response_ends_early_when_its_reader_may_no_longer_read() -> None:
    begun = time.monotonic()
    response = StoredFileResponse(
        stored(), media_type="audio/mp4", still_allowed=lambda: time.monotonic() - begun < 0.2
    )
    body, complete, _ = sent(response, seconds_a_piece=0.05)
    assert 0 < len(body) < len(CONTENT) and body == CONTENT[: len(body)]
    assert not complete


def test_a_reader_that_takes_nothing_is_stopped_too() -> None:
    begun = time.monotonic()
    response = StoredFileResponse(
        stored(), media_type="audio/mp4", still_allowed=lambda: time.monotonic() - begun < 0.1
    )
    _, complete, seconds = sent(response, seconds_a_piece=30)
    assert not complete and seconds < 1


def test_a_file_that_is_lost_on_the_way_never_looks_whole() -> None:
    body, complete, _ = sent(
        StoredFileResponse(stored(lost_at=500), media_type="audio/mp4"), seconds_a_piece=0
    )
    assert (body, complete) == (CONTENT[:500], False)
