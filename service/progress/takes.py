"""Reads a person's takes for progress, and filters them.

Only the necessary columns are read, never a report, so that a thousand takes cost some tens of milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Text, and_, cast, func, not_, or_, select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.feedback.hidden_figures import measures_of
from analysis.trends.facts import without_measures
from analysis.trends.models import Take, TakeFacts
from service.advising.assignment_rules import awaits_reflection, hidden_by
from service.db.columns import fold
from service.db.models import Answer, AnswerTag, OwnQuestion, PracticeSession
from service.practice.questions import bank
from service.progress.filters import Filters

DEMO_TAG = "made-up"
"""Tag of the demo data. All samples are left out, except demo takes when this tag is the filter."""


NO_TAKES = ("repeat", "apology", "closing")
"""Parts of an interview, or drills, that are no answer to a question: a second telling, an apology for a
connection that dropped, and the person's own questions. They are short by intention, so that they would pull
every figure."""


@dataclass(frozen=True)
class TakeRow:
    """One complete answer, with or without a report.

    Attributes:
        question: id of its question, else its wording; None for an answer without a question.
        kind: id of the kind of its question; None if it is unknown.
        follow_up: whether it answers a follow-up, which is no question of its own.
        session: id of its session.
        tags: tags as they were typed, keyed by their case-folded form.
        failed_upload: whether it is a file that could not be analysed, so that it is no practice.
        sample: whether it is a sample or a demo take, which the person did not record.
        facts: without what the answer's assignment hides; None while there is no report, or while the person
            has to say first how it went.
    """

    answer: str
    title: str
    at: datetime
    number: int | None
    timed: bool | None
    question: str | None
    kind: str | None
    follow_up: bool
    first_language: str | None
    session: str | None
    session_name: str | None
    tags: Mapping[str, str]
    failed_upload: bool
    sample: bool
    facts: TakeFacts | None


def read_takes(session: Session, person: str) -> list[TakeRow]:
    """Every complete answer of a person but those of `NO_TAKES`, samples included, oldest first."""
    kinds = _kinds(session, person)
    tags = _tags(session, person)
    rows = session.execute(
        select(
            Answer.id,
            Answer.title,
            Answer.created_at,
            Answer.take,
            Answer.timing,
            Answer.question_id,
            Answer.question,
            Answer.first_language,
            Answer.session_id,
            PracticeSession.name,
            Answer.source,
            Answer.work_state,
            Answer.part,
            Answer.assignment_rules,
            Answer.reflection,
            # As text, so that the facts are parsed and validated in one step.
            cast(Answer.facts, Text),
        )
        .outerjoin(PracticeSession, PracticeSession.id == Answer.session_id)
        .where(
            Answer.person_id == person,
            Answer.intake == "complete",
            or_(Answer.part.is_(None), Answer.part.not_in(NO_TAKES)),
        )
        .order_by(Answer.created_at, Answer.id)
    )
    takes = []
    for row in rows:
        answer, title, at, number, timing, question, wording, language, *rest = row
        of_session, name, source, state, part, rules, reflection, facts = rest
        takes.append(
            TakeRow(
                answer=answer,
                title=title,
                at=at,
                number=number,
                timed=None if timing is None else timing.get("maximum") is not None,
                question=question or wording,
                kind=kinds.get(question),
                follow_up=part == "follow_up",
                first_language=language,
                session=of_session,
                session_name=name,
                tags=tags.get(answer, {}),
                # An answer with a report stays one if it cannot be analysed again.
                failed_upload=source == "upload" and state == "failed" and facts is None,
                sample=source == "sample",
                facts=None if awaits_reflection(rules, reflection) else _facts(facts, rules),
            )
        )
    return takes


def takes_by_question(session: Session, person: str) -> dict[str, tuple[int, datetime]]:
    """How many takes a person has of each question, by its id, and when the last one was.

    Those of `read_takes` without samples, follow-ups and failed uploads, but without reading their facts.
    """
    failed_upload = and_(Answer.source == "upload", Answer.work_state == "failed", Answer.facts.is_(None))
    rows = session.execute(
        select(Answer.question_id, func.count(), func.max(Answer.created_at))
        .where(
            Answer.person_id == person,
            Answer.question_id.is_not(None),
            Answer.intake == "complete",
            Answer.source != "sample",
            or_(Answer.part.is_(None), Answer.part.not_in((*NO_TAKES, "follow_up"))),
            not_(failed_upload),
        )
        .group_by(Answer.question_id)
    )
    return {str(row[0]): (row[1], row[2]) for row in rows}


def in_scope(rows: Iterable[TakeRow], tag: str | None) -> list[TakeRow]:
    """The person's own takes and, if `tag` is that of the demo data, the demo takes."""
    with_demo = tag is not None and fold(tag) == DEMO_TAG
    return [row for row in rows if not row.sample or (with_demo and DEMO_TAG in row.tags)]


def chosen(rows: Iterable[TakeRow], filters: Filters, zone: tzinfo | None) -> list[TakeRow]:
    """The takes that match the filters, in their original order.

    Args:
        rows: from `in_scope`. Without a report the spoken language is unknown and matches every filter.
        filters: the conditions.
        zone: the time zone in which days begin and end; None for that of this machine.
    """
    return [row for row in rows if _matches(row, filters, zone)]


def with_tag(rows: Iterable[TakeRow], tag: str | None) -> list[TakeRow]:
    """The person's own takes, if given only those with a tag; the tag of the demo data selects demo takes."""
    return chosen(in_scope(rows, tag), Filters(tag=tag), None)


def as_takes(rows: Iterable[TakeRow]) -> list[Take]:
    """The takes with a report, for `analysis.trends`; kinds are given by their names."""
    names = kind_names()
    return [
        Take(
            answer=row.answer,
            title=row.title,
            at=row.at,
            number=row.number,
            timed=row.timed,
            kind=None if row.kind is None else names.get(row.kind, row.kind),
            first_language=row.first_language,
            facts=row.facts,
        )
        for row in rows
        if row.facts is not None
    ]


def kind_names() -> Mapping[str, str]:
    """Names of the kinds of questions by their ids, in the order of the bank."""
    return {kind.id: kind.name for kind in bank().kinds}


def on_days(rows: Sequence[TakeRow], first: date, last: date, zone: tzinfo | None) -> list[TakeRow]:
    """The takes from the first to the last day, both included."""
    return chosen(rows, Filters(since=first, until=last), zone)


def _matches(row: TakeRow, filters: Filters, zone: tzinfo | None) -> bool:
    if filters.takes != "all" and (row.number is None or row.number == 1) != (filters.takes == "first"):
        return False
    if filters.timing != "all" and row.timed is not (filters.timing == "timed"):
        return False
    conditions = (
        (filters.kind, row.kind),
        (filters.first_language, row.first_language),
        (filters.session, row.session),
        (filters.spoken, row.facts.language if row.facts else filters.spoken),
    )
    if any(required is not None and required != actual for required, actual in conditions):
        return False
    if filters.tag is not None and fold(filters.tag) not in row.tags:
        return False
    if filters.since is None and filters.until is None:
        return True
    day = row.at.astimezone(zone).date()
    return (filters.since or day) <= day <= (filters.until or day)


def _facts(stored: str | None, rules: Mapping[str, Any] | None) -> TakeFacts | None:
    """What is known of a take, without what its assignment hides."""
    if stored is None:
        return None
    try:
        facts = serialization.from_json(TakeFacts, stored)
    except ValidationError:
        # The facts belong to a report that this version cannot parse.
        return None
    return without_measures(facts, measures_of(hidden_by(rules)))


def _kinds(session: Session, person: str) -> dict[str | None, str | None]:
    """The kind of each question, by the id of the question."""
    kinds: dict[str | None, str | None] = {question.id: question.kind for question in bank().questions}
    own = select(OwnQuestion.id, OwnQuestion.kind).where(OwnQuestion.person_id == person)
    for question, kind in session.execute(own):
        kinds[question] = kind
    return kinds


def _tags(session: Session, person: str) -> dict[str, dict[str, str]]:
    """Tags by answer and case-folded form, as they were typed."""
    rows = session.execute(
        select(AnswerTag.answer_id, AnswerTag.folded, AnswerTag.tag)
        .join(Answer, Answer.id == AnswerTag.answer_id)
        .where(Answer.person_id == person)
        .order_by(AnswerTag.folded)
    )
    tags: dict[str, dict[str, str]] = {}
    for answer, folded, tag in rows:
        tags.setdefault(answer, {})[folded] = tag
    return tags
