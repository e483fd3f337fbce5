"""A person's takes as trends look at them: what the row and the facts of each say, and which are wanted.

Only the columns that are needed are read, never a report: a thousand takes shall cost some tens of
milliseconds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from pydantic import ValidationError
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from analysis import serialization
from analysis.trends.models import Take, TakeFacts
from service.db.columns import fold
from service.db.models import Answer, AnswerTag, OwnQuestion, PracticeSession
from service.practice.questions import bank
from service.progress.filters import Filters

DEMO_TAG = "made-up"
"""Tag of a made-up history. Samples are left out of everything here, unless this is asked for."""


@dataclass(frozen=True)
class TakeRow:
    """One answer that is whole, with or without a report.

    Attributes:
        kind: id of the kind of its question; None where that is not known.
        session: id.
        tags: as they were typed, by the same without case.
        sample: nobody gave it here.
        facts: None while there is no report.
    """

    answer: str
    title: str
    at: datetime
    number: int | None
    timed: bool | None
    kind: str | None
    first_language: str | None
    session: str | None
    session_name: str | None
    tags: Mapping[str, str]
    sample: bool
    facts: TakeFacts | None


def read_takes(session: Session, person: str) -> list[TakeRow]:
    """Every whole answer of a person, samples too, oldest first."""
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
            Answer.first_language,
            Answer.session_id,
            PracticeSession.name,
            Answer.source,
            # As text: the facts are checked and made in one go.
            cast(Answer.facts, Text),
        )
        .outerjoin(PracticeSession, PracticeSession.id == Answer.session_id)
        .where(Answer.person_id == person, Answer.intake == "complete")
        .order_by(Answer.created_at, Answer.id)
    )
    found = []
    for answer, title, at, number, timing, question, language, of_session, name, source, facts in rows:
        found.append(
            TakeRow(
                answer=answer,
                title=title,
                at=at,
                number=number,
                timed=None if timing is None else timing.get("maximum") is not None,
                kind=kinds.get(question),
                first_language=language,
                session=of_session,
                session_name=name,
                tags=tags.get(answer, {}),
                sample=source == "sample",
                facts=_facts(facts),
            )
        )
    return found


def in_scope(rows: Iterable[TakeRow], tag: str | None) -> list[TakeRow]:
    """The person's own takes; with the tag of a made-up history, that one instead of samples."""
    made_up = tag is not None and fold(tag) == DEMO_TAG
    return [row for row in rows if not row.sample or (made_up and DEMO_TAG in row.tags)]


def chosen(rows: Iterable[TakeRow], filters: Filters, zone: tzinfo | None) -> list[TakeRow]:
    """The takes that are wanted, in the order in which they were given.

    Args:
        rows: from `in_scope`. Of those without a report, what was spoken is not known.
        filters: which.
        zone: in which days begin and end; None for this machine's.
    """
    return [row for row in rows if _is_wanted(row, filters, zone)]


def with_tag(rows: Iterable[TakeRow], tag: str | None) -> list[TakeRow]:
    """The person's own takes, or those of them with a tag; that of a made-up history brings that one."""
    return chosen(in_scope(rows, tag), Filters(tag=tag), None)


def as_takes(rows: Iterable[TakeRow]) -> list[Take]:
    """Those with a report, for `analysis.trends`; a kind goes by its name."""
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
    """Those from the first to the last day, both included."""
    return chosen(rows, Filters(since=first, until=last), zone)


def _is_wanted(row: TakeRow, filters: Filters, zone: tzinfo | None) -> bool:
    if filters.takes != "all" and (row.number is None or row.number == 1) != (filters.takes == "first"):
        return False
    if filters.timing != "all" and row.timed is not (filters.timing == "timed"):
        return False
    wanted = (
        (filters.kind, row.kind),
        (filters.first_language, row.first_language),
        (filters.session, row.session),
        (filters.spoken, row.facts.language if row.facts else filters.spoken),
    )
    if any(wish is not None and wish != there for wish, there in wanted):
        return False
    if filters.tag is not None and fold(filters.tag) not in row.tags:
        return False
    if filters.since is None and filters.until is None:
        return True
    day = row.at.astimezone(zone).date()
    return (filters.since or day) <= day <= (filters.until or day)


def _facts(written: str | None) -> TakeFacts | None:
    if written is None:
        return None
    try:
        return serialization.from_json(TakeFacts, written)
    except ValidationError:
        # Of a report that no version of this program can read any more.
        return None


def _kinds(session: Session, person: str) -> dict[str | None, str | None]:
    """Kinds of questions by their ids."""
    kinds: dict[str | None, str | None] = {question.id: question.kind for question in bank().questions}
    own = select(OwnQuestion.id, OwnQuestion.kind).where(OwnQuestion.person_id == person)
    for question, kind in session.execute(own):
        kinds[question] = kind
    return kinds


def _tags(session: Session, person: str) -> dict[str, dict[str, str]]:
    """Tags as they were typed by the same without case, by answer."""
    rows = session.execute(
        select(AnswerTag.answer_id, AnswerTag.folded, AnswerTag.tag)
        .join(Answer, Answer.id == AnswerTag.answer_id)
        .where(Answer.person_id == person)
        .order_by(AnswerTag.folded)
    )
    found: dict[str, dict[str, str]] = {}
    for answer, folded, tag in rows:
        found.setdefault(answer, {})[folded] = tag
    return found
