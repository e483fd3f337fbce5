"""From a recording to its report, over HTTP, with a real worker process."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.media_files import builders
from tests.service.running import RunningService


@pytest.fixture(scope="module")
def answer(running_service: RunningService, speech: Path) -> dict[str, Any]:
    """An answer whose report is ready."""
    made = running_service.upload(speech, title="Why medicine", question="Why?", file_name="Ärztin.wav")
    return running_service.wait_for(made["id"], "ready", "failed")


@pytest.fixture
def fetch(running_service: RunningService, answer: dict[str, Any]) -> Callable[..., httpx.Response]:
    def get(part: str, **headers: str) -> httpx.Response:
        return running_service.client.get(f"/api/answers/{answer['id']}/{part}", headers=headers)

    return get


def test_a_finished_answer_offers_everything(answer: dict[str, Any]) -> None:
    assert answer["work"] == {"state": "ready", "stage": None, "progress": None, "error": None}
    assert answer["available"] == ["media", "peaks", "transcript", "report"]
    assert answer["duration"] == pytest.approx(12, abs=0.1)
    assert set(answer["summary"]["measures"]) == {
        "answer_length",
        "speaking_rate",
        "long_pause_rate",
        "filled_pause_count",
        "filler_rate",
        "pause_count",
    }
    assert answer["summary"]["headline"]


def test_the_report_is_what_the_analysis_made(
    fetch: Callable[..., httpx.Response], answer: dict[str, Any]
) -> None:
    report = fetch("report").json()
    assert report["model"]["name"] == "fake"
    assert report["headline"] == answer["summary"]["headline"]
    assert report["measures"]["answer_length"] == answer["summary"]["measures"]["answer_length"]


def test_every_measure_of_a_report_is_explained(
    running_service: RunningService, fetch: Callable[..., httpx.Response]
) -> None:
    definitions = running_service.client.get("/api/measures").json()
    assert {definition["name"] for definition in definitions} == set(fetch("report").json()["measures"])


def test_measures_come_with_their_published_error(running_service: RunningService) -> None:
    measures = {m["name"]: m for m in running_service.client.get("/api/measures").json()}
    published = measures["filled_pause_count"]["published"]
    assert published["model"] == "base"
    recordings = {error["recordings"] for error in published["errors"]}
    assert recordings >= {"Clear recordings", "With noise or echo"}
    assert all(error["n"] > 0 and error["text"].endswith(".") for error in published["errors"])
    assert measures["pitch_spread"]["published"] is None


def test_the_transcript_comes_in_three_forms(fetch: Callable[..., httpx.Response]) -> None:
    words = [word["text"] for word in fetch("transcript").json()["words"]]
    text = fetch("transcript?format=text")
    subtitles = fetch("transcript?format=srt")
    assert text.headers["content-type"].startswith("text/plain")
    assert text.text.split() == words
    assert subtitles.headers["content-type"].startswith("application/x-subrip")
    assert subtitles.text.startswith("1\n00:00:0")
    assert fetch("transcript?format=pdf").status_code == 422


def test_media_can_be_fetched_in_parts(fetch: Callable[..., httpx.Response]) -> None:
    whole = fetch("media")
    size = len(whole.content)
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-disposition"] == "inline"
    assert whole.headers["content-type"].startswith(("audio/", "video/"))
    for asked, part, said in [
        ("bytes=0-", whole.content, f"bytes 0-{size - 1}/{size}"),
        ("bytes=0-1", whole.content[:2], f"bytes 0-1/{size}"),
        ("bytes=100-199", whole.content[100:200], f"bytes 100-199/{size}"),
        ("bytes=-10", whole.content[-10:], f"bytes {size - 10}-{size - 1}/{size}"),
    ]:
        response = fetch("media", range=asked)
        assert (response.status_code, response.headers["content-range"]) == (206, said)
        assert response.content == part
    beyond = fetch("media", range=f"bytes={size}-")
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")


def test_the_original_is_downloaded_as_it_came(fetch: Callable[..., httpx.Response], speech: Path) -> None:
    response = fetch("original")
    assert response.content == speech.read_bytes()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].endswith("filename*=UTF-8''%C3%84rztin.wav")


def test_peaks_cover_the_whole_recording(fetch: Callable[..., httpx.Response]) -> None:
    drawn = fetch("peaks").json()
    assert len(drawn["peaks"]) == pytest.approx(drawn["duration"] * drawn["rate"], abs=2)
    assert 0 <= min(drawn["peaks"]) < max(drawn["peaks"]) <= 1


def test_a_marked_span_is_measured_again(running_service: RunningService, speech: Path) -> None:
    made = running_service.upload(speech)
    running_service.wait_for(made["id"], "ready")
    address = f"/api/answers/{made['id']}"
    before = running_service.client.get(f"{address}/report").json()
    changed = running_service.client.patch(address, json={"span": {"start": 2.0, "end": 8.0}}).json()
    assert changed["span"] == {"start": 2.0, "end": 8.0}
    assert "report" in changed["available"]
    running_service.wait_for(made["id"], "ready")
    marked = running_service.client.get(f"{address}/report").json()["spoken_span"]
    assert (marked["start"], marked["end"], marked["source"]) == (2.0, 8.0, "person")
    running_service.client.patch(address, json={"span": None})
    running_service.wait_for(made["id"], "ready")
    assert running_service.client.get(f"{address}/report").json()["spoken_span"] == before["spoken_span"]
    beyond = running_service.client.patch(address, json={"span": {"start": 100, "end": 108}})
    assert (beyond.status_code, beyond.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("letter.wav", b"This is a letter and no sound.\n" * 50, "unreadable_media"),
        ("picture.wav", b"\x89PNG\r\n\x1a\n" + bytes(500), "unreadable_media"),
        ("list.m4a", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "unreadable_media"),
        ("noise.mp3", bytes(range(256)) * 40, "unreadable_media"),
    ],
)
def test_an_unusable_file_is_reported_kept_and_can_be_deleted(
    running_service: RunningService, name: str, content: bytes, code: str
) -> None:
    made = running_service.upload(content, file_name=name)
    failed = running_service.wait_for(made["id"], "failed", "ready")
    assert failed["work"]["state"] == "failed"
    assert (failed["work"]["error"]["code"], failed["work"]["stage"]) == (code, "decode")
    assert failed["work"]["error"]["text"].endswith(".")
    address = f"/api/answers/{made['id']}"
    assert running_service.client.get(f"{address}/original").content == content
    again = running_service.client.post(f"{address}/retry")
    assert (again.status_code, again.json()["work"]["state"]) == (202, "waiting")
    running_service.wait_for(made["id"], "failed")
    assert running_service.client.delete(address).status_code == 204
    assert running_service.client.get(address).status_code == 404


@pytest.mark.long
def test_a_recording_that_is_too_long_is_refused(
    start_service: Callable[..., RunningService], tmp_path: Path
) -> None:
    service = start_service(maximum_duration=5)
    path = tmp_path / "long.wav"
    builders.write_sound(path, builders.tone_bursts(8.0), rate=48_000, container="wav", codec="pcm_s16le")
    failed = service.wait_for(service.upload(path)["id"], "failed", "ready")
    assert failed["work"]["error"]["code"] == "too_long"


def test_without_speech_the_report_has_no_values(running_service: RunningService, tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    builders.write_sound(path, builders.tone_bursts(6.0), rate=48_000, container="wav", codec="pcm_s16le")
    made = running_service.upload(path)
    running_service.wait_for(made["id"], "ready")
    report = running_service.client.get(f"/api/answers/{made['id']}/report").json()
    assert report["transcript"]["words"] == []
    assert report["measures"]["speaking_rate"]["reason"] == "no_speech"


def test_deleting_leaves_nothing_on_the_disk(
    start_service: Callable[..., RunningService], speech: Path
) -> None:
    service = start_service()
    words = "would like to become"
    kept = service.upload(speech, title="Kept for later")
    made = service.upload(speech, title="Quokka", question="Bilby?", session="Numbat")
    for handed_in in (kept, made):
        service.wait_for(handed_in["id"], "ready")
    for needle in ("Quokka", "Bilby", "Numbat", made["id"]):
        assert service.left_on_disk(needle), needle
    assert service.client.delete(f"/api/answers/{made['id']}").status_code == 204
    for needle in ("Quokka", "Bilby", "Numbat"):
        assert service.left_on_disk(needle) == []
    assert [path for path in service.data_folder.rglob("*") if made["id"] in path.name] == []
    assert service.answer(kept["id"])["title"] == "Kept for later"

    assert service.client.delete("/api/everything").status_code == 204
    assert service.left_on_disk("Kept for later") == service.left_on_disk('"text":"doctor."') == []
    assert service.left_on_disk(words) == []
    left = [path for path in service.data_folder.rglob("*") if path.is_file()]
    assert all(path.name.startswith("greenroom.sqlite3") for path in left), left


def test_deleting_a_session_deletes_its_answers(running_service: RunningService, speech: Path) -> None:
    made = [running_service.upload(speech, session="To be deleted")["id"] for _ in range(2)]
    session = running_service.answer(made[0])["session"]["id"]
    assert running_service.client.delete(f"/api/sessions/{session}").status_code == 204
    for answer in made:
        assert running_service.client.get(f"/api/answers/{answer}").status_code == 404
    assert running_service.client.delete(f"/api/sessions/{session}").status_code == 404


def test_the_export_holds_everything(
    running_service: RunningService, answer: dict[str, Any], speech: Path
) -> None:
    response = running_service.client.get("/api/export")
    assert response.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        listed = json.loads(archive.read("answers.json"))
        [mine] = [entry for entry in listed if entry["id"] == answer["id"]]
        assert mine["title"] == "Why medicine"
        assert archive.read(f"{mine['folder']}/original.wav") == speech.read_bytes()
        assert json.loads(archive.read(f"{mine['folder']}/report.json"))["headline"]
        assert b"doctor." in archive.read(f"{mine['folder']}/transcript.txt")
        assert b"-->" in archive.read(f"{mine['folder']}/transcript.srt")


def test_recordings_are_readable_by_their_owner_only(
    running_service: RunningService, answer: dict[str, Any]
) -> None:
    folder = running_service.data_folder
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {}
    for parent, folders, files in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *files)):
            # A worker may be working on an answer of another test: its temporary files come and go.
            with suppress(FileNotFoundError):
                modes[path] = path.stat().st_mode
    assert folder / "greenroom.sqlite3" in modes
    assert {path: oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


def test_nothing_of_a_person_is_logged(running_service: RunningService, answer: dict[str, Any]) -> None:
    said = running_service.log.read_text() + "\n".join(running_service.output)
    for private in ("Why medicine", "doctor", "Ärztin", "Traceback"):
        assert private not in said
