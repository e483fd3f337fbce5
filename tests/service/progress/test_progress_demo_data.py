"""Demo data: complete, labelled as made up, and kept apart from real takes."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analysis import ANALYSIS_VERSION, serialization
from analysis.measures.registry import DEFINITIONS
from analysis.report import Report
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.problems import WrongState
from service.progress.demo_data import (
    EARLIER_VERSION,
    FIRST_LANGUAGES,
    TAG,
    add_demo_takes,
    remove_demo_takes,
)
from service.settings import Settings
from tests.service.in_process import client_of, run_command
from tests.service.made_takes import add_take

LAST_DAY = date(2026, 11, 22)
TAKES = 30


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with demo data that no test changes."""
    folder = tmp_path_factory.mktemp("made-up") / "data"
    service = Service.open(Settings(data_folder=folder, free_space_floor=0))
    add_demo_takes(service.database, LOCAL_PERSON, takes=TAKES, seed=7, until=LAST_DAY)
    yield service
    service.database.close()


@pytest.fixture(scope="module")
def page(history: Service) -> TestClient:
    return client_of(history)


def answers_of(client: TestClient) -> list[dict[str, Any]]:
    """All answers, oldest first."""
    items: list[dict[str, Any]] = client.get("/api/answers", params={"limit": 200}).json()["items"]
    return items[::-1]


def test_every_demo_take_is_labelled_as_made_up(page: TestClient) -> None:
    answers = answers_of(page)
    assert [answer["title"] for answer in answers] == [f"Made-up take {n}" for n in range(1, TAKES + 1)]
    for answer in answers:
        assert (answer["source"], answer["tags"]) == ("sample", [TAG])
        assert answer["available"] == ["transcript", "report"]
        assert (answer["work"]["state"], answer["intake"], answer["outdated"]) == ("ready", "complete", False)
        assert answer["question"] and answer["format"] and answer["take"] >= 1
    said = page.get(f"/api/answers/{answers[0]['id']}/transcript", params={"format": "text"}).text
    assert "made up by a program" in said


def test_demo_reports_are_complete_and_consistent(page: TestClient) -> None:
    for answer in answers_of(page)[::7]:
        written = page.get(f"/api/answers/{answer['id']}/report").raise_for_status().text
        report = serialization.from_json(Report, written)
        assert list(report.measures) == list(DEFINITIONS)
        assert report.headline and report.spoken_span and report.pace and report.transcript.sentences
        assert report.measures["pause_count"].value == len(report.pauses)
        filled = [filler for filler in report.fillers if filler.kind == "filled_pause"]
        assert report.measures["filled_pause_count"].value == len(filled)
        assert (
            answer["summary"]["measures"]["answer_length"]["value"] == report.measures["answer_length"].value
        )
        assert report.spoken_span.end < answer["duration"]
        words = report.transcript.words
        assert all(word.start <= word.end for word in words)
        assert all(first.end <= second.start + 1e-9 for first, second in pairwise(words))


def test_demo_data_covers_all_filters_and_two_builds(page: TestClient) -> None:
    found = page.get("/api/progress", params={"tag": TAG}).json()
    assert found["report"]["takes"] == TAKES
    assert len(found["report"]["breaks"]) == 1
    builds = [point["current"] for point in found["report"]["trends"][0]["points"]]
    assert builds == [False] * (TAKES // 3) + [True] * (TAKES - TAKES // 3)
    assert [choice["name"] for choice in found["choices"]["first_languages"]] == sorted(FIRST_LANGUAGES)
    assert len(found["choices"]["kinds"]) > 1
    for filters in ({"takes": "first"}, {"takes": "retakes"}, {"timing": "timed"}, {"timing": "untimed"}):
        taken = page.get("/api/progress", params={"tag": TAG, **filters}).json()["report"]["takes"]
        assert 0 < taken < TAKES
    versions = {
        page.get(f"/api/answers/{answer['id']}/report").json()["analysis_version"]
        for answer in answers_of(page)
    }
    assert versions == {EARLIER_VERSION, ANALYSIS_VERSION}


def test_no_take_is_later_than_the_last_day(page: TestClient) -> None:
    days = [answer["created_at"][:10] for answer in answers_of(page)]
    assert days[-1] == LAST_DAY.isoformat()
    assert days == sorted(days)
    assert len(set(days)) > 5


def test_a_demo_take_can_be_corrected_like_any_other(service: Service, client: TestClient) -> None:
    add_demo_takes(service.database, LOCAL_PERSON, takes=1, seed=7, until=LAST_DAY)
    (answer,) = answers_of(client)
    report = client.get(f"/api/answers/{answer['id']}/report").json()
    filler = next(filler for filler in report["fillers"] if filler["state"] == "filler")
    item = {"kind": "not_filler", "start": filler["start"], "end": filler["end"], "text": ""}
    corrected = client.put(f"/api/answers/{answer['id']}/corrections", json={"items": [item]})
    assert corrected.status_code == 200
    count = report["measures"]["filled_pause_count"]["value"]
    assert corrected.json()["measures"]["filled_pause_count"]["value"] == count - 1


def test_the_same_seed_and_day_give_the_same_demo_takes(tmp_path: Path) -> None:
    def made(name: str, seed: int) -> list[tuple[str, str, str, dict[str, Any]]]:
        opened = Service.open(Settings(data_folder=tmp_path / name, free_space_floor=0))
        add_demo_takes(opened.database, LOCAL_PERSON, takes=4, seed=seed, until=LAST_DAY)
        client = client_of(opened)
        found = [
            (
                answer["created_at"],
                answer["question"],
                answer["first_language"],
                client.get(f"/api/answers/{answer['id']}/report").json(),
            )
            for answer in answers_of(client)
        ]
        opened.database.close()
        return found

    assert made("one", 3) == made("two", 3)
    assert made("three", 3) != made("four", 4)


def test_demo_data_is_added_once_and_removed_without_own_takes(service: Service, client: TestClient) -> None:
    mine = add_take(service, title="Mine", tags=(TAG,))
    add_demo_takes(service.database, LOCAL_PERSON, takes=2, seed=1, until=LAST_DAY)
    with pytest.raises(WrongState):
        add_demo_takes(service.database, LOCAL_PERSON, takes=2, seed=1, until=LAST_DAY)
    assert remove_demo_takes(service.database, LOCAL_PERSON) == 2
    assert [answer["id"] for answer in answers_of(client)] == [mine]


def test_demo_takes_are_exported_like_any_others(page: TestClient) -> None:
    archive = zipfile.ZipFile(io.BytesIO(page.get("/api/export").raise_for_status().content))
    listed = json.loads(archive.read("answers.json"))
    assert len(listed) == TAKES
    assert sum(name.endswith("/report.json") for name in archive.namelist()) == TAKES


def test_the_command_adds_and_removes_demo_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    made = run_command("seed-history", "--takes", "3", "--until", "2026-11-22", folder=folder)
    assert made.returncode == 0, made.stderr
    assert "3 made-up takes" in made.stdout
    assert "nobody's data" in made.stdout
    again = run_command("seed-history", folder=folder)
    assert again.returncode == 2
    assert "--remove" in again.stderr
    removed = run_command("seed-history", "--remove", folder=folder)
    assert "3 made-up takes removed" in removed.stdout


def test_the_help_says_that_demo_data_is_nobodys(tmp_path: Path) -> None:
    shown = run_command("seed-history", "--help", folder=tmp_path, COLUMNS="200")
    assert "nobody's data" in shown.stdout
