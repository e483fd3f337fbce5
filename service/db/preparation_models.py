"""Tables of what a person prepares for: the interviews they are invited to, and the set-up check."""

import datetime as dt
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from service.db.columns import UtcDateTime
from service.db.models import Base, new_identifier, now


class ScheduledInterview(Base):
    """An interview that a school or a programme has invited a person to.

    `date` and `time` are those of the programme's `time_zone`; without a time, only the day is known.
    `interviewers` have `id`, `name`, `role` and `email`; `confirmations` have `way` and `on`; `specifics`
    have `id`, `kind` and `text`. `questions_to_ask` are ids. `rank` counts from 1; null is not ranked.
    `demo` marks what a script made, to try things out.
    """

    __tablename__ = "scheduled_interviews"
    __table_args__ = (Index(None, "person_id", "date"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    applying_to: Mapped[str] = mapped_column(String(16))
    programme: Mapped[str] = mapped_column(String(200))
    specialty: Mapped[str | None] = mapped_column(String(64))
    date: Mapped[dt.date] = mapped_column(Date)
    time: Mapped[dt.time | None] = mapped_column(Time)
    minutes: Mapped[int | None] = mapped_column(Integer)
    time_zone: Mapped[str] = mapped_column(String(64))
    own_time_zone: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(16))
    platform: Mapped[str | None] = mapped_column(String(100))
    link: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    coordinator: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    interviewers: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    notes: Mapped[str | None] = mapped_column(Text)
    confirmations: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    cancelled: Mapped[bool] = mapped_column(Boolean, default=False)
    specifics: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    questions_to_ask: Mapped[list[str]] = mapped_column(JSON, default=list)
    no_thanks_wanted: Mapped[bool] = mapped_column(Boolean, default=False)
    second_look_invited: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[int | None] = mapped_column(Integer)
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class CompletedPlanStep(Base):
    """A step of the plan for an interview that the person marked as done."""

    __tablename__ = "completed_plan_steps"

    scheduled_interview_id: Mapped[str] = mapped_column(
        ForeignKey("scheduled_interviews.id", ondelete="CASCADE"), primary_key=True
    )
    step: Mapped[str] = mapped_column(String(64), primary_key=True)
    completed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Impression(Base):
    """What a person thought of a programme after the interview.

    `scales` are values from 1 to 5 by name; the person names up to five scales (`Preferences`).
    """

    __tablename__ = "impressions"

    scheduled_interview_id: Mapped[str] = mapped_column(
        ForeignKey("scheduled_interviews.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str | None] = mapped_column(Text)
    scales: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class Message(Base):
    """A thank-you, a question or an update to somebody of a programme. The person sends it; Greenroom cannot.

    `recipient` is the id of one of the interviewers, null for the coordinator. `specifics` are what the
    person said was talked about.
    """

    __tablename__ = "messages"
    __table_args__ = (Index(None, "scheduled_interview_id"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    scheduled_interview_id: Mapped[str] = mapped_column(
        ForeignKey("scheduled_interviews.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(16))
    recipient: Mapped[str | None] = mapped_column(String(24))
    recipient_name: Mapped[str | None] = mapped_column(String(100))
    specifics: Mapped[list[str]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OwnQuestionToAsk(Base):
    """A question that a person wrote to ask at an interview."""

    __tablename__ = "own_questions_to_ask"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    topic: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SetupCheck(Base):
    """The latest result of one item of the set-up check. `value` is what was measured or typed."""

    __tablename__ = "setup_checks"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    value: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class SetupStill(Base):
    """A still picture of oneself before the camera: outfit, light and background."""

    __tablename__ = "setup_stills"
    __table_args__ = (Index(None, "person_id", "taken_at"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    note: Mapped[str | None] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(String(32))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
