"""Impressions of a programme after an interview, and the order in which a person wants programmes."""

from fastapi import APIRouter, Response

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.exports.spreadsheet import MEDIA_TYPE
from service.prepare.impressions import (
    ImpressionOut,
    NewImpression,
    ScaleUnknown,
    impression_of,
    write_impression,
)
from service.prepare.rank_list import (
    RankedTwice,
    RankLists,
    RankOrder,
    rank_list_csv,
    rank_lists,
    set_order,
)
from service.problems import InvalidRequest, NotFound

router = APIRouter(prefix="/api", tags=["Preparing"])


@router.get(
    "/scheduled-interviews/{interview}/impressions",
    summary="Impressions of a programme",
    responses=problem_responses(NotFound),
)
def get_impressions(interview: str, service: ServiceDependency, person: PersonDependency) -> ImpressionOut:
    """What the person wrote after the interview, and their scales; empty where there is nothing."""
    with service.database.reading() as session:
        return impression_of(session, person, interview)


@router.put(
    "/scheduled-interviews/{interview}/impressions",
    summary="Write impressions of a programme",
    responses=problem_responses(NotFound, InvalidRequest, ScaleUnknown),
)
def put_impressions(
    interview: str, new: NewImpression, service: ServiceDependency, person: PersonDependency
) -> ImpressionOut:
    """Replaces words and values. The names of the scales are in `/api/preferences`."""
    with service.database.writing(person) as session:
        return write_impression(session, person, interview, new)


@router.get("/rank-list", summary="Rank list")
def get_rank_list(service: ServiceDependency, person: PersonDependency, now: NowDependency) -> RankLists:
    """Programmes in the person's order, with impressions; one list for residency, one for medical schools."""
    with service.database.reading() as session:
        return rank_lists(session, person, now)


@router.put(
    "/rank-list", summary="Order the rank list", responses=problem_responses(InvalidRequest, RankedTwice)
)
def put_rank_list(
    order: RankOrder, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> RankLists:
    """Replaces the order of all lists. It stays here: the match gets nothing from it."""
    with service.database.writing(person) as session:
        return set_order(session, person, order, now)


@router.get("/rank-list.csv", summary="Rank list as a table", response_class=Response)
def get_rank_list_table(service: ServiceDependency, person: PersonDependency, now: NowDependency) -> Response:
    """The lists as a CSV file with impressions, safe to open in a spreadsheet."""
    with service.database.reading() as session:
        table = rank_list_csv(session, person, now)
    return Response(
        table,
        media_type=MEDIA_TYPE,
        headers={"content-disposition": 'attachment; filename="rank-list.csv"'},
    )
