"""Facts of reports that an earlier version of this program saved without them, filled in once."""

from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Select, and_, select, update

from analysis import serialization
from analysis.report import Report
from analysis.trends.facts import take_facts
from service.db.engine import Database
from service.db.models import Answer, StageResult

BATCH = 20
"""Reports read and written at a time: a write takes some milliseconds."""

UNREADABLE: dict[str, Any] = {}
"""Facts of a report whose words this version does not understand: it is not looked at again."""


def fill_facts(database: Database, person: str) -> int:
    """Takes the facts of every report that has none, and returns how many those were."""
    filled = 0
    while True:
        with database.reading() as session:
            reports = session.execute(_without_facts(person).limit(BATCH)).all()
        if not reports:
            return filled
        facts = {answer: _facts(report) for answer, report in reports}
        with database.writing() as session:
            for answer, found in facts.items():
                # A worker that saved another report meanwhile saved its facts too.
                session.execute(
                    update(Answer).where(Answer.id == answer, _has_no_facts()).values(facts=found)
                )
        filled += len(reports)


def _without_facts(person: str) -> Select[str, str]:
    report = and_(StageResult.answer_id == Answer.id, StageResult.stage == "measure")
    return (
        select(Answer.id, StageResult.result)
        .join(StageResult, report)
        .where(Answer.person_id == person, _has_no_facts())
    )


def _has_no_facts() -> ColumnElement[bool]:
    return and_(Answer.report_ready, Answer.facts.is_(None))


def _facts(report: str) -> Any:
    try:
        return serialization.to_plain(take_facts(serialization.from_json(Report, report)))
    except ValidationError:
        return UNREADABLE
