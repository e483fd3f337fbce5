"""Messages to people of a programme: drafted and kept here, and sent by the person from their own mail."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.preparation_models import Message, ScheduledInterview
from service.prepare.message_drafts import (
    MOST_SPECIFICS,
    DraftOf,
    MessageKind,
    draft,
    is_ready,
    subject_of,
)
from service.prepare.message_recipients import Recipient, recipient_of, recipients_of
from service.prepare.scheduled_interviews import ScheduledInterviews, begins_at
from service.problems import NotFound, WrongState
from service.schemas import plain_text

LONGEST_MESSAGE = 8000
"""Characters. A long letter has 3,000."""
MOST_MESSAGES = 200
"""To the people of one interview."""

Specific = Annotated[str, Field(min_length=1, max_length=300), BeforeValidator(plain_text)]
Specifics = Annotated[list[Specific], Field(max_length=MOST_SPECIFICS)]
ShortLine = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(plain_text)]
Text = Annotated[str, Field(max_length=LONGEST_MESSAGE)]


class NewDraft(BaseModel):
    """What a draft is made of. Nothing of it is stored."""

    kind: MessageKind
    recipient: str | None = Field(default=None, description="Id of an interviewer; null: the coordinator.")
    specifics: Specifics = Field(
        default_factory=list,
        description="One or two things: talked about, asked or new. Without any, the draft has a marked gap.",
    )
    signature: ShortLine = Field(default=None, description="The person's name. Without it there is a gap.")
    identifier: ShortLine = Field(default=None, description="AAMC or ERAS ID; only written into the text.")


class NewMessage(BaseModel):
    """A message to keep."""

    kind: MessageKind
    recipient: str | None = Field(default=None, description="Id of an interviewer; null: the coordinator.")
    specifics: Specifics = Field(default_factory=list)
    text: Text


class MessageChanges(BaseModel):
    """What changes about a message; what is left out stays."""

    text: Text | None = None
    specifics: Specifics | None = None
    sent: bool | None = Field(default=None, description="Whether the person has sent it.")


class NoThanksWanted(WrongState):
    """The programme asked for no thank-you notes."""

    code, title = "no_thanks_wanted", "This programme wants no thank-you notes"


class TooEarly(WrongState):
    """The interview has not begun."""

    code, title = "too_early", "The interview is still to come"


def kept_messages(session: Session, interview: ScheduledInterview) -> Sequence[Message]:
    """The messages of an interview, oldest first."""
    return session.scalars(
        select(Message)
        .where(Message.scheduled_interview_id == interview.id)
        .order_by(Message.created_at, Message.id)
    ).all()


def make_draft(
    session: Session, person: str, interview: str, new: NewDraft, now: datetime
) -> tuple[ScheduledInterview, Recipient, str]:
    """The interview, the recipient and the text of a draft. Nothing is stored.

    A thank-you takes the sentences that come next among the recipients, so that no two people get the same.

    Args:
        now: with a time zone.

    Raises:
        NotFound: the person has no such interview, or it has no such recipient.
        NoThanksWanted, TooEarly: a thank-you is not possible.
    """
    row = ScheduledInterviews(session, person).get(interview)
    recipient = recipient_of(row, new.recipient)
    check_thanks(row, new.kind, now)
    text = draft(
        new.kind,
        DraftOf(
            programme=row.programme,
            applying_to=row.applying_to,
            date=row.date,
            recipient=recipient.name,
            specifics=new.specifics,
            signature=new.signature,
            identifier=new.identifier,
            variant=[each.id for each in recipients_of(row)].index(recipient.id),
        ),
    )
    return row, recipient, text


def check_thanks(row: ScheduledInterview, kind: str, now: datetime) -> None:
    """Refuses a thank-you that the programme does not want, or that comes before the interview.

    Raises:
        NoThanksWanted, TooEarly: so it is.
    """
    if kind != "thank_you":
        return
    if row.no_thanks_wanted:
        raise NoThanksWanted("This programme asked for no thank-you notes. Please send none.")
    if begins_at(row) > now:
        raise TooEarly("A thank-you comes after the interview. You can write it then.")


class Messages:
    """The messages of one scheduled interview within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        interview: of this person.
    """

    def __init__(self, session: Session, interview: ScheduledInterview) -> None:
        self._session = session
        self._interview = interview

    def get(self, message: str) -> Message:
        """One of them.

        Raises:
            NotFound: there is no such message.
        """
        row = self._session.get(Message, message)
        if row is None or row.scheduled_interview_id != self._interview.id:
            raise NotFound("There is no such message. It may have been deleted.")
        return row

    def create(self, new: NewMessage, now: datetime) -> Message:
        """Keeps a message.

        Raises:
            NotFound: there is no such recipient.
            NoThanksWanted, TooEarly: a thank-you is not possible.
            WrongState: there are too many messages.
        """
        recipient = recipient_of(self._interview, new.recipient)
        check_thanks(self._interview, new.kind, now)
        if len(kept_messages(self._session, self._interview)) >= MOST_MESSAGES:
            raise WrongState("This interview has too many messages. Delete some first.")
        row = Message(
            scheduled_interview_id=self._interview.id,
            kind=new.kind,
            recipient=recipient.id,
            recipient_name=recipient.name,
            specifics=new.specifics,
            text=_cleaned(new.text),
        )
        self._session.add(row)
        self._session.flush()
        return row

    def change(self, message: str, changes: MessageChanges, now: datetime) -> Message:
        """Changes a message. Marked as sent, it keeps the time of the first mark.

        Raises:
            NotFound: there is no such message.
        """
        row = self.get(message)
        if changes.text is not None:
            row.text = _cleaned(changes.text)
        if changes.specifics is not None:
            row.specifics = changes.specifics
        if changes.sent is not None:
            row.sent_at = (row.sent_at or now) if changes.sent else None
        self._session.flush()
        return row

    def delete(self, message: str) -> None:
        """Deletes a message.

        Raises:
            NotFound: there is no such message.
        """
        self._session.delete(self.get(message))


def is_sendable(interview: ScheduledInterview, kind: str, text: str) -> bool:
    """Whether a message can be copied or opened in a mail program."""
    return is_ready(text) and not (kind == "thank_you" and interview.no_thanks_wanted)


def subject(interview: ScheduledInterview, kind: Any) -> str:
    """The subject line of a message."""
    return subject_of(kind, interview.programme, interview.date)


def _cleaned(text: str) -> str:
    cleaned = plain_text(text)
    return cleaned if isinstance(cleaned, str) else ""
