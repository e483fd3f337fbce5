"""The samples are ready at the first start, without a worker, and can then be changed like any answer."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from analysis import ANALYSIS_VERSION
from analysis.transcription.protocol import Engine
from service.answers.samples import MANIFEST, add_samples
from service.db.models import Job
from service.dependencies import Service
from service.jobs.engine_pool import EnginePool
from service.jobs.stages import AnswerWork
from service.jobs.worker_jobs import WorkerJobs
from service.settings import Settings
from tests.service.in_process import client_of, copy_database
from tests.service.running import RunningService, eventually

ENTRIES: dict[str, dict[str, Any]] = {
    entry["title"]: entry for entry in map(json.loads, MANIFEST.read_text(encoding="utf-8").splitlines())
}


def open_service(folder: Path, migrated_file: Path, **settings: Any) -> Service:
    copy_database(migrated_file, folder / "data")
    return Service.open(Settings(data_folder=folder / "data", free_space_floor=0, **settings))


@pytest.fixture(scope="module")
def with_samples(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with the samples in it. It has no worker."""
    opened = open_service(tmp_path_factory.mktemp("samples"), migrated_file)
    assert add_samples(opened) == len(ENTRIES) == 6
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def samples(with_samples: Service) -> TestClient:
    return client_of(with_samples)


def answer_of(client: TestClient, sample: str) -> dict[str, Any]:
    """The answer that a sample became."""
    (title,) = (title for title, entry in ENTRIES.items() if entry["id"] == sample)
    items = client.get("/api/answers").raise_for_status().json()["items"]
    (answer,) = (item for item in items if item["title"] == title)
    found: dict[str, Any] = answer
    return found


def test_all_are_ready_in_the_order_of_the_manifest(samples: TestClient, with_samples: Service) -> None:
    items = samples.get("/api/answers").raise_for_status().json()["items"]
    assert [item["title"] for item in items] == list(ENTRIES)
    for item in items:
        assert (item["intake"], item["work"]["state"]) == ("complete", "ready")
        assert set(item["available"]) >= {"media", "peaks", "transcript", "report"}
        assert item["summary"]["headline"]
        assert item["duration"] == pytest.approx(ENTRIES[item["title"]]["duration"], abs=0.01)
    with with_samples.database.reading() as session:
        assert session.scalars(select(Job)).all() == []


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=[entry["id"] for entry in ENTRIES.values()])
def test_each_has_the_report_transcript_and_sound_of_its_recording(
    samples: TestClient, entry: dict[str, Any]
) -> None:
    answer = answer_of(samples, entry["id"])
    path = f"/api/answers/{answer['id']}"
    report = samples.get(f"{path}/report").raise_for_status().json()
    assert report["analysis_version"] == ANALYSIS_VERSION
    assert report["headline"] == answer["summary"]["headline"]
    words = report["measures"]["spoken_words"]["value"]
    assert words == pytest.approx(entry["word_count"], rel=0.06)
    transcript = samples.get(f"{path}/transcript?format=text").raise_for_status().text
    assert len(transcript.split()) == pytest.approx(words, rel=0.15)
    peaks = samples.get(f"{path}/peaks").raise_for_status().json()
    assert len(peaks["peaks"]) == pytest.approx(entry["duration"] * peaks["rate"], abs=2)
    media = samples.get(f"{path}/media")
    assert media.headers["content-type"] == "audio/flac"
    assert media.content == (MANIFEST.parent / entry["audio"]).read_bytes()


def test_they_are_found_by_their_words_and_are_not_outdated(samples: TestClient) -> None:
    found = samples.get("/api/search?words=medicine").raise_for_status().json()["items"]
    assert "A good answer" in {item["answer"]["title"] for item in found}
    assert samples.get("/api/reanalysis").raise_for_status().json() == {"outdated": 0, "waiting": 0}


def test_the_export_contains_their_reports(samples: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(samples.get("/api/export").content)) as archive:
        names = archive.namelist()
    for part in ("report.json", "transcript.txt"):
        assert len([name for name in names if name.endswith(f"/{part}")]) == len(ENTRIES)


def test_a_correction_applies_at_once(samples: TestClient) -> None:
    path = f"/api/answers/{answer_of(samples, 'many-fillers')['id']}"
    before = samples.get(f"{path}/report").json()
    found = next(filler for filler in before["fillers"] if filler["state"] == "filler")
    item = {"kind": "not_filler", "start": found["start"], "end": found["end"], "text": ""}
    answered = samples.put(f"{path}/corrections", json={"items": [item]})
    assert answered.status_code == 200
    after = answered.json()
    assert after["measures"]["filler_rate"]["value"] < before["measures"]["filler_rate"]["value"]
    assert samples.get(f"{path}/report?version=machine").json() == before


def test_a_new_span_is_measured_without_the_recogniser(samples: TestClient, with_samples: Service) -> None:
    path = f"/api/answers/{answer_of(samples, 'too-short')['id']}"
    samples.patch(path, json={"span": {"start": 3.0, "end": 20.0}}).raise_for_status()
    jobs = WorkerJobs(with_samples.database, "worker", lease=30.0)
    job = jobs.next()
    assert job is not None

    def unwanted() -> Engine:
        raise AssertionError("the recogniser was loaded")

    AnswerWork(jobs, with_samples.storage, with_samples.settings, EnginePool(unwanted)).run(job)
    answer = samples.get(path).json()
    assert (answer["work"]["state"], answer["work"]["error"]) == ("ready", None)
    assert samples.get(f"{path}/report").json()["spoken_span"]["start"] == 3.0
    assert samples.get(f"{path}/media").headers["content-type"] == "audio/flac"


def test_deleted_ones_do_not_come_back(migrated_file: Path, tmp_path: Path) -> None:
    service = open_service(tmp_path, migrated_file)
    manifest = one_sample(tmp_path)
    add_samples(service, manifest)
    client = client_of(service)
    answer = answer_of(client, "too-short")
    client.delete(f"/api/answers/{answer['id']}").raise_for_status()
    assert list((tmp_path / "data" / "answers").iterdir()) == []
    assert add_samples(service, manifest) == 0
    service.database.close()


def one_sample(folder: Path) -> Path:
    """A folder with the shortest sample only; its manifest."""
    copied = folder / "samples"
    for part in ("audio/too-short.flac", "analysed/too-short.json"):
        (copied / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(MANIFEST.parent / part, copied / part)
    (entry,) = (entry for entry in ENTRIES.values() if entry["id"] == "too-short")
    (copied / "manifest.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    return copied / "manifest.jsonl"


@pytest.mark.parametrize("reason", ["no results", "another form", "another sound", "another recogniser"])
def test_without_results_that_fit_a_sample_is_analysed_like_an_upload(
    migrated_file: Path, tmp_path: Path, reason: str
) -> None:
    manifest, settings = one_sample(tmp_path), {}
    results, audio = manifest.parent / "analysed/too-short.json", manifest.parent / "audio/too-short.flac"
    match reason:
        case "no results":
            results.unlink()
        case "another form":
            results.write_text(results.read_text(encoding="utf-8").replace('"nuclei"', '"syllables"'))
        case "another sound":
            shutil.copy(MANIFEST.parent / "audio/long-pauses.flac", audio)
        case "another recogniser":
            settings["model"] = "tiny.en"
    service = open_service(tmp_path, migrated_file, **settings)
    assert add_samples(service, manifest) == 1
    answer = answer_of(client_of(service), "too-short")
    assert (answer["intake"], answer["work"]["state"]) == ("complete", "waiting")
    assert WorkerJobs(service.database, "worker", lease=30.0).next() is not None
    service.database.close()


def test_results_of_another_version_are_measured_by_this_build(migrated_file: Path, tmp_path: Path) -> None:
    manifest = one_sample(tmp_path)
    results = manifest.parent / "analysed/too-short.json"
    plain = json.loads(results.read_text(encoding="utf-8"))
    results.write_text(json.dumps({**plain, "analysis_version": "0.9.0"}))
    service = open_service(tmp_path, migrated_file)
    add_samples(service, manifest)
    client = client_of(service)
    answer = answer_of(client, "too-short")
    report = client.get(f"/api/answers/{answer['id']}/report").raise_for_status().json()
    assert report["analysis_version"] == ANALYSIS_VERSION
    service.database.close()


@pytest.mark.long
def test_serve_adds_them_once(start_service: Callable[..., RunningService]) -> None:
    settings = {"engine": Settings.model_fields["engine"].default, "workers": 0}
    service = start_service("--samples", **settings)

    def all_ready() -> list[dict[str, Any]]:
        items = service.client.get("/api/answers").json()["items"]
        ready = [item for item in items if item["work"]["state"] == "ready"]
        return items if len(ready) == len(ENTRIES) else []

    items = eventually(all_ready)
    assert {item["session"]["name"] for item in items} == {"Samples"}
    assert {item["source"] for item in items} == {"sample"}
    service.client.delete(f"/api/sessions/{items[0]['session']['id']}").raise_for_status()
    service.stop()
    again = start_service("--samples", **settings)
    # Samples are added right after the address is printed, if at all.
    made = again.client.post("/api/answers", json={}).json()["id"]
    again.client.delete(f"/api/answers/{made}")
    assert again.client.get("/api/answers").json()["total"] == 0
