"""Tables. Every row that holds something of a person's has that person's id, or belongs to a row that has.

Large results are in `stage_results`, so that a list of answers never reads them.
"""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from service.db.columns import FOLDED_LENGTH, UtcDateTime, folded_tag

LOCAL_PERSON = "local"
"""The only person, as long as there is no sign-in."""


def new_identifier() -> str:
    """96 random bits in hexadecimal: cannot be guessed, and is valid in a file name and a URL."""
    return secrets.token_hex(12)


def now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Names every constraint, so that a later migration can refer to it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Person(Base):
    """A person, whose rows the others are.

    `changes` counts every change to this person's answers; it orders the event stream. Deletions up to
    `deletions_forgotten` can no longer be reported. `preferences` is a `service.schemas.Preferences`; missing
    fields have their default. `turn_at` is when a worker last took up an answer of theirs, in seconds since
    1970 by the database's clock: those whose turn is longest ago are next.
    """

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    changes: Mapped[int] = mapped_column(BigInteger, default=0)
    deletions_forgotten: Mapped[int] = mapped_column(BigInteger, default=0)
    samples_given: Mapped[bool] = mapped_column(Boolean, default=False)
    preferences: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    turn_at: Mapped[float | None] = mapped_column(Float)


class PracticeSession(Base):
    """A group of answers, with a name that the person gave it."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Answer(Base):
    """One practice answer, without its report.

    `span_version` counts what the person changed about how it is measured: the marked span and corrections.
    `track` and `channel` are what the person chose to have measured of its sound, and `sound_version` is the
    `span_version` of that choice: earlier results are of another sound. `media_version` is the one for which
    the playable copy was made. `set_aside` holds spans and corrections of sounds that are not chosen now.
    `corrections` are `analysis.report.Correction`s, `facts` the `analysis.trends.models.TakeFacts` of
    its report.
    `scheduled_interview_id` is the interview that the answer was practised for, and `specifics_said` what the
    person said about which of its programme's specifics are in the answer, by their ids.
    `recording_deleted_at`: the office does not keep recordings any longer; the report is still here.
    `work_state` to `error_text` are what pages show of its analysis; which worker runs it is in `jobs`.
    """

    __tablename__ = "answers"
    __table_args__ = (
        Index(None, "person_id", "created_at", "id"),
        Index(None, "person_id", "session_id", "created_at", "id"),
        Index(None, "session_id"),
        Index(None, "intake", "received_at"),
        Index(None, "person_id", "sequence"),
        Index(None, "person_id", "question_id"),
        Index(None, "interview_id"),
        Index(None, "scheduled_interview_id"),
        Index(None, "assignment_id"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)

    title: Mapped[str] = mapped_column(String(300))
    question: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(String(255))
    source: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    span_start: Mapped[float | None] = mapped_column(Float)
    span_end: Mapped[float | None] = mapped_column(Float)
    span_version: Mapped[int] = mapped_column(Integer, default=0)
    corrections: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    first_language: Mapped[str | None] = mapped_column(String(64))
    track: Mapped[int | None] = mapped_column(Integer)
    channel: Mapped[str | None] = mapped_column(String(8))
    sound_version: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    media_version: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    set_aside: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    # How it was practised. A format may be changed or removed later, so its details are copied here.
    # `aim` is {"low", "high", "of"}: seconds, and `question` or `format`, whichever it comes from.
    question_id: Mapped[str | None] = mapped_column(String(64))
    take: Mapped[int | None] = mapped_column(Integer)
    format_id: Mapped[str | None] = mapped_column(String(64))
    format_name: Mapped[str | None] = mapped_column(String(200))
    timing: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    aim: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    capture: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    paused_at: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    reflection: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    notes: Mapped[str | None] = mapped_column(Text)

    # Its place in an interview. `follow_up_of` is the answer that was asked about; `asked` what was asked,
    # and why. `bullets` and `plan` are what the person had written down for this take.
    interview_id: Mapped[str | None] = mapped_column(String(24))
    part: Mapped[str | None] = mapped_column(String(16))
    follow_up_of: Mapped[str | None] = mapped_column(String(24))
    asked: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    bullets: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    bullets_seconds: Mapped[float | None] = mapped_column(Float)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    scheduled_interview_id: Mapped[str | None] = mapped_column(String(24))
    specifics_said: Mapped[dict[str, bool] | None] = mapped_column(JSON(none_as_null=True))

    # The assignment that it was given for, and the number of that question of it. The rules are those of the
    # assignment when the answer was begun: `figures` that are shown, and `reflect_first`.
    assignment_id: Mapped[str | None] = mapped_column(String(24))
    assignment_question: Mapped[int | None] = mapped_column(Integer)
    assignment_rules: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    intake: Mapped[str] = mapped_column(String(16), default="receiving")
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    chunk_count: Mapped[int] = mapped_column(Integer, default=0)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)

    work_state: Mapped[str] = mapped_column(String(16), default="waiting")
    work_stage: Mapped[str | None] = mapped_column(String(16))
    progress_done: Mapped[float | None] = mapped_column(Float)
    progress_total: Mapped[float | None] = mapped_column(Float)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_text: Mapped[str | None] = mapped_column(Text)

    duration: Mapped[float | None] = mapped_column(Float)
    recording_deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    media_file: Mapped[str | None] = mapped_column(String(64))
    media_type: Mapped[str | None] = mapped_column(String(64))
    peaks_ready: Mapped[bool] = mapped_column(Boolean, default=False)
    transcript_ready: Mapped[bool] = mapped_column(Boolean, default=False)
    report_ready: Mapped[bool] = mapped_column(Boolean, default=False)
    summary: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    facts: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    session: Mapped[PracticeSession | None] = relationship(lazy="joined")
    tags: Mapped[list["AnswerTag"]] = relationship(
        lazy="selectin", order_by="AnswerTag.folded", passive_deletes=True, cascade="all, delete-orphan"
    )


class Interview(Base):
    """A mock interview: what was planned, how far it has come, and what a person who asks wants next.

    It is deleted with its session, and so with the last of its answers. `choices` is a
    `service.interviews.schemas.Choices`, `steps` a list of `Step`, and `position` the index of the step that
    is going on. `live` is what the page of the applicant does at this moment, `command` the last request of
    a person who takes the part of the interviewer. `sequence` is of the counter of `Person.changes`.
    """

    __tablename__ = "interviews"
    __table_args__ = (
        Index(None, "person_id", "created_at"),
        Index(None, "person_id", "sequence"),
        Index(None, "session_id"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    session_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    format_id: Mapped[str] = mapped_column(String(64))
    format_name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    choices: Mapped[dict[str, Any]] = mapped_column(JSON)
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer, default=0)
    live: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    command: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sequence: Mapped[int] = mapped_column(BigInteger, default=0)

    session: Mapped[PracticeSession | None] = relationship(lazy="joined")


class Remark(Base):
    """What a person who listened noted down about an answer. `at` is in seconds of the recording."""

    __tablename__ = "remarks"
    __table_args__ = (Index(None, "answer_id", "at"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    at: Mapped[float] = mapped_column(Float)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class QuestionNotes(Base):
    """What a person wrote down before answering a question: three short fields, and bullets to glance at."""

    __tablename__ = "question_notes"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    acknowledge: Mapped[str | None] = mapped_column(Text)
    context: Mapped[str | None] = mapped_column(Text)
    learned: Mapped[str | None] = mapped_column(Text)
    bullets: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class Job(Base):
    """The job that analyses an answer (`service.jobs.queue`).

    An answer without any bytes may have none, and a sample that came analysed has none.

    `attempt` counts the attempts that were begun. Times are seconds since 1970 by the database's clock, and
    compared with it alone. `reanalysis_requested`: every stage is to be run again with this build.
    `work_seconds` is how long the last attempt that transcribed took, and `finished_at` when it ended.
    It holds nothing of the person's, so it is deleted with the answer and not exported.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "state"),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    worker: Mapped[str | None] = mapped_column(String(200))
    claimed_at: Mapped[float | None] = mapped_column(Float)
    lease_until: Mapped[float | None] = mapped_column(Float)
    crashes: Mapped[int] = mapped_column(Integer, default=0)
    reanalysis_requested: Mapped[bool] = mapped_column(Boolean, default=False)
    work_seconds: Mapped[float | None] = mapped_column(Float)
    finished_at: Mapped[float | None] = mapped_column(Float)


class Worker(Base):
    """A worker process on one of several machines (`service.jobs.worker_processes`).

    Times are seconds since 1970 by the database's clock.
    """

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    machine: Mapped[str] = mapped_column(String(200))
    started_at: Mapped[float] = mapped_column(Float)
    seen_at: Mapped[float] = mapped_column(Float)


class Chunk(Base):
    """One stored piece of a recording. The bytes are in the storage, their checksum here.

    `object_key` is where an object store keeps it; None in a folder and for an empty chunk.
    """

    __tablename__ = "chunks"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    object_key: Mapped[str | None] = mapped_column(String(200))


class StageResult(Base):
    """The result of one stage, as JSON.

    `span_version` tells for which marked span the report was measured.
    """

    __tablename__ = "stage_results"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16), primary_key=True)
    analysis_version: Mapped[str] = mapped_column(String(32))
    span_version: Mapped[int] = mapped_column(Integer, default=0)
    result: Mapped[str] = mapped_column(Text)


class AnswerTag(Base):
    """A word that a person put on an answer to find it again.

    `tag` is as it was typed; `folded` is its case-folded form, used in comparisons.
    """

    __tablename__ = "answer_tags"
    __table_args__ = (Index(None, "folded"),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(String(FOLDED_LENGTH), primary_key=True, default=folded_tag)
    tag: Mapped[str] = mapped_column(String(64))


class TranscriptText(Base):
    """The text of a transcript, for the person's search. Migrations add a full-text index of it."""

    __tablename__ = "transcript_texts"

    number: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), unique=True)
    text: Mapped[str] = mapped_column(Text)


class WindowResult(Base):
    """The transcription of one window of a recording, as JSON, saved while the rest is still being recorded.

    Times are whole milliseconds from the start of the recording, so that a window is found again exactly.
    """

    __tablename__ = "window_results"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    start_ms: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    end_ms: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    analysis_version: Mapped[str] = mapped_column(String(32))
    result: Mapped[str] = mapped_column(Text)


class OwnQuestion(Base):
    """A question that a person wrote. Its aim is in seconds; either both ends are set or neither.

    `application_line` is the line of the person's application that it asks about, if it was made from one.
    """

    __tablename__ = "own_questions"
    __table_args__ = (Index(None, "person_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(64))
    structure: Mapped[str | None] = mapped_column(String(64))
    aim_low: Mapped[float | None] = mapped_column(Float)
    aim_high: Mapped[float | None] = mapped_column(Float)
    listens_for: Mapped[str | None] = mapped_column(Text)
    application_section: Mapped[str | None] = mapped_column(String(64))
    application_line: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Favourite(Base):
    """A question, from the bank or the person's own, that a person marked as a favourite."""

    __tablename__ = "favourites"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Focus(Base):
    """The one measure that a person works on in a week, chosen beforehand.

    `week` is its Monday. `plan` and `went` are written by the person.
    """

    __tablename__ = "focuses"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    measure: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str | None] = mapped_column(Text)
    went: Mapped[str | None] = mapped_column(Text)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Deletion(Base):
    """A deleted answer, for pages that were not connected at that moment. Removed after a while."""

    __tablename__ = "deletions"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    answer_id: Mapped[str] = mapped_column(String(24))
    deleted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
