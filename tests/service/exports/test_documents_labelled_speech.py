"""Corrected answers as labelled speech: readable by `greenroom evaluate`, and decoded in another process."""

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from fastapi.testclient import TestClient

from analysis import serialization
from analysis.evaluation.labelled_speech import Clip, read_labels
from analysis.report import Correction, Report, Span, SpokenSpan
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, StageResult
from service.dependencies import Service
from service.exports import clip_decoding
from service.exports.clip_decoding import ClipError, decode_clip
from tests.analysis.cli.example_reports import silent_report, usual_report
from tests.service.in_process import run_command
from tests.service.running import PATIENCE, RunningService

CORRECTIONS = (Correction("filler", 2.25, 2.45, "um"),)
LIMITS: dict[str, Any] = {"maximum_duration": 60.0, "seconds": PATIENCE, "memory": 2 * 1024**3}


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A WAV file of a tone that gets louder for 1 s."""
    time = np.arange(16_000) / 16_000
    written = io.BytesIO()
    soundfile.write(written, 0.5 * time * np.sin(2 * np.pi * 220 * time), 16_000, format="WAV")
    return written.getvalue()


@pytest.fixture
def recording(sound: bytes, tmp_path: Path) -> Path:
    """The same sound in a file."""
    path = tmp_path / "recording"
    path.write_bytes(sound)
    return path


def corrected(
    client: TestClient, service: Service, content: bytes, report: Report | None = None, **columns: Any
) -> str:
    """Creates an answer with corrections, as the worker saves it."""
    files = {"file": ("a.wav", content)}
    answer = str(client.post("/api/uploads", files=files, data={"title": "Wombat"}).json()["id"])
    report = replace(report or usual_report(), corrections=CORRECTIONS)
    with service.database.writing() as session:
        row = Answers(session, LOCAL_PERSON).get(answer)
        row.report_ready, row.work_state, row.duration = True, "ready", report.recording.duration
        row.corrections = [serialization.to_plain(correction) for correction in CORRECTIONS]
        for name, value in columns.items():
            setattr(row, name, value)
        written = serialization.to_json(report)
        session.add(StageResult(answer_id=answer, stage="measure", analysis_version="1", result=written))
        chunks = Answers(session, LOCAL_PERSON).stored_chunks(answer)
    with service.storage.workspace(answer, 1) as workspace:
        service.storage.assemble(answer, chunks, workspace)
    return answer


def unpacked(content: bytes, folder: Path) -> tuple[tuple[Clip, ...], str]:
    """Unpacks a zip file, and returns its clips and its description."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return read_labels(folder), (folder / "about.txt").read_text(encoding="utf-8")


def nothing_left(service: Service) -> bool:
    return not any((service.settings.data_folder / "work").iterdir())


def test_the_zip_is_labelled_speech_and_leaves_no_folder(
    client: TestClient, service: Service, sound: bytes, tmp_path: Path
) -> None:
    answer = corrected(client, service, sound, first_language="Twi")
    response = client.get("/api/labelled-speech").raise_for_status()
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["content-disposition"].startswith('attachment; filename="greenroom-labelled')
    (clip,), about = unpacked(response.content, tmp_path / "labels")
    assert (clip.id, clip.accent, clip.speaker) == (answer, "Twi L1", "person")
    described = soundfile.info(tmp_path / "labels" / clip.audio)
    assert (described.samplerate, described.channels, described.format) == (16_000, 1, "FLAC")
    assert described.duration == pytest.approx(1.0)
    assert "Not included" not in about
    # The manifest contains nothing that identifies the person or the answer.
    assert "Wombat" not in (tmp_path / "labels" / "manifest.jsonl").read_text(encoding="utf-8")
    assert nothing_left(service)


def test_a_hostile_file_is_left_out_and_named(
    client: TestClient, service: Service, sound: bytes, tmp_path: Path
) -> None:
    corrected(client, service, b"#EXTM3U\nhttp://evil.example/a.ts\n", title="Numbat")
    good = corrected(client, service, sound)
    (clip,), about = unpacked(client.get("/api/labelled-speech").content, tmp_path / "labels")
    assert clip.id == good
    assert "Numbat: its sound could not be decoded" in about
    assert len(list((tmp_path / "labels" / "clips").iterdir())) == 1
    assert nothing_left(service)


def test_answers_that_cannot_be_labelled_are_named(
    client: TestClient, service: Service, sound: bytes, tmp_path: Path
) -> None:
    corrected(client, service, sound, title="Good")
    corrected(client, service, sound, silent_report(), title="Silent")
    waiting = corrected(client, service, sound, title="Waiting")
    with service.database.writing() as session:
        session.get_one(StageResult, (waiting, "measure")).result = serialization.to_json(usual_report())
    clips, about = unpacked(client.get("/api/labelled-speech").content, tmp_path / "labels")
    assert len(clips) == 1
    assert "Silent: nobody speaks in it" in about and "Waiting: it is being measured again" in about


def test_without_corrections_the_error_says_what_to_do(
    client: TestClient, service: Service, sound: bytes
) -> None:
    corrected(client, service, sound, corrections=None)
    refused = client.get("/api/labelled-speech")
    assert (refused.status_code, refused.json()["code"]) == (404, "nothing_corrected")
    assert "Correct a word or a filler" in refused.json()["detail"]


def test_a_full_disk_is_reported_before_anything_is_written(
    client: TestClient, service: Service, sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected(client, service, sound)
    monkeypatch.setattr(service.storage._workspaces, "_floor", 2**62)  # type: ignore[attr-defined]
    refused = client.get("/api/labelled-speech")
    assert (refused.status_code, refused.json()["code"]) == (507, "disk_full")
    assert nothing_left(service)


def test_a_clip_contains_only_the_marked_span(recording: Path, tmp_path: Path) -> None:
    target = tmp_path / "clip.flac"
    decode_clip(recording, target, span=Span(0.25, 0.75), **LIMITS)
    part, _ = soundfile.read(target)
    whole, _ = soundfile.read(recording)
    assert np.allclose(part, whole[4000:12_000], atol=1e-3)


@pytest.mark.skipif(os.name != "posix", reason="files are passed on over Unix sockets")
def test_the_program_that_decodes_opens_the_file_in_a_confined_process(
    recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_here(*_: object, **__: object) -> None:
        raise AssertionError("this process has opened the file")

    monkeypatch.setattr(av, "open", open_here)
    target = tmp_path / "clip.flac"
    assert clip_decoding.main([str(recording), str(target), "60.0", "", ""]) == 0
    assert soundfile.info(target).duration == pytest.approx(soundfile.info(recording).duration)


def test_a_marked_answer_is_cut_to_its_span(
    client: TestClient, service: Service, sound: bytes, tmp_path: Path
) -> None:
    marked = replace(usual_report(), spoken_span=SpokenSpan(0.25, 0.75, "person"))
    corrected(client, service, sound, marked)
    (clip,), _ = unpacked(client.get("/api/labelled-speech").content, tmp_path / "labels")
    assert (clip.duration, clip.speech_start, clip.speech_end) == (0.5, 0.0, 0.5)
    assert soundfile.info(tmp_path / "labels" / clip.audio).duration == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ({"seconds": 0.0}, "took too long"),
        ({"memory": 1}, "too much memory"),
        ({"maximum_duration": 0.1}, "could not"),
    ],
)
def test_decoding_is_stopped_at_its_limits(
    recording: Path, tmp_path: Path, limit: dict[str, float], why: str
) -> None:
    target = tmp_path / "clip.flac"
    # A pipe without a reader: without a limit, writing to it would never end.
    os.mkfifo(target)
    with pytest.raises(ClipError, match=why):
        decode_clip(recording, target, span=None, **{**LIMITS, **limit})
    assert not target.exists()


@pytest.mark.long
def test_corrections_become_labels(running_service: RunningService, speech: Path, tmp_path: Path) -> None:
    service = running_service
    answer = service.wait_for(service.upload(speech, title="Wombat")["id"], "ready")["id"]
    report = service.client.get(f"/api/answers/{answer}/report").json()
    first, *_, last = report["transcript"]["words"]
    items = [
        {"kind": "words", "start": last["start"], "end": last["end"], "text": "nurse"},
        {"kind": "filler", "start": first["end"] + 0.01, "end": first["end"] + 0.02, "text": "uh"},
    ]
    put = service.client.put(f"/api/answers/{answer}/corrections", json={"items": items})
    assert put.status_code == 200, put.text

    # Other tests may have corrected answers of this service.
    clips, _ = unpacked(service.client.get("/api/labelled-speech").content, tmp_path / "zip")
    [clip] = [clip for clip in clips if clip.id == answer]
    assert clip.text is not None and clip.text.endswith("nurse") and " uh " in clip.text
    assert clip.fillers is not None
    assert [filler.text for filler in clip.fillers if filler.start == items[1]["start"]] == ["uh"]

    folder = tmp_path / "labels"
    written = run_command("labels", str(folder), folder=service.data_folder)
    number = "1 clip" if len(clips) == 1 else f"{len(clips)} clips"
    assert (written.returncode, written.stdout.strip()) == (0, f"{number} written to {folder}")
    assert read_labels(folder) == clips
    again = run_command("labels", str(folder), folder=service.data_folder)
    assert again.returncode == 2 and "is not empty" in again.stderr
    nothing = run_command("labels", str(tmp_path / "none"), folder=tmp_path / "empty")
    assert nothing.returncode == 2 and "No answer has been corrected yet" in nothing.stderr
    assert not (tmp_path / "none").exists()
