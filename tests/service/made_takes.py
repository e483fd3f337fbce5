"""Takes in the database of a test: rows with facts, without recordings and reports."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from analysis import ANALYSIS_VERSION, serialization
from analysis.measures.registry import DEFINITIONS
from analysis.trends.models import Build, TakeFacts
from service import schemas
from service.answers.repository import Answers
from service.db.models import LOCAL_PERSON, Answer, AnswerTag
from service.dependencies import Service
from service.practice.choice import choose

BASE = Build(ANALYSIS_VERSION, "base", "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9")
EARLIER = replace(BASE, analysis_version="0.1")
USUAL = {
    "answer_length": 90.0,
    "spoken_words": 200.0,
    "speaking_rate": 133.3,
    "filled_pause_count": 9.0,
    "discourse_marker_count": 0.0,
    "filler_rate": 6.0,
    "pause_count": 18.0,
    "pause_rate": 12.0,
    "long_pause_count": 3.0,
    "long_pause_rate": 2.0,
}


def facts_of(
    *, build: Build = BASE, language: str = "en", recorded: float = 90.0, **values: float | None
) -> TakeFacts:
    """Facts of a take of a minute and a half; keyword arguments replace the usual values."""
    known: Mapping[str, float | None] = {**USUAL, **values}
    return TakeFacts(build, language, recorded, {name: known.get(name) for name in DEFINITIONS}, {})


def add_take(
    service: Service,
    at: datetime | None = None,
    *,
    facts: TakeFacts | None = None,
    tags: tuple[str, ...] = (),
    first_language: str | None = None,
    maximum: float | str | None = "unknown",
    with_report: bool = True,
    chunks: int = 1,
    columns: Mapping[str, Any] | None = None,
    **fields: Any,
) -> str:
    """Stores one complete answer, by default with a report of the current build, and returns its id.

    Args:
        facts: facts of its report.
        maximum: time limit of the answer in seconds; None for no limit.
        with_report: False for an answer that is still being analysed.
        columns: columns of the row, set at the end.
        fields: fields of `schemas.NewAnswer`.
    """
    timing = None if maximum == "unknown" else schemas.Timing(maximum=maximum)
    new = schemas.NewAnswer(timing=timing, **{"title": "A take", **fields})
    with service.database.writing() as session:
        row: Answer = Answers(session, LOCAL_PERSON).create(new, choose(session, LOCAL_PERSON, new, None))
        row.created_at = at or datetime.now(UTC)
        row.intake, row.chunk_count = "complete", chunks
        row.first_language = first_language
        row.tags = [AnswerTag(answer_id=row.id, tag=tag) for tag in tags]
        if with_report:
            row.work_state, row.report_ready = "ready", True
            row.facts = serialization.to_plain(facts or facts_of())
        for name, value in (columns or {}).items():
            setattr(row, name, value)
        return row.id
