"""A data folder of an earlier build is served as that build served it, and its unfinished work is finished.

`tests/fixtures/make_data_folder.py` made the folder, says what is in it and wrote down what was served of it.
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient

from analysis import ANALYSIS_VERSION
from service.db import backups, migrations
from service.dependencies import Service
from service.settings import Settings
from tests.service.engines import OTHER_WORDS
from tests.service.in_process import client_of
from tests.service.running import PATIENCE, RunningService, eventually, greenroom

FIXTURE = Path(__file__).parents[1] / "fixtures" / "data_folder_d53a962"
EXPECTED: dict[str, Any] = json.loads((FIXTURE / "expected.json").read_text(encoding="utf-8"))
ROLES: dict[str, str] = EXPECTED["roles"]
LISTED: dict[str, dict[str, Any]] = {item["id"]: item for item in EXPECTED["answers"]["items"]}
FINISHED = ("real", "corrected", "film", "take", "marked", "failed")
"""Roles of answers that no worker has anything to do with."""
REVISION = "0003"
"""Of the database."""
LEASE = 8.0
"""Seconds: long enough for the service to start and do other work first."""

VERDICT = ("headline", "observations")
"""Of a report: what is said of its figures is said by the build that serves it."""
FIGURES = ["length", "pace", "pauses", "fillers"]

same_analysis = pytest.mark.skipif(
    EXPECTED["analysis_version"] != ANALYSIS_VERSION,
    reason="another version of the analysis does unfinished work from its start",
)


def database_of(folder: Path) -> Path:
    return folder / "greenroom.sqlite3"


def query(folder: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database_of(folder), timeout=PATIENCE)) as database, database:
        return database.execute(statement, values).fetchall()


def results_of(folder: Path) -> dict[tuple[str, str], str]:
    """What the stages of the analysis saved, as it is written, by answer and stage."""
    rows = query(folder, "SELECT answer_id, stage, result FROM stage_results")
    return {(answer, stage): result for answer, stage, result in rows}


def files_of(folder: Path) -> dict[str, str]:
    """Sums of the files of all answers by their names."""
    paths = [path for path in (folder / "answers").rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in paths}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def assert_kept(now: Any, before: Any, *, ignored: tuple[str, ...] = (), where: str = "") -> None:
    """All that was served before is still served; a newer build may add fields."""
    if isinstance(before, dict):
        assert isinstance(now, dict), where
        for name, value in before.items():
            if name not in ignored:
                assert name in now, f"{where}/{name}"
                assert_kept(now[name], value, ignored=ignored, where=f"{where}/{name}")
    elif isinstance(before, list):
        assert isinstance(now, list) and len(now) == len(before), where
        for number, value in enumerate(before):
            assert_kept(now[number], value, ignored=ignored, where=f"{where}/{number}")
    else:
        assert now == before, where


def without_words_of_notices(report: dict[str, Any]) -> dict[str, Any]:
    """A report without the texts of its notices: a report that is made now has the words of this build."""
    return {**report, "notices": [{**notice, "text": ""} for notice in report["notices"]]}


def changing() -> tuple[str, ...]:
    """Fields that depend on the version of the analysis that serves the answer."""
    return () if EXPECTED["analysis_version"] == ANALYSIS_VERSION else ("outdated",)


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's content: `data`, the folder, and `rest`. Copy it before it is opened."""
    folder = tmp_path_factory.mktemp("d53a962")
    with tarfile.open(FIXTURE / "folder.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder


def opened(folder: Path) -> Service:
    return Service.open(Settings(data_folder=folder, free_space_floor=0))


@pytest.fixture
def folder(unpacked: Path, tmp_path: Path) -> Path:
    """A copy of the data folder."""
    return Path(shutil.copytree(unpacked / "data", tmp_path / "data"))


@pytest.fixture(scope="module")
def served(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The present build on a copy, without a worker. Shared: change nothing."""
    service = opened(Path(shutil.copytree(unpacked / "data", tmp_path_factory.mktemp("served") / "data")))
    yield client_of(service)
    service.database.close()


def get(client: TestClient, address: str) -> Any:
    return client.get(address).raise_for_status()


def test_the_folder_holds_what_it_is_for() -> None:
    def states(*roles: str) -> list[str]:
        return [LISTED[ROLES[role]]["work"]["state"] for role in roles]

    def intakes(*roles: str) -> list[str]:
        return [LISTED[ROLES[role]]["intake"] for role in roles]

    assert states(*FINISHED) == ["ready"] * 5 + ["failed"]
    assert states("half", "claimed", "receiving", "interrupted") == [
        "waiting",
        "working",
        "waiting",
        "waiting",
    ]
    assert intakes("half", "claimed") == ["complete"] * 2
    assert intakes("receiving", "interrupted") == ["receiving", "interrupted"]
    kinds = [item["kind"] for item in EXPECTED["reports"][ROLES["corrected"]]["current"]["corrections"]]
    assert sorted(kinds) == ["filler", "not_filler", "words"]
    assert EXPECTED["reports"][ROLES["real"]]["current"]["model"]["name"] == "base"
    assert LISTED[ROLES["film"]]["media_type"] == "video/webm"


def test_the_database_is_copied_where_it_has_to_be_migrated(folder: Path) -> None:
    before = query(folder, "SELECT * FROM answers")
    opened(folder).database.close()
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    head = ScriptDirectory.from_config(config).get_current_head()
    copies = list((folder / backups.FOLDER).glob("*"))
    if head == REVISION:
        assert copies == []
        return
    [copy] = copies
    assert copy.name == f"greenroom-before-{head}.sqlite3"
    shutil.copyfile(copy, database_of(folder))
    assert query(folder, "SELECT * FROM answers") == before


def test_the_list_of_answers(served: TestClient) -> None:
    now = get(served, "/api/answers?limit=200").json()
    assert_kept(now, EXPECTED["answers"], ignored=changing())
    for item in now["items"]:
        shown = [figure["figure"] for figure in item["figures"]]
        assert shown == (FIGURES if "report" in item["available"] else []), item["title"]
    real = next(item for item in now["items"] if item["id"] == ROLES["real"])
    assert all(figure["value"] for figure in real["figures"]), "that build had no rate of long pauses"


def test_reports(served: TestClient) -> None:
    for answer, versions in EXPECTED["reports"].items():
        for version, report in versions.items():
            now = get(served, f"/api/answers/{answer}/report?version={version}").json()
            assert_kept(now, report, ignored=VERDICT, where=f"{answer}/{version}")
            assert [figure["figure"] for figure in now["figures"]] == FIGURES, "judged as by this build"


def test_transcripts(served: TestClient) -> None:
    for answer, forms in EXPECTED["transcripts"].items():
        for form, text in forms.items():
            now = get(served, f"/api/answers/{answer}/transcript?format={form}").text
            assert now == text, (answer, form)


def test_recordings_and_their_playable_copies(served: TestClient) -> None:
    for answer, sums in EXPECTED["media"].items():
        for part, expected in sums.items():
            assert sha256(get(served, f"/api/answers/{answer}/{part}").content) == expected, (answer, part)
    for answer, expected in EXPECTED["originals"].items():
        assert sha256(get(served, f"/api/answers/{answer}/original").content) == expected, answer
    film = get(served, f"/api/answers/{ROLES['film']}/media")
    assert film.headers["content-type"] == "video/webm"


def test_what_lies_beside_the_answers(served: TestClient) -> None:
    for name, address in {
        "tags": "/api/tags",
        "preferences": "/api/preferences",
        "sessions": "/api/sessions",
        "focus": "/api/focus/2026-W47",
        "progress": "/api/progress",
        "progress_of_demo_takes": "/api/progress?tag=made-up",
    }.items():
        # What is said is said by the build that serves it, and pauses are now the long ones.
        said = ("method", "headline", "sentence", "offers")
        now, before = get(served, address).json(), EXPECTED[name]
        for found in (now, before):
            if "report" in found:
                trends = found["report"]["trends"]
                found["report"]["trends"] = [each for each in trends if "pause" not in each["name"]]
        assert_kept(now, before, ignored=said, where=name)


def test_reports_of_sessions(served: TestClient) -> None:
    for session, report in EXPECTED["session_reports"].items():
        now = get(served, f"/api/sessions/{session}/report").json()
        assert_kept(now, report, ignored=VERDICT, where=session)


def test_own_questions_favourites_and_how_often_each_was_answered(served: TestClient) -> None:
    now = {item["id"]: item for item in get(served, "/api/questions").json()["items"]}
    for question in EXPECTED["questions"]:
        of_this_person = ("id", "own", "favourite", "takes")
        # The words of the questions that come with Greenroom may be improved.
        known = question if question["own"] else {name: question[name] for name in of_this_person}
        assert_kept(now[question["id"]], known, where=question["id"])


def test_what_was_said_is_found(served: TestClient) -> None:
    for words, answers in EXPECTED["found"].items():
        found = get(served, f"/api/search?words={words}").json()["items"]
        assert [item["answer"]["id"] for item in found] == answers


def test_the_export(served: TestClient) -> None:
    with zipfile.ZipFile(io.BytesIO(get(served, "/api/export").content)) as archive:
        assert set(EXPECTED["export"]["names"]) <= set(archive.namelist())
        for name, expected in EXPECTED["export"]["recordings"].items():
            assert sha256(archive.read(name)) == expected, name
        for name, expected in EXPECTED["export"]["lists"].items():
            assert_kept(json.loads(archive.read(name)), expected, ignored=changing(), where=name)


def test_nothing_is_written_when_it_is_opened_and_read(folder: Path) -> None:
    results, files = results_of(folder), files_of(folder)
    service = opened(folder)
    client = client_of(service)
    for answer in EXPECTED["reports"]:
        get(client, f"/api/answers/{answer}/report")
    for address in ("/api/answers", "/api/progress", "/api/search?words=doctor", "/api/export"):
        get(client, address)
    service.database.close()
    assert results_of(folder) == results
    assert files_of(folder) == files


@same_analysis
def test_corrections_are_followed_without_a_worker(folder: Path) -> None:
    """Stored transcripts and acoustics are still understood: a report is made of them at once."""
    service = opened(folder)
    client = client_of(service)
    answer = ROLES["corrected"]
    corrected, machine = (EXPECTED["reports"][answer][version] for version in ("current", "machine"))
    for items, expected in (([], machine), (corrected["corrections"], corrected)):
        put = client.put(f"/api/answers/{answer}/corrections", json={"items": items})
        assert put.status_code == 200
        assert_kept(without_words_of_notices(put.json()), without_words_of_notices(expected), ignored=VERDICT)
    service.database.close()


def test_everything_can_be_deleted(folder: Path) -> None:
    def holding(words: str) -> list[str]:
        files = [path for path in folder.rglob("*") if path.is_file()]
        return [path.name for path in files if words.encode() in path.read_bytes()]

    written = ("quokka", "Slower next time", "Why this town?", "Pause instead.", "Good answer", "Hindi")
    for words in written:
        assert holding(words), words
    deleted = greenroom("delete", "--yes", folder=folder)
    number = EXPECTED["answers"]["total"]
    assert (deleted.returncode, deleted.stdout.strip()) == (0, f"{number} answers deleted. Nothing is left.")
    for words in written:
        assert holding(words) == [], words
    assert [path for path in (folder / "answers").rglob("*") if path.is_file()] == []
    assert not (folder / backups.FOLDER).exists()


class Resumed:
    """A service with a worker on a copy of the folder, whose recogniser writes other words than those saved.

    Attributes:
        lease_until: when the dead worker's lease ends, `LEASE` seconds after the start. Unix time, seconds.
        taken_up: when its answer was first seen to change.
    """

    def __init__(self, folder: Path, rest: Path) -> None:
        self.folder = folder
        self.rest = rest
        self.lease_until = time.time() + LEASE
        statement = "UPDATE answers SET lease_until = ? WHERE id = ?"
        query(folder, statement, self.lease_until, ROLES["claimed"])
        self.service = RunningService(folder, engine="tests.service.engines:other").start()
        left = LISTED[ROLES["claimed"]]["change"]
        eventually(lambda: self.service.answer(ROLES["claimed"])["change"] != left)
        self.taken_up = time.time()

    def wait_for(self, role: str) -> dict[str, Any]:
        """Waits until the work on an answer is over."""
        return self.service.wait_for(ROLES[role], "ready", "failed")

    def wait_until_playable(self, role: str) -> dict[str, Any]:
        """Waits until what there is of a recording can be listened to, and nobody works on it."""
        eventually(lambda: "media" in self.service.answer(ROLES[role])["available"])
        return self.service.wait_for(ROLES[role], "waiting")

    def send(self, role: str) -> int:
        """Sends the chunks that never came; returns how many the recording has."""
        paths = {int(path.name): path for path in (self.rest / ROLES[role]).iterdir()}
        for number, path in paths.items():
            address = f"/api/answers/{ROLES[role]}/chunks/{number}"
            self.service.client.put(address, content=path.read_bytes()).raise_for_status()
        return max(paths) + 1

    def finish(self, role: str, chunks: int | None) -> dict[str, Any]:
        """Says that a recording is whole, and waits for its report."""
        address = f"/api/answers/{ROLES[role]}/finish"
        self.service.client.post(address, json={"chunks": chunks}).raise_for_status()
        return self.wait_for(role)

    def original(self, answer: str) -> bytes:
        """What was uploaded, as it is served now."""
        return get(self.service.client, f"/api/answers/{answer}/original").content  # type: ignore[no-any-return]

    def text(self, role: str) -> str:
        """What was said, as it is served now."""
        return str(get(self.service.client, f"/api/answers/{ROLES[role]}/transcript?format=text").text)


@pytest.fixture(scope="module")
def resumed(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Resumed]:
    """Shared by the tests below: each finishes answers of its own."""
    folder = Path(shutil.copytree(unpacked / "data", tmp_path_factory.mktemp("resumed") / "data"))
    started = Resumed(folder, unpacked / "rest")
    yield started
    started.service.kill()


def test_an_answer_that_was_transcribed_is_only_measured(resumed: Resumed, unpacked: Path) -> None:
    half = resumed.wait_for("half")
    assert half["work"]["state"] == "ready" and "report" in half["available"]
    if EXPECTED["analysis_version"] == ANALYSIS_VERSION:
        assert resumed.text("half") == EXPECTED["transcripts"][ROLES["half"]]["text"]
        saved = (ROLES["half"], "transcribe")
        assert results_of(resumed.folder)[saved] == results_of(unpacked / "data")[saved]


def test_an_answer_of_a_dead_worker_is_taken_up_after_its_lease(resumed: Resumed) -> None:
    assert resumed.taken_up >= resumed.lease_until
    assert resumed.wait_for("claimed")["work"]["state"] == "ready"
    assert resumed.text("claimed").startswith(OTHER_WORDS)


def test_a_recording_that_was_broken_off_goes_on(resumed: Resumed, unpacked: Path) -> None:
    left = resumed.wait_until_playable("receiving")
    assert (left["intake"], left["chunks"]) == ("interrupted", LISTED[ROLES["receiving"]]["chunks"])
    chunks = resumed.send("receiving")
    ready = resumed.finish("receiving", chunks)
    assert (ready["work"]["state"], ready["intake"], ready["chunks"]) == ("ready", "complete", chunks)
    assert ready["duration"] == pytest.approx(48.0, abs=0.1)
    began = sorted((unpacked / "data" / "answers" / ROLES["receiving"] / "chunks").iterdir())
    rest = sorted((unpacked / "rest" / ROLES["receiving"]).iterdir(), key=lambda path: int(path.name))
    sent = b"".join(path.read_bytes() for path in [*began, *rest])
    assert resumed.original(ROLES["receiving"]) == sent
    # The window that was transcribed while it was recorded is not transcribed again.
    text = resumed.text("receiving")
    assert OTHER_WORDS in text
    if EXPECTED["analysis_version"] == ANALYSIS_VERSION:
        assert text.startswith("Um, I would like to become a")


def test_a_recording_that_was_broken_off_can_be_finished_as_it_is(resumed: Resumed, unpacked: Path) -> None:
    ready = resumed.finish("interrupted", None)
    assert ready["work"]["state"] == "ready"
    assert ready["duration"] == pytest.approx(LISTED[ROLES["interrupted"]]["duration"], abs=0.1)
    began = sorted((unpacked / "data" / "answers" / ROLES["interrupted"] / "chunks").iterdir())
    assert resumed.original(ROLES["interrupted"]) == b"".join(path.read_bytes() for path in began)


def test_what_was_finished_stays_as_it_was_beside_a_worker(resumed: Resumed, unpacked: Path) -> None:
    resumed.wait_for("half")
    resumed.wait_for("claimed")
    for role in FINISHED:
        assert_kept(
            resumed.service.answer(ROLES[role]), LISTED[ROLES[role]], ignored=("outdated",), where=role
        )
    assert resumed.service.client.get("/api/answers").json()["total"] == EXPECTED["answers"]["total"]
    results = results_of(resumed.folder)
    for (answer, stage), before in results_of(unpacked / "data").items():
        if answer in EXPECTED["reports"]:
            assert results[answer, stage] == before, (answer, stage)
    files = files_of(resumed.folder)
    for name, before in files_of(unpacked / "data").items():
        if Path(name).parts[1] in {*(ROLES[role] for role in FINISHED), ROLES["half"]}:
            assert files[name] == before, name
    for answer, expected in EXPECTED["originals"].items():
        assert sha256(resumed.original(answer)) == expected, answer
