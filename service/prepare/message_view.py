"""How the messages of an interview are shown: whether each can be sent, and to whom the same words went."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.preparation_models import Message, ScheduledInterview
from service.prepare.guides import AdviceOn, guides
from service.prepare.mail_links import mail_link
from service.prepare.message_drafts import MessageKind
from service.prepare.message_likeness import are_same_words
from service.prepare.message_recipients import recipients_of
from service.prepare.messages import is_sendable, kept_messages, subject
from service.prepare.scheduled_interviews import begins_at, own_day
from service.prepare.times import day_words


class Source(BaseModel):
    """The guide that says something. It is opened only by a click."""

    name: str
    address: str


class Advised(BaseModel):
    """What a guide advises, in our own words."""

    words: str
    source: Source | None


class RecipientOut(BaseModel):
    """Somebody to write to."""

    model_config = ConfigDict(from_attributes=True)

    id: str | None = Field(description="Of an interviewer; null for the coordinator.")
    name: str | None
    role: str | None
    email: str | None


class DraftOut(BaseModel):
    """The text of a message, and what can be done with it."""

    text: str
    subject: str
    ready: bool = Field(description="Whether it may be copied and sent: it has no gap left.")
    not_ready_words: str | None = Field(description="What is still to do; null when it is ready.")
    mailto: str | None = Field(
        description="Opens it in the person's mail program. Null if it is not ready, if no address is known, "
        "or if it is too long for a link."
    )
    mailto_words: str | None = Field(description="Why there is no link for a message that is ready.")


class Alike(BaseModel):
    """Another message to the same programme that has the same words."""

    message: str
    recipient_name: str | None
    words: str


class MessageOut(DraftOut):
    """A message that is kept."""

    id: str
    kind: MessageKind
    recipient: str | None
    recipient_name: str | None
    specifics: list[str]
    alike: list[Alike]
    sent_at: datetime | None
    sent_words: str | None


class MessageList(BaseModel):
    """The messages of an interview, and what to know before writing one."""

    recipients: list[RecipientOut]
    items: list[MessageOut]
    timing: list[Advised] = Field(description="When guides say that a thank-you should be sent.")
    thanks_blocked: str | None = Field(description="Why no thank-you can be written; null if it can.")
    advice: dict[AdviceOn, list[Advised]]
    update_words: str | None = Field(description="A word about earlier updates; null if none was sent.")


def message_list(session: Session, person: str, row: ScheduledInterview, now: datetime) -> MessageList:
    """All messages of an interview.

    Args:
        session: from `Database.reading` or `Database.writing`.
        person: id of the person.
        row: the interview.
        now: with a time zone.
    """
    messages = kept_messages(session, row)
    others = _to_the_same_programme(session, person, row)
    return MessageList(
        recipients=[RecipientOut.model_validate(each) for each in recipients_of(row)],
        items=[message_out(message, row, others) for message in messages],
        timing=[
            Advised(
                words=f"{one.words}: until {day_words(own_day(row) + timedelta(days=one.until_days))}.",
                source=Source(name=one.name, address=one.address),
            )
            for one in guides().timing_for(row.applying_to)
        ],
        thanks_blocked=_thanks_blocked(row, now),
        advice={kind: _advice(kind, row.applying_to) for kind in _ADVICE},
        update_words=_update_words(messages, row),
    )


def message_with_likes(
    session: Session, person: str, row: ScheduledInterview, message: Message
) -> MessageOut:
    """One message, compared with the others to the same programme."""
    return message_out(message, row, _to_the_same_programme(session, person, row))


def message_out(message: Message, row: ScheduledInterview, others: Sequence[Message]) -> MessageOut:
    """One message.

    Args:
        others: all messages to the same programme; its own and those to the same person are left out here.
    """
    email = next((each.email for each in recipients_of(row) if each.id == message.recipient), None)
    shown = draft_out(row, message.kind, message.text, email)
    return MessageOut(
        **shown.model_dump(),
        id=message.id,
        kind=message.kind,  # type: ignore[arg-type]
        recipient=message.recipient,
        recipient_name=message.recipient_name,
        specifics=message.specifics,
        alike=[_alike(other) for other in others if _has_same_words(message, other, row)],
        sent_at=message.sent_at,
        sent_words=_sent_words(message, row),
    )


def draft_out(row: ScheduledInterview, kind: str, text: str, email: str | None) -> DraftOut:
    """A text with what can be done with it.

    Args:
        email: of the recipient; None if it is not known.
    """
    ready = is_sendable(row, kind, text)
    line = subject(row, kind)
    link = mail_link(email, line, text) if ready and email else None
    return DraftOut(
        text=text,
        subject=line,
        ready=ready,
        not_ready_words=None if ready else _not_ready_words(row, kind, text),
        mailto=link,
        mailto_words=_mailto_words(email) if ready and link is None else None,
    )


_ADVICE: Sequence[AdviceOn] = ("thank_you", "question", "update", "second_look", "privacy")


def _advice(what: AdviceOn, applying_to: str) -> list[Advised]:
    return [
        Advised(
            words=one.words,
            source=None
            if one.name is None or one.address is None
            else Source(name=one.name, address=one.address),
        )
        for one in guides().advice_on(what, applying_to)
    ]


def _thanks_blocked(row: ScheduledInterview, now: datetime) -> str | None:
    if row.no_thanks_wanted:
        return "This programme asked for no thank-you notes. Please send none."
    if begins_at(row) > now:
        return "A thank-you comes after the interview. You can write it then."
    return None


def _not_ready_words(row: ScheduledInterview, kind: str, text: str) -> str:
    if kind == "thank_you" and row.no_thanks_wanted:
        return "This programme asked for no thank-you notes. Please send none."
    if not text.strip():
        return "This message is still empty."
    return "Fill the gaps in [square brackets] first. Then you can copy or send it."


def _mailto_words(email: str | None) -> str:
    if not email:
        return "There is no e-mail address for this person. Copy the words instead."
    return "This is too long for a link to a mail program. Copy the words instead."


def _update_words(messages: Sequence[Message], row: ScheduledInterview) -> str | None:
    sent = [
        message.sent_at for message in messages if message.kind == "update" and message.sent_at is not None
    ]
    if not sent:
        return None
    day = day_words(_own_date(max(sent), row))
    return f"You sent an update on {day}. Send another only for something else that is new."


def _to_the_same_programme(session: Session, person: str, row: ScheduledInterview) -> Sequence[Message]:
    found = session.execute(
        select(Message, ScheduledInterview.programme)
        .join(ScheduledInterview, Message.scheduled_interview_id == ScheduledInterview.id)
        .where(ScheduledInterview.person_id == person)
        .order_by(Message.created_at, Message.id)
    )
    name = _plain(row.programme)
    return [message for message, programme in found if _plain(programme) == name]


def _has_same_words(message: Message, other: Message, row: ScheduledInterview) -> bool:
    if other.id == message.id or _recipient(other) == _recipient(message):
        return False
    names = [message.recipient_name or "", other.recipient_name or "", row.programme]
    return are_same_words(message.text, other.text, left_out=names)


def _recipient(message: Message) -> str:
    """Whom it is for: by name, since one person of two interviews has two ids."""
    return _plain(message.recipient_name or message.recipient or "")


def _sent_words(message: Message, row: ScheduledInterview) -> str | None:
    if message.sent_at is None:
        return None
    return f"You marked this as sent on {day_words(_own_date(message.sent_at, row))}."


def _own_date(moment: datetime, row: ScheduledInterview) -> date:
    return moment.astimezone(ZoneInfo(row.own_time_zone)).date()


def _alike(other: Message) -> Alike:
    name = other.recipient_name or "someone else"
    return Alike(
        message=other.id,
        recipient_name=other.recipient_name,
        words=f"Your message to {name} has nearly the same words. People of one programme may compare them.",
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
