"""The table of takes for a spreadsheet."""

import csv
import io
from datetime import UTC, datetime

from fastapi.testclient import TestClient

from analysis.measures.registry import DEFINITIONS
from service.dependencies import Service
from tests.service.made_takes import add_take, facts_of

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def table(client: TestClient, **filters: str) -> list[dict[str, str]]:
    response = client.get("/api/progress.csv", params=filters).raise_for_status()
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="progress.csv"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_each_take_is_a_row_with_every_measure(client: TestClient, service: Service) -> None:
    answer = add_take(
        service,
        NOON,
        title="Take one",
        question_id="why-medicine",
        maximum=120.0,
        first_language="Hindi",
        session="Mock",
        tags=("calm", "Monday"),
        facts=facts_of(pause_rate=None, pitch_spread=2.5),
    )
    add_take(service, NOON, with_report=False, title="Waiting")
    (line,) = table(client, zone="Europe/Berlin")
    assert line["answer"] == answer
    assert line["at"] == "2026-11-10T13:00:00+01:00"
    assert (line["title"], line["take"], line["timed"], line["kind"]) == (
        "Take one",
        "1",
        "timed",
        "Why medicine",
    )
    assert (line["first_language"], line["spoken"], line["session"]) == ("Hindi", "en", "Mock")
    assert line["tags"] == "calm, Monday"
    assert (line["model"], line["recorded (s)"]) == ("base", "90.0")
    for definition in DEFINITIONS.values():
        assert f"{definition.name} ({definition.unit})" in line
    assert (line["pitch_spread (semitones)"], line["pause_rate (per min)"]) == ("2.5", "")


def test_the_filters_apply_to_the_table(client: TestClient, service: Service) -> None:
    add_take(service, NOON, title="Mine")
    add_take(service, NOON, title="Made up", source="sample", tags=("made-up",))
    assert [line["title"] for line in table(client)] == ["Mine"]
    assert [line["title"] for line in table(client, tag="made-up")] == ["Made up"]
    assert table(client, kind="ethics") == []


def test_no_cell_is_a_formula(client: TestClient, service: Service) -> None:
    formula = '=HYPERLINK("http://example.org")'
    add_take(service, NOON, title=formula, session="+1+1", tags=("@SUM(A1)",), first_language="-2+3")
    (line,) = table(client)
    for cell in ("title", "session", "tags", "first_language"):
        assert line[cell].startswith("'"), line[cell]
