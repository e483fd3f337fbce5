"""Progress: trends over takes, the calendar, weekly summaries and focuses, and repeated analysis."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Response

from analysis import serialization
from analysis.trends.progress_report import progress_report
from analysis.trends.where_you_stand import where_you_stand
from analysis.view.progress import ViewedWeek, progress_view, week_view
from analysis.view.readiness import ReadinessView
from service.answers.repository import Answers
from service.api.problems import problem_responses
from service.dependencies import PersonDependency, Service, ServiceDependency
from service.exports.spreadsheet import MEDIA_TYPE
from service.problems import InvalidRequest, NotFound
from service.progress import reanalysis as again
from service.progress import schemas
from service.progress.choices import choices
from service.progress.filters import Filters, WhichTakes, WhichTiming
from service.progress.focus import choose_focus, drop_focus, focus_measure, focus_of
from service.progress.history import read_history
from service.progress.readiness import readiness_of
from service.progress.table import takes_as_csv
from service.progress.takes import (
    as_takes,
    chosen,
    in_scope,
    with_tag,
)
from service.progress.times import DEFAULT_ZONE, Week, day_of, week_of, zone_of
from service.progress.usual import usual_beside
from service.progress.weeks import calendar, summarise_week

router = APIRouter(prefix="/api", tags=["Progress"])

_TABLE_NAME = "progress.csv"


def get_zone(
    zone: Annotated[
        str, Query(description="IANA time zone in which days begin and end.", examples=["Europe/London"])
    ] = DEFAULT_ZONE,
) -> ZoneInfo:
    """The time zone of the request."""
    return zone_of(zone)


def get_filters(
    takes: Annotated[WhichTakes, Query(description="First takes of a question, or later ones.")] = "all",
    timing: Annotated[WhichTiming, Query(description="With a time limit, or without.")] = "all",
    kind: Annotated[str | None, Query(description="Id of a kind of question.")] = None,
    language: Annotated[str | None, Query(description="First language stored with the answer.")] = None,
    spoken: Annotated[str | None, Query(description="ISO 639-1 code of the spoken language.")] = None,
    session: Annotated[str | None, Query(description="Id of a session.")] = None,
    tag: Annotated[str | None, Query(description="A tag, ignoring case.")] = None,
    since: Annotated[str | None, Query(description="First day.", examples=["2026-11-01"])] = None,
    until: Annotated[str | None, Query(description="Last day.", examples=["2026-11-30"])] = None,
) -> Filters:
    """The filters of the request."""
    return Filters(
        takes=takes,
        timing=timing,
        kind=kind,
        first_language=language,
        spoken=spoken,
        session=session,
        tag=tag,
        since=None if since is None else day_of(since),
        until=None if until is None else day_of(until),
    )


def get_week(week: str) -> Week:
    """The week of the request."""
    return week_of(week)


ZoneDependency = Annotated[ZoneInfo, Depends(get_zone)]
FiltersDependency = Annotated[Filters, Depends(get_filters)]
WeekDependency = Annotated[Week, Depends(get_week)]
TagQuery = Annotated[
    str | None, Query(description="Only takes with this tag; demo data has the tag `made-up`.")
]


@router.get(
    "/progress",
    summary="Progress over takes",
    response_model=schemas.Progress,
    responses=problem_responses(InvalidRequest),
)
def get_progress(
    filters: FiltersDependency, zone: ZoneDependency, service: ServiceDependency, person: PersonDependency
) -> Response:
    """Length, pace, pauses and fillers over the selected takes, and whether they changed.

    A change is reported only if the evidence supports it; `method` explains how. Takes of different builds
    are never compared: `breaks` marks where another build begins. Samples are left out.
    """
    history = read_history(service.database, person)
    wanted = chosen(in_scope(history.rows, filters.tag), filters, zone)
    takes = as_takes(wanted)
    report = progress_report(takes, verdicts=history.verdicts)
    with service.database.reading() as session:
        focus = focus_measure(session, person, datetime.now(zone).date())
    stand = where_you_stand(takes, focus=focus, verdicts=history.verdicts, zone=zone)
    progress = schemas.Progress(
        choices=choices(history.rows, filters.tag),
        report=report,
        view=progress_view(report, stand),
        without_report=sum(row.facts is None for row in wanted),
    )
    return Response(progress.model_dump_json(), media_type="application/json")


@router.get(
    "/readiness",
    summary="Readiness by kind of question",
    responses=problem_responses(InvalidRequest),
)
def get_readiness(
    zone: ZoneDependency, service: ServiceDependency, person: PersonDependency, tag: TagQuery = None
) -> ReadinessView:
    """Each kind of question as not tried, working on it or ready; today's question, and this week's focus.

    Samples are left out. Today's question stays the same all day.
    """
    history = read_history(service.database, person)
    rows = with_tag(history.rows, tag)
    with service.database.reading() as session:
        return readiness_of(session, person, rows, datetime.now(zone), zone, verdicts=history.verdicts)


@router.get(
    "/progress.csv",
    summary="Takes as a table",
    responses={200: {"content": {"text/csv": {}}}, **problem_responses(InvalidRequest)},
    response_class=Response,
)
def get_progress_table(
    filters: FiltersDependency, zone: ZoneDependency, service: ServiceDependency, person: PersonDependency
) -> Response:
    """One row per take and one column per measure, for a spreadsheet. No cell is a formula."""
    rows = read_history(service.database, person).rows
    table = takes_as_csv(chosen(in_scope(rows, filters.tag), filters, zone), zone)
    disposition = f'attachment; filename="{_TABLE_NAME}"'
    return Response(table, media_type=MEDIA_TYPE, headers={"content-disposition": disposition})


@router.get("/progress/calendar", summary="Days of practice", responses=problem_responses(InvalidRequest))
def get_calendar(
    first: Annotated[str, Query(description="First day.", examples=["2026-09-01"])],
    last: Annotated[str, Query(description="Last day.", examples=["2026-11-30"])],
    zone: ZoneDependency,
    service: ServiceDependency,
    person: PersonDependency,
    tag: TagQuery = None,
) -> schemas.Calendar:
    """The number of takes on each day that has any; at most 400 days per request.

    An upload that could not be analysed is no take.
    """
    days = day_of(first), day_of(last)
    rows = read_history(service.database, person).rows
    return calendar(with_tag(rows, tag), *days, zone)


@router.get(
    "/progress/weeks/{week}",
    summary="Summary of a week",
    response_model=ViewedWeek,
    responses=problem_responses(InvalidRequest),
)
def get_week_summary(
    week: WeekDependency,
    zone: ZoneDependency,
    service: ServiceDependency,
    person: PersonDependency,
    tag: TagQuery = None,
) -> Response:
    """The takes of a week (`2026-W47`), compared with the four weeks before it."""
    rows = read_history(service.database, person).rows
    summary = summarise_week(with_tag(rows, tag), week, zone)
    viewed = ViewedWeek(**vars(summary), view=week_view(summary))
    return Response(serialization.to_json(viewed), media_type="application/json")


@router.get("/focus/{week}", summary="The focus of a week", responses=problem_responses(InvalidRequest))
def get_focus(
    week: WeekDependency, service: ServiceDependency, person: PersonDependency, tag: TagQuery = None
) -> schemas.WeekFocus:
    """The measure chosen for a week (`2026-W47`), what to try, and the change so far.

    Because it was chosen in advance, it is tested alone: takes before the choice against those since.
    """
    return _focus(service, person, week, tag)


@router.put("/focus/{week}", summary="Choose a focus", responses=problem_responses(InvalidRequest))
def put_focus(
    week: WeekDependency, new: schemas.NewFocus, service: ServiceDependency, person: PersonDependency
) -> schemas.WeekFocus:
    """Chooses one measure for a week. A different measure starts over; changing the note does not."""
    with service.database.writing(person) as session:
        choose_focus(session, person, week, new)
    return _focus(service, person, week, None)


@router.delete(
    "/focus/{week}", status_code=204, summary="Drop a focus", responses=problem_responses(InvalidRequest)
)
def delete_focus(week: WeekDependency, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes the focus of a week and its note."""
    with service.database.writing(person) as session:
        drop_focus(session, person, week)
        service.database.delete_backups()


@router.get("/reanalysis", summary="Count outdated reports")
def get_reanalysis(service: ServiceDependency, person: PersonDependency) -> schemas.Reanalysis:
    """The number of answers measured by another build, and of those waiting to be analysed again."""
    with service.database.reading() as session:
        return again.reanalysis(session, person)


@router.post("/reanalysis", status_code=202, summary="Analyse again")
def post_reanalysis(service: ServiceDependency, person: PersonDependency) -> schemas.Reanalysis:
    """Queues every answer measured by another build. The old report stays until the new one is ready."""
    again.analyse_again(service.database, person)
    with service.database.reading() as session:
        return again.reanalysis(session, person)


@router.get("/answers/{answer}/usual", summary="What is usual for you", responses=problem_responses(NotFound))
def get_usual(answer: str, service: ServiceDependency, person: PersonDependency) -> schemas.Usual:
    """The middle half of the person's other takes of the same build, for each measure with five or more."""
    with service.database.reading() as session:
        Answers(session, person).get(answer)
    rows = read_history(service.database, person).rows
    return usual_beside(rows, answer)


def _focus(service: Service, person: str, week: Week, tag: str | None) -> schemas.WeekFocus:
    history = read_history(service.database, person)
    takes = with_tag(history.rows, tag)
    with service.database.reading() as session:
        return focus_of(session, person, week, takes, verdicts=history.verdicts)
