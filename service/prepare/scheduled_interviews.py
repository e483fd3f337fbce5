"""A person's scheduled interviews: real ones, at a school or a programme."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.formatting import number_of
from service.answers.repository import Answers
from service.db.models import Answer, new_identifier
from service.db.preparation_models import ScheduledInterview
from service.prepare import schemas
from service.prepare.confirmations import (
    confirmation_words,
    confirmations_of,
    is_confirmed,
    new_confirmation,
)
from service.prepare.late_slots import LateSlot, late_slot
from service.prepare.times import Times, start_of, times_of
from service.problems import InvalidRequest, NotFound

_NO_SUCH = "There is no such interview. It may have been deleted."
_REQUIRED = ("programme", "applying_to", "date", "time_zone", "own_time_zone", "format")

USUAL_MINUTES = 60
"""Length of an interview whose length is not known, to tell when it is over."""

MOST_CONFIRMATIONS = 50

_LOG_IN = {"virtual": "Log in", "hybrid": "Log in or arrive", "in_person": "Arrive", "asynchronous": None}


class FieldRequired(InvalidRequest):
    """A field that every interview has was left empty. `field` names it."""

    code, title = "field_required", "Something is missing"


class ConfirmedInFuture(InvalidRequest):
    """A confirmation is dated after today."""

    code, title = "confirmed_in_future", "This day has not come yet"


class ScheduledInterviews:
    """The scheduled interviews of one person within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person

    def list_all(self) -> Sequence[ScheduledInterview]:
        """All of them, earliest first; those of the past and cancelled ones too."""
        rows = self._session.scalars(
            select(ScheduledInterview).where(ScheduledInterview.person_id == self._person)
        ).all()
        return sorted(rows, key=lambda row: (begins_at(row), row.created_at, row.id))

    def get(self, interview: str) -> ScheduledInterview:
        """One of them.

        Raises:
            NotFound: the person has no such interview.
        """
        row = self._session.scalar(
            select(ScheduledInterview).where(
                ScheduledInterview.id == interview, ScheduledInterview.person_id == self._person
            )
        )
        if row is None:
            raise NotFound(_NO_SUCH)
        return row

    def next(self, now: datetime) -> ScheduledInterview | None:
        """The next one that is not over and not cancelled.

        Args:
            now: with a time zone.
        """
        return next((row for row in self.list_all() if not row.cancelled and ends_at(row) > now), None)

    def create(self, new: schemas.NewScheduledInterview) -> ScheduledInterview:
        """Adds an interview.

        Raises:
            FieldRequired: it has no programme.
        """
        row = ScheduledInterview(
            person_id=self._person, interviewers=[], confirmations=[], specifics=[], questions_to_ask=[]
        )
        self._set(row, new.model_dump())
        self._session.add(row)
        self._session.flush()
        return row

    def change(self, interview: str, changes: schemas.ScheduledInterviewChanges) -> ScheduledInterview:
        """Changes the fields that are set in `changes`.

        Raises:
            NotFound: the person has no such interview.
            FieldRequired: a field that every interview has would become empty.
        """
        row = self.get(interview)
        whole = changes.model_dump()
        self._set(row, {name: whole[name] for name in changes.model_fields_set})
        self._session.flush()
        return row

    def delete(self, interview: str) -> None:
        """Deletes an interview with its plan, impressions and messages. Answers practised for it stay.

        Raises:
            NotFound: the person has no such interview.
        """
        row = self.get(interview)
        answers = Answers(self._session, self._person)
        practised = select(Answer).where(
            Answer.person_id == self._person, Answer.scheduled_interview_id == interview
        )
        for answer in self._session.scalars(practised).all():
            answer.scheduled_interview_id = answer.specifics_said = None
            answers.touch(answer)
        self._session.delete(row)

    def confirm(
        self, interview: str, confirmation: schemas.NewConfirmation, now: datetime
    ) -> ScheduledInterview:
        """Adds a confirmation of date and time.

        Raises:
            NotFound: the person has no such interview.
            ConfirmedInFuture: its day has not come.
            InvalidRequest: there are too many already.
        """
        row = self.get(interview)
        today = now.astimezone(ZoneInfo(row.own_time_zone)).date()
        on = confirmation.on or today
        if on > today:
            raise ConfirmedInFuture("This day has not come yet. Choose today or an earlier day.")
        if len(row.confirmations) >= MOST_CONFIRMATIONS:
            raise InvalidRequest("There are many confirmations already. Remove one first.")
        row.confirmations = [*row.confirmations, new_confirmation(row, confirmation.way, on.isoformat())]
        self._session.flush()
        return row

    def remove_confirmation(self, interview: str, confirmation: str) -> ScheduledInterview:
        """Removes a confirmation.

        Raises:
            NotFound: the person has no such interview, or it has no such confirmation.
        """
        row = self.get(interview)
        kept = [each for each in row.confirmations if each["id"] != confirmation]
        if len(kept) == len(row.confirmations):
            raise NotFound("There is no such confirmation. It may have been removed.")
        row.confirmations = kept
        self._session.flush()
        return row

    def _set(self, row: ScheduledInterview, given: dict[str, Any]) -> None:
        for name in _REQUIRED:
            if name in given and given[name] is None:
                raise FieldRequired(f"Please fill in the {name.replace('_', ' ')}.", field=name)
        if "interviewers" in given:
            known = {each["id"] for each in row.interviewers}
            given["interviewers"] = _with_ids(given["interviewers"], known)
        if given.get("coordinator") is not None and not any(given["coordinator"].values()):
            given["coordinator"] = None
        for name, value in given.items():
            setattr(row, name, value)


def begins_at(row: ScheduledInterview) -> datetime:
    """When it begins, in UTC; without a time, when its day begins in the programme's zone."""
    at = row.time or datetime.min.time()
    return start_of(row.date, at, row.time_zone).astimezone(UTC)


def ends_at(row: ScheduledInterview) -> datetime:
    """When it is over, in UTC; without a time, when its day is over in the programme's zone."""
    if row.time is None:
        return start_of(row.date + timedelta(days=1), datetime.min.time(), row.time_zone).astimezone(UTC)
    return begins_at(row) + timedelta(minutes=row.minutes or USUAL_MINUTES)


def times(row: ScheduledInterview, now: datetime) -> Times:
    """Its time on both clocks."""
    return times_of(row.date, row.time, row.time_zone, row.own_time_zone, now, log_in=_LOG_IN[row.format])


def own_day(row: ScheduledInterview) -> date:
    """Its day on the person's own clock; without a time, the programme's day."""
    if row.time is None:
        return row.date
    return begins_at(row).astimezone(ZoneInfo(row.own_time_zone)).date()


def days_until(row: ScheduledInterview, now: datetime) -> int:
    """Days from today to the interview on the person's own clock; negative once it is past."""
    return (own_day(row) - now.astimezone(ZoneInfo(row.own_time_zone)).date()).days


def when_words(days: int) -> str:
    """`in 12 days`, `tomorrow`, `today`, `yesterday`, `3 days ago`."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    return f"in {number_of(days, 'day')}" if days > 0 else f"{number_of(-days, 'day')} ago"


def late_slot_of(row: ScheduledInterview, now: datetime) -> LateSlot | None:
    """The advice for a slot outside the usual hours of the person's own day; None for any other."""
    if row.time is None or row.format == "asynchronous":
        return None
    zone = ZoneInfo(row.own_time_zone)
    known_since = row.created_at.astimezone(zone).date()
    return late_slot(begins_at(row).astimezone(zone), row.minutes, now, known_since=known_since)


def describe(row: ScheduledInterview, now: datetime) -> schemas.ScheduledInterview:
    """An interview as the API gives it.

    Args:
        row: the interview.
        now: with a time zone.
    """
    when, days = times(row, now), days_until(row, now)
    confirmations = confirmations_of(row)
    slot = late_slot_of(row, now) if ends_at(row) > now else None
    fields = schemas.ScheduledInterview.model_fields
    return schemas.ScheduledInterview.model_validate(
        {
            **{name: getattr(row, name) for name in fields if hasattr(row, name)},
            "time": None if row.time is None else f"{row.time:%H:%M}",
            "confirmations": confirmations,
            "confirmed": is_confirmed(confirmations),
            "confirmation_words": confirmation_words(confirmations, has_time=row.time is not None),
            "times": schemas.TimesOut.model_validate(when),
            "days": days,
            "when_words": when_words(days),
            "late_slot": None if slot is None else schemas.LateSlotOut.model_validate(slot),
            "specifics_count": len(row.specifics),
            "questions_to_ask_count": len(row.questions_to_ask),
        }
    )


def _with_ids(interviewers: list[dict[str, Any]], known: set[str]) -> list[dict[str, Any]]:
    """The interviewers, each with an id: its own if it has one here, a new one otherwise."""
    kept: list[dict[str, Any]] = []
    taken: set[str] = set()
    for each in interviewers:
        identifier = each["id"]
        if identifier not in known or identifier in taken:
            identifier = new_identifier()
        taken.add(identifier)
        kept.append({**each, "id": identifier})
    return kept
