"""Messages to people of a programme after an interview. The person sends them; this service sends nothing."""

from fastapi import APIRouter

from service.api.problems import problem_responses
from service.dependencies import NowDependency, PersonDependency, ServiceDependency
from service.prepare.message_view import (
    DraftOut,
    MessageList,
    MessageOut,
    draft_out,
    message_list,
    message_with_likes,
)
from service.prepare.messages import (
    MessageChanges,
    Messages,
    NewDraft,
    NewMessage,
    NoThanksWanted,
    TooEarly,
    make_draft,
)
from service.prepare.scheduled_interviews import ScheduledInterviews
from service.problems import InvalidRequest, NotFound, WrongState

router = APIRouter(prefix="/api/scheduled-interviews/{interview}/messages", tags=["Preparing"])


@router.get("", summary="Messages after an interview", responses=problem_responses(NotFound))
def list_messages(
    interview: str, service: ServiceDependency, person: PersonDependency, now: NowDependency
) -> MessageList:
    """The messages that are kept, whom one can write to, and what guides advise."""
    with service.database.reading() as session:
        row = ScheduledInterviews(session, person).get(interview)
        return message_list(session, person, row, now)


@router.post(
    "",
    status_code=201,
    summary="Keep a message",
    responses=problem_responses(NotFound, InvalidRequest, NoThanksWanted, TooEarly, WrongState),
)
def create_message(
    interview: str,
    new: NewMessage,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> MessageOut:
    """Keeps a text. `alike` names other messages to the same programme that have nearly the same words."""
    with service.database.writing(person) as session:
        row = ScheduledInterviews(session, person).get(interview)
        return message_with_likes(session, person, row, Messages(session, row).create(new, now))


@router.post(
    "/draft",
    summary="Draft a message",
    responses=problem_responses(NotFound, InvalidRequest, NoThanksWanted, TooEarly),
)
def draft_message(
    interview: str,
    new: NewDraft,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> DraftOut:
    """Makes a text from set sentences and what the person says. What they did not say is a marked gap.

    Nothing is stored.
    """
    with service.database.reading() as session:
        row, recipient, text = make_draft(session, person, interview, new, now)
        return draft_out(row, new.kind, text, recipient.email)


@router.patch("/{message}", summary="Change a message", responses=problem_responses(NotFound, InvalidRequest))
def change_message(
    interview: str,
    message: str,
    changes: MessageChanges,
    service: ServiceDependency,
    person: PersonDependency,
    now: NowDependency,
) -> MessageOut:
    """Changes the text, or marks the message as sent by the person."""
    with service.database.writing(person) as session:
        row = ScheduledInterviews(session, person).get(interview)
        return message_with_likes(session, person, row, Messages(session, row).change(message, changes, now))


@router.delete(
    "/{message}", status_code=204, summary="Delete a message", responses=problem_responses(NotFound)
)
def delete_message(
    interview: str, message: str, service: ServiceDependency, person: PersonDependency
) -> None:
    """Deletes one message."""
    with service.database.writing(person) as session:
        row = ScheduledInterviews(session, person).get(interview)
        Messages(session, row).delete(message)
