"""Scheduled interviews: real ones, at a school or a programme, with their times and confirmations."""

from fastapi import APIRouter, Response

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.prepare import schemas
from service.prepare.fields import NotADay, NotAnEmail, NotATime, NotAWebAddress, TextTooLong
from service.prepare.scheduled_interviews import (
    ConfirmedInFuture,
    FieldRequired,
    ScheduledInterviews,
    describe,
)
from service.prepare.time_zones import UnknownTimeZone, zone_choices
from service.problems import InvalidRequest, NotFound

router = APIRouter(prefix="/api", tags=["Preparing"])


_REFUSALS = (
    InvalidRequest,
    FieldRequired,
    NotADay,
    NotATime,
    UnknownTimeZone,
    NotAWebAddress,
    NotAnEmail,
    TextTooLong,
)


@router.get("/scheduled-interviews", summary="List scheduled interviews")
def list_scheduled_interviews(
    service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> schemas.ScheduledInterviewList:
    """Lists all interviews that the person is invited to, earliest first; past and cancelled ones stay."""
    with service.database.reading() as session:
        rows = ScheduledInterviews(session, person).list_all()
        return schemas.ScheduledInterviewList(items=[describe(row, now) for row in rows])


@router.post(
    "/scheduled-interviews",
    status_code=201,
    summary="Add a scheduled interview",
    responses=problem_responses(*_REFUSALS),
)
def create_scheduled_interview(
    new: schemas.NewScheduledInterview,
    response: Response,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.ScheduledInterview:
    """Adds an interview. A refusal has a code of its own, and `field` names what to look at."""
    with service.database.writing(person) as session:
        interview = describe(ScheduledInterviews(session, person).create(new), now)
    response.headers["location"] = f"/api/scheduled-interviews/{interview.id}"
    return interview


@router.get(
    "/scheduled-interviews/{interview}",
    summary="A scheduled interview",
    responses=problem_responses(NotFound),
)
def get_scheduled_interview(
    interview: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> schemas.ScheduledInterview:
    """One interview, with its time on both clocks, daylight saving of that day, and its confirmations."""
    with service.database.reading() as session:
        return describe(ScheduledInterviews(session, person).get(interview), now)


@router.patch(
    "/scheduled-interviews/{interview}",
    summary="Change a scheduled interview",
    responses=problem_responses(NotFound, *_REFUSALS),
)
def change_scheduled_interview(
    interview: str,
    changes: schemas.ScheduledInterviewChanges,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.ScheduledInterview:
    """Changes the given fields. Confirmations of an earlier date, time or zone count no more."""
    with service.database.writing(person) as session:
        return describe(ScheduledInterviews(session, person).change(interview, changes), now)


@router.delete(
    "/scheduled-interviews/{interview}",
    status_code=204,
    summary="Delete a scheduled interview",
    responses=problem_responses(NotFound),
)
def delete_scheduled_interview(interview: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes an interview with its plan, impressions and messages. Answers practised for it stay."""
    with service.database.writing(person) as session:
        ScheduledInterviews(session, person).delete(interview)
        service.database.delete_backups()
    service.database.wipe_log()


@router.post(
    "/scheduled-interviews/{interview}/confirmations",
    status_code=201,
    summary="Confirm date and time",
    responses=problem_responses(NotFound, InvalidRequest, ConfirmedInFuture, NotADay),
)
def create_confirmation(
    interview: str,
    confirmation: schemas.NewConfirmation,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.ScheduledInterview:
    """Adds a confirmation. Two of them on different days or in different ways confirm an interview."""
    with service.database.writing(person) as session:
        return describe(ScheduledInterviews(session, person).confirm(interview, confirmation, now), now)


@router.delete(
    "/scheduled-interviews/{interview}/confirmations/{confirmation}",
    summary="Remove a confirmation",
    responses=problem_responses(NotFound),
)
def delete_confirmation(
    interview: str,
    confirmation: str,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> schemas.ScheduledInterview:
    """Removes a confirmation and returns the interview without it."""
    with service.database.writing(person) as session:
        row = ScheduledInterviews(session, person).remove_confirmation(interview, confirmation)
        return describe(row, now)


@router.get("/time-zones", summary="Time zones to choose from")
def list_time_zones(now: NowDependency) -> schemas.TimeZoneList:
    """All time zones by IANA name; those of the United States come first, as invitations name them."""
    return schemas.TimeZoneList(
        items=[schemas.TimeZoneChoice.model_validate(choice) for choice in zone_choices(now)]
    )
