"""The command `greenroom progress`."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis.trends.models import FAMILY
from service.cli.application import application
from service.db.models import LOCAL_PERSON
from service.dependencies import Service
from service.progress.focus import choose_focus
from service.progress.schemas import NewFocus
from service.progress.times import week_around
from service.settings import Settings
from tests.service.in_process import run_command
from tests.service.made_takes import add_take


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with recent takes."""
    found = tmp_path_factory.mktemp("progress") / "data"
    service = Service.open(Settings(data_folder=found, free_space_floor=0))
    now = datetime.now(UTC)
    for number in range(4):
        add_take(service, now - timedelta(days=40 + number), session="Mock", question_id="why-medicine")
    add_take(service, now, title="Today", maximum=120.0, first_language="Hindi")
    with service.database.writing() as session:
        week = week_around(datetime.now().astimezone().date())
        choose_focus(session, LOCAL_PERSON, week, NewFocus(measure="long_pause_rate"))
    service.database.close()
    yield found


def test_progress_prints_a_sentence_for_each_measure_and_the_week(folder: Path) -> None:
    shown = run_command("progress", folder=folder)
    assert shown.returncode == 0, shown.stderr
    for label in ("Answer length", "Speaking pace", "Long pauses a minute", "Fillers a minute"):
        assert label in shown.stdout
    assert "This week: One take" in shown.stdout
    assert "Focus: Long pauses a minute" in shown.stdout


@pytest.mark.parametrize(
    ("filters", "takes"),
    [
        ((), 5),
        (("--takes", "retakes"), 3),
        (("--timing", "timed"), 1),
        (("--kind", "Why medicine"), 4),
        (("--kind", "why_medicine"), 4),
        (("--language", "Hindi"), 1),
        (("--spoken", "de"), 0),
        (("--session", "Mock"), 4),
        (("--session", "no such"), 0),
        (("--tag", "calm"), 0),
        (("--until", "2020-01-01"), 0),
    ],
)
def test_progress_applies_the_filters(folder: Path, filters: tuple[str, ...], takes: int) -> None:
    printed = CliRunner().invoke(
        application, ["progress", *filters, "--json", "-", "--data-folder", str(folder)]
    )
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert report["takes"] == takes
    assert [trend["name"] for trend in report["trends"]] == list(FAMILY)


def test_the_json_is_written_beside_the_page(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "progress.json"
    shown = run_command("progress", "--json", str(out), folder=folder)
    assert json.loads(out.read_text())["takes"] == 5
    assert "Answer length" in shown.stdout


def test_an_invalid_day_is_reported_plainly(folder: Path) -> None:
    tried = run_command("progress", "--since", "yesterday", folder=folder)
    assert tried.returncode == 2
    assert "Traceback" not in tried.stderr


def test_without_takes_progress_prints_a_sentence(tmp_path: Path) -> None:
    shown = run_command("progress", folder=tmp_path / "data")
    assert shown.returncode == 0, shown.stderr
    assert "No takes" in shown.stdout


def test_with_nothing_but_demo_data_progress_says_how_to_see_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert run_command("seed-history", "--takes", "3", folder=data).returncode == 0
    shown = run_command("progress", folder=data)
    assert "No takes" in shown.stdout
    assert "3 made-up takes. To see it: greenroom progress --tag made-up\n" in shown.stdout
    asked_for = run_command("progress", "--tag", "made-up", folder=data)
    assert "To see it" not in asked_for.stdout


def test_beside_own_takes_progress_says_nothing_of_demo_data(folder: Path) -> None:
    assert "demo data" not in run_command("progress", folder=folder).stdout
