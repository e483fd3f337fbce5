"""The order in which a person wants programmes, with their impressions beside it.

Residency programmes are entered in the same order with the match. Medical schools have no match: there, the
order is for the person alone, to choose among offers. So there is one list for each.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from service.answers.preferences import ImpressionScale
from service.db.preparation_models import Impression, ScheduledInterview
from service.exports.spreadsheet import as_csv
from service.prepare.impressions import ImpressionOut, impression_out, impressions_of, scales_of
from service.prepare.scheduled_interviews import ScheduledInterviews, begins_at
from service.prepare.times import day_words
from service.problems import InvalidRequest
from service.schemas import ApplyingTo

MOST_RANKED = 300
"""The National Resident Matching Program takes 300 ranks on one list."""


class RankOrder(BaseModel):
    """The order, most wanted first. Those that are left out are not ranked."""

    order: list[str] = Field(max_length=2 * MOST_RANKED, description="Ids of scheduled interviews.")


class RankedProgramme(BaseModel):
    """A programme in the list, or below it."""

    id: str = Field(description="Of the scheduled interview.")
    programme: str
    specialty: str | None
    date_words: str
    visited: bool = Field(description="Whether the interview has begun; without a time: its day.")
    rank: int | None
    impression: ImpressionOut


class RankListOfKind(BaseModel):
    """The list for residency programmes, or for medical schools."""

    applying_to: ApplyingTo
    name: str
    words: list[str] = Field(description="What the list is for, and what it is not.")
    ranked: list[RankedProgramme]
    not_ranked: list[RankedProgramme] = Field(description="By date.")


class RankLists(BaseModel):
    """The lists that have at least one programme; cancelled interviews are left out."""

    lists: list[RankListOfKind]


class RankedTwice(InvalidRequest):
    """A programme stands in the order twice, or is not in any list."""

    code, title = "not_an_order", "This is not an order"


_NAMES: dict[ApplyingTo, str] = {"residency": "Residency programmes", "medical_school": "Medical schools"}
_WORDS: dict[ApplyingTo, list[str]] = {
    "residency": [
        "Put first what you want most, and not where you think your chances are best.",
        "This order stays on this machine. The list that counts is the one that you enter and certify "
        "yourself with the match (NRMP).",
    ],
    "medical_school": [
        "Medical schools have no rank list. This order is for you, to choose when offers come.",
        "It stays on this machine, and no school sees it.",
    ],
}


def rank_lists(session: Session, person: str, now: datetime) -> RankLists:
    """The lists of a person.

    Args:
        session: from `Database.reading` or `Database.writing`.
        now: with a time zone.
    """
    scales, impressions = scales_of(session, person), impressions_of(session, person)
    lists = []
    for kind, rows in _by_kind(session, person).items():
        programmes = [_programme(row, impressions, scales, now) for row in rows]
        lists.append(
            RankListOfKind(
                applying_to=kind,
                name=_NAMES[kind],
                words=_WORDS[kind],
                ranked=sorted(
                    (one for one in programmes if one.rank is not None), key=lambda one: one.rank or 0
                ),
                not_ranked=[one for one in programmes if one.rank is None],
            )
        )
    return RankLists(lists=lists)


def set_order(session: Session, person: str, order: RankOrder, now: datetime) -> RankLists:
    """Replaces the order. Ranks count from 1 within each list.

    Args:
        session: from `Database.writing`.

    Raises:
        RankedTwice: an id occurs twice, or is of no interview in the lists. Nothing is changed then.
    """
    by_kind = _by_kind(session, person)
    known = {row.id for rows in by_kind.values() for row in rows}
    if len(set(order.order)) < len(order.order) or not known.issuperset(order.order):
        raise RankedTwice("A programme is in this order twice, or is not in your list. Load the page again.")
    for rows in by_kind.values():
        members = {row.id: row for row in rows}
        ranked = [identifier for identifier in order.order if identifier in members]
        for row in rows:
            row.rank = ranked.index(row.id) + 1 if row.id in ranked else None
    session.flush()
    return rank_lists(session, person, now)


def rank_list_csv(session: Session, person: str, now: datetime) -> str:
    """All lists as one table for a spreadsheet: ranked programmes first, then the others."""
    scales = scales_of(session, person)
    columns = [
        "list",
        "rank",
        "programme",
        "specialty",
        "date",
        *(scale.name for scale in scales),
        "impressions",
    ]
    dates = {row.id: row.date.isoformat() for rows in _by_kind(session, person).values() for row in rows}
    return as_csv(
        columns,
        (
            (
                of_kind.name,
                one.rank,
                one.programme,
                one.specialty,
                dates[one.id],
                *(scale.value for scale in one.impression.scales),
                one.impression.text,
            )
            for of_kind in rank_lists(session, person, now).lists
            for one in (*of_kind.ranked, *of_kind.not_ranked)
        ),
    )


def _by_kind(session: Session, person: str) -> dict[ApplyingTo, list[ScheduledInterview]]:
    rows = [row for row in ScheduledInterviews(session, person).list_all() if not row.cancelled]
    by_kind = {kind: [row for row in rows if row.applying_to == kind] for kind in _NAMES}
    return {kind: members for kind, members in by_kind.items() if members}


def _programme(
    row: ScheduledInterview,
    impressions: Mapping[str, Impression],
    scales: Sequence[ImpressionScale],
    now: datetime,
) -> RankedProgramme:
    return RankedProgramme(
        id=row.id,
        programme=row.programme,
        specialty=row.specialty,
        date_words=day_words(row.date),
        visited=begins_at(row) <= now,
        rank=row.rank,
        impression=impression_out(impressions.get(row.id), scales),
    )
