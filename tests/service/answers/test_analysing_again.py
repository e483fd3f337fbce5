"""Analysing answers of another build again: every stage runs, and the old report stays until then."""

import json
import sqlite3
from pathlib import Path

from tests.service.running import PATIENCE, RunningService, eventually


def _pretend_another_build(service: RunningService, answer: str, *, version: str | None = None) -> None:
    """Makes an answer look as if another model had transcribed it, optionally in an earlier version."""
    with sqlite3.connect(service.data_folder / "greenroom.sqlite3", timeout=PATIENCE) as database:
        rows = database.execute("SELECT stage, result FROM stage_results WHERE answer_id = ?", (answer,))
        for stage, result in rows.fetchall():
            database.execute(
                "UPDATE stage_results SET result = ?, analysis_version = coalesce(?, analysis_version) "
                "WHERE answer_id = ? AND stage = ?",
                (result.replace('"name":"fake"', '"name":"earlier"'), version, answer, stage),
            )
        (facts,) = database.execute("SELECT facts FROM answers WHERE id = ?", (answer,)).fetchone()
        changed = json.loads(facts)
        changed["build"]["analysis_version"] = "0.1"
        database.execute("UPDATE answers SET facts = ? WHERE id = ?", (json.dumps(changed), answer))


def _model(service: RunningService, answer: str) -> str:
    return str(service.client.get(f"/api/answers/{answer}/report").json()["model"]["name"])


def test_outdated_answers_are_analysed_again_on_request(
    running_service: RunningService, speech: Path
) -> None:
    made = running_service.upload(speech, title="From an earlier build")["id"]
    running_service.wait_for(made, "ready")
    for version in ("0.1", None):
        _pretend_another_build(running_service, made, version=version)
        assert running_service.answer(made)["outdated"]
        assert _model(running_service, made) == "earlier"
        asked = running_service.client.post("/api/reanalysis")
        assert asked.status_code == 202
        eventually(lambda: not running_service.answer(made)["outdated"])
        assert running_service.wait_for(made, "ready")["available"] == [
            "media",
            "peaks",
            "transcript",
            "report",
        ]
        assert _model(running_service, made) == "fake"

    def none_outdated() -> bool:
        counts = running_service.client.get("/api/reanalysis").json()
        return bool(counts == {"outdated": 0, "waiting": 0})

    # Other answers of this service may have been outdated, too, and are not awaited above.
    eventually(none_outdated)


def test_moving_the_end_does_not_transcribe_again(running_service: RunningService, speech: Path) -> None:
    made = running_service.upload(speech, title="From another model")["id"]
    running_service.wait_for(made, "ready")
    _pretend_another_build(running_service, made)
    span = {"span": {"start": 2.0, "end": 9.0}}
    running_service.client.patch(f"/api/answers/{made}", json=span).raise_for_status()
    running_service.wait_for(made, "ready")
    assert _model(running_service, made) == "earlier"
