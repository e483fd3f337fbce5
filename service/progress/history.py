"""All takes of a person, read for progress.

Earlier versions of this program saved reports without their facts; these are filled in once, before reading.
"""

from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from analysis import serialization
from analysis.report import Report
from analysis.trends.facts import take_facts
from service.answers.preferences import wants_verdicts
from service.db.engine import Database
from service.db.models import Answer, StageResult
from service.progress.takes import TakeRow, read_takes

BATCH = 20
"""Reports per write transaction, which then takes some milliseconds."""

UNREADABLE: dict[str, Any] = {}
"""Facts of a report that this version cannot parse, so that it is not tried again."""


@dataclass(frozen=True)
class TakeHistory:
    """The takes of a person.

    Attributes:
        rows: every complete answer of the person that is a take, samples included, oldest first.
        verdicts: False if the person wants no verdicts on fluency.
    """

    rows: list[TakeRow]
    verdicts: bool


def read_history(database: Database, person: str) -> TakeHistory:
    """Reads all takes of a person, after filling in missing facts."""
    fill_facts(database, person)
    with database.reading() as session:
        verdicts = wants_verdicts(session, person)
        return TakeHistory(read_takes(session, person), verdicts)


def fill_facts(database: Database, person: str) -> int:
    """Derives the facts of every report that has none, and returns the number of those reports."""
    filled = 0
    while True:
        with database.reading() as session:
            reports = session.execute(_without_facts(person).limit(BATCH)).all()
        if not reports:
            return filled
        derived = {answer: _facts(report) for answer, report in reports}
        with database.writing(person) as session:
            for answer, facts in derived.items():
                # A worker that saved a new report in the meantime also saved its facts.
                session.execute(update(Answer).where(Answer.id == answer, has_no_facts()).values(facts=facts))
        filled += len(reports)


def _without_facts(person: str) -> Select[str, str]:
    report = and_(StageResult.answer_id == Answer.id, StageResult.stage == "measure")
    return (
        select(Answer.id, StageResult.result)
        .join(StageResult, report)
        .where(Answer.person_id == person, has_no_facts())
    )


def has_no_facts() -> ColumnElement[bool]:
    """Whether an answer has a report whose facts are still to be derived."""
    # Facts of earlier builds lack the main figures; those of a report that cannot be parsed are empty.
    incomplete = and_(
        Answer.facts["build"].as_string().is_not(None), Answer.facts["figures"].as_string().is_(None)
    )
    return and_(Answer.report_ready, or_(Answer.facts.is_(None), incomplete))


def _facts(report: str) -> Any:
    try:
        return serialization.to_plain(take_facts(serialization.from_json(Report, report)))
    except ValidationError:
        return UNREADABLE
