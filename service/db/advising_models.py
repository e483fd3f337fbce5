"""Tables of submissions to advisers, comments, rubrics, cohorts and assignments.

What a person gave to another stays with that person when the giver's account is deleted, without the giver's
name: columns that name the giver become null then. Everything else goes with the account.
"""

import datetime as dt
from datetime import datetime
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
    LargeBinary,
    String,
    Text,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column

from service.db.columns import UtcDateTime
from service.db.models import Base, new_identifier, now


class Cohort(Base):
    """A group of applicants with its advisers. `demo` marks what a script made, to try things out."""

    __tablename__ = "cohorts"

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    name: Mapped[str] = mapped_column(String(200))
    demo: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class CohortMember(Base):
    """An applicant or an adviser of a cohort; which of both is the role of the account."""

    __tablename__ = "cohort_members"
    __table_args__ = (Index(None, "person_id"),)

    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Rubric(Base):
    """An adviser's own criteria. `criteria` have `id`, `name` and `levels`: the words for 1 to 5."""

    __tablename__ = "rubrics"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class Assignment(Base):
    """What a cohort is asked to practise.

    `questions` have `number`, `text` and `question_id`. `due_date` and `due_time` are those of `due_zone`,
    and `due_at` is that moment. `figures` are those of the four main figures that are shown. `rubric` is a
    copy, so that it stays as it was when the adviser changes or deletes theirs.
    """

    __tablename__ = "assignments"
    __table_args__ = (Index(None, "cohort_id"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(200))
    instructions: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    format_id: Mapped[str | None] = mapped_column(String(64))
    due_date: Mapped[dt.date | None] = mapped_column(Date)
    due_time: Mapped[dt.time | None] = mapped_column(Time)
    due_zone: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int | None] = mapped_column(Integer)
    figures: Mapped[list[str]] = mapped_column(JSON)
    reflect_first: Mapped[bool] = mapped_column(Boolean, default=False)
    rubric: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class Submission(Base):
    """An answer that a person submitted to advisers.

    `until_date` is the last day on which they may see it, in `time_zone`, and `until` the end of that day.
    `assignment_title` stays when the assignment is deleted.
    """

    __tablename__ = "submissions"
    __table_args__ = (Index(None, "answer_id"), Index(None, "person_id"), Index(None, "assignment_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignments.id", ondelete="SET NULL"))
    assignment_title: Mapped[str | None] = mapped_column(String(200))
    message: Mapped[str | None] = mapped_column(Text)
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    time_zone: Mapped[str] = mapped_column(String(64))
    until_date: Mapped[dt.date | None] = mapped_column(Date)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SubmissionAdviser(Base):
    """An adviser whom a submission names. `returned_at` is null while the review goes on.

    `ended_at`: they were in no cohort together any more. Being in one again does not bring it back.
    """

    __tablename__ = "submission_advisers"
    __table_args__ = (Index(None, "adviser_id"),)

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    adviser_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Comment(Base):
    """A comment on a moment of an answer. Times are seconds of the recording.

    The author is `author_id`, or `author_name` where the comment was imported from a file; a comment with
    neither is by a former adviser. The applicant sees it from `given_at` on. `imported_from` identifies the
    comment in the file that it came from.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("answer_id", "imported_from"),
        Index(None, "answer_id", "at"),
        Index(None, "submission_id"),
        Index(None, "author_id"),
    )

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submissions.id", ondelete="SET NULL"))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    author_name: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[float] = mapped_column(Float)
    end: Mapped[float | None] = mapped_column(Float)
    text: Mapped[str | None] = mapped_column(Text)
    voice: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    voice_type: Mapped[str | None] = mapped_column(String(32))
    figure: Mapped[str | None] = mapped_column(String(16))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    imported_from: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class CommentReply(Base):
    """A reply to a comment, by the applicant or the adviser; without `author_id`, by a former adviser."""

    __tablename__ = "comment_replies"
    __table_args__ = (Index(None, "comment_id"), Index(None, "author_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    comment_id: Mapped[str] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class CannedComment(Base):
    """A comment that an adviser wrote to use again."""

    __tablename__ = "canned_comments"
    __table_args__ = (Index(None, "person_id"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    figure: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class RubricResult(Base):
    """What an adviser chose in a rubric for a submission.

    `rubric` is a copy of the criteria, and `scores` are 1 to 5 by the ids of criteria. The applicant sees it
    from `given_at` on.
    """

    __tablename__ = "rubric_results"
    __table_args__ = (Index(None, "answer_id"), Index(None, "submission_id"), Index(None, "author_id"))

    id: Mapped[str] = mapped_column(String(24), primary_key=True, default=new_identifier)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submissions.id", ondelete="SET NULL"))
    author_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    rubric: Mapped[dict[str, Any]] = mapped_column(JSON)
    scores: Mapped[dict[str, int]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)


class AdvisingChange(Base):
    """Something between an applicant and an adviser that changed, for the pages of one of them.

    `sequence` is of the counter of `Person.changes`. It is removed after a while.
    """

    __tablename__ = "advising_changes"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(24))
    answer_id: Mapped[str | None] = mapped_column(String(24))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
