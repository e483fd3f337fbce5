"""Sessions: named groups of answers."""

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, ValidationError

from analysis import serialization
from analysis.sessions.session_report import (
    SessionEntry,
    session_report,
    without_session_verdicts,
)
from analysis.view.session import ViewedSession, session_view
from service.answers.practice_sessions import PracticeSessions
from service.answers.preferences import wants_verdicts
from service.answers.repository import Answers
from service.answers.saved_reports import listed_report
from service.api.problems import problem_responses
from service.db import models
from service.dependencies import PersonDependency, ServiceDependency
from service.problems import NotFound, SessionNotReady

router = APIRouter(prefix="/api/sessions", tags=["Sessions"])


class Session(BaseModel):
    """A named group of answers."""

    id: str
    name: str
    answers: int
    created_at: datetime
    interview: str | None = Field(description="The interview that it is of; its report is another.")


class SessionList(BaseModel):
    """All sessions, newest first."""

    items: list[Session]


@router.get("", summary="List sessions")
def list_sessions(service: ServiceDependency, person: PersonDependency) -> SessionList:
    """All sessions with their number of answers, newest first."""
    with service.database.reading() as session:
        rows = PracticeSessions(session, person).list_all()
    return SessionList(
        items=[
            Session(id=row.id, name=row.name, answers=count, created_at=row.created_at, interview=interview)
            for row, count, interview in rows
        ]
    )


@router.get(
    "/{session}/report",
    summary="The report of a session",
    response_model=ViewedSession,
    responses=problem_responses(NotFound, SessionNotReady),
)
def get_session_report(session: str, service: ServiceDependency, person: PersonDependency) -> Response:
    """The report of a whole session: pooled rates, and one row for each answer with a report.

    Answers that are still being analysed, or whose analysis stopped, are listed in `without_report`.
    """
    with service.database.reading() as database_session:
        saved = PracticeSessions(database_session, person).reports_of(session)
        verdicts = wants_verdicts(database_session, person)
    entries = [_entry(row, stored, verdicts=verdicts) for row, stored in saved]
    report = session_report(entries, fluency_verdicts=verdicts)
    if not verdicts:
        report = without_session_verdicts(report)
    if not report.rows:
        raise SessionNotReady(
            "No answer of this session has a report yet. It appears with the first one.",
            answers=[asdict(without) for without in report.without_report],
        )
    viewed = ViewedSession(**vars(report), view=session_view(report))
    return Response(serialization.to_json(viewed), media_type="application/json")


@router.delete(
    "/{session}", status_code=204, summary="Delete a session", responses=problem_responses(NotFound)
)
def delete_session(session: str, service: ServiceDependency, person: PersonDependency) -> None:
    """Deletes a session and all of its answers."""
    with service.database.writing(person, *service.people_concerned(person)) as database_session:
        rows = Answers(database_session, person).delete_session(session)
        service.database.delete_backups()
    service.remove_files(rows)


def _entry(row: models.Answer, stored: str | None, *, verdicts: bool) -> SessionEntry:
    state = row.work_state if row.intake == "complete" else row.intake
    report = None
    try:
        report = listed_report(row, stored, verdicts=verdicts)
    except ValidationError:
        # Written by an older version of this program, with other fields.
        state = "outdated"
    return SessionEntry(row.id, row.question or row.title, report, "" if report else state)
