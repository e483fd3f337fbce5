"""Calendar files of scheduled interviews."""

from typing import Any

from fastapi import APIRouter, Response

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.prepare.calendar_file import MEDIA_TYPE, CalendarFile, calendar_of, calendar_of_all
from service.problems import NotFound

router = APIRouter(prefix="/api", tags=["Preparing"])

_CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}}


@router.get(
    "/scheduled-interviews.ics",
    summary="All interviews as a calendar",
    responses={**_CALENDAR},
    response_class=Response,
)
def get_calendar_of_all(service: ServiceDependency, person: PersonDependency, now: NowDependency) -> Response:
    """An iCalendar file (RFC 5545) of all interviews, with their time zones, open plan steps and alarms."""
    return _response(calendar_of_all(service.database, person, now))


@router.get(
    "/scheduled-interviews/{interview}/calendar.ics",
    summary="An interview as a calendar",
    responses={**_CALENDAR, **problem_responses(NotFound)},
    response_class=Response,
)
def get_calendar(
    interview: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> Response:
    """An iCalendar file of one interview: when to be there, the interview, and the open steps of its plan.

    A calendar that has an earlier download replaces it, because identifiers stay.
    """
    return _response(calendar_of(service.database, person, interview, now))


def _response(file: CalendarFile) -> Response:
    disposition = f'attachment; filename="{file.name}"'
    return Response(file.content, media_type=MEDIA_TYPE, headers={"content-disposition": disposition})
