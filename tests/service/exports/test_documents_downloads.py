"""File names of downloaded originals, with a suffix that fits their content."""

import pytest
from fastapi.testclient import TestClient

from service.dependencies import Service
from service.recordings.download_names import original_name
from service.recordings.storage import StoredChunk

WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm"


@pytest.mark.parametrize(
    ("beginning", "suffix"),
    [
        (WEBM, ".webm"),
        (WEBM.replace(b"webm", b"matroska"), ".mkv"),
        (b"RIFF\x24\x08\x00\x00WAVEfmt ", ".wav"),
        (b"fLaC\x00\x00\x00\x22", ".flac"),
        (b"OggS\x00\x02", ".ogg"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", ".mp4"),
        (b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00", ".m4a"),
        (b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", ".mov"),
        (b"ID3\x04\x00\x00", ".mp3"),
        (b"\xff\xfb\x90\x64", ".mp3"),
        (b"\xff\xf1\x50\x80", ".aac"),
        (b"words, no sound", ""),
        (b"", ""),
    ],
)
def test_a_file_without_a_name_gets_the_suffix_of_its_content(beginning: bytes, suffix: str) -> None:
    assert original_name(None, "Why medicine?", beginning) == f"Why medicine_{suffix}"


@pytest.mark.parametrize(
    ("name", "title", "offered"),
    [
        ("answer.m4a", "Title", "answer.m4a"),
        ("answer.WAV", "Title", "answer.wav"),
        ("answer", "Title", "answer.webm"),
        (None, "Version 2.1", "Version 2.1.webm"),
        (None, "take.webm", "take.webm"),
        (None, "...", "recording.webm"),
    ],
)
def test_a_name_with_a_suffix_is_kept(name: str | None, title: str, offered: str) -> None:
    assert original_name(name, title, WEBM) == offered


def test_a_browser_recording_is_offered_with_its_suffix(client: TestClient, service: Service) -> None:
    answer = client.post("/api/answers", json={"source": "recording", "question": "Why us?"}).json()["id"]
    # The first chunk is shorter than the bytes that are examined.
    for number, content in enumerate((WEBM, b"more")):
        client.put(f"/api/answers/{answer}/chunks/{number}", content=content).raise_for_status()
    client.post(f"/api/answers/{answer}/finish", json={"chunks": 2}).raise_for_status()
    download = client.get(f"/api/answers/{answer}/original")
    assert download.headers["content-disposition"].endswith("filename*=UTF-8''Why%20us_.webm")
    assert download.content == WEBM + b"more"
    with service.storage.workspace(answer, 1) as workspace:
        service.storage.assemble(answer, [StoredChunk(len(WEBM)), StoredChunk(4)], workspace)
    again = client.get(f"/api/answers/{answer}/original")
    assert again.headers["content-disposition"] == download.headers["content-disposition"]
