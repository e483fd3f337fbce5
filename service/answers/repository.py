"""All queries of a person's answers. No other module reads answers without naming the person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from service.advising.departure import end_submissions, remove_advising_data
from service.answers import defaults as filling
from service.answers.changes import next_change
from service.answers.practice_sessions import PracticeSessions
from service.answers.sound import choice_of, choose_sound
from service.answers.tags import has_tag, set_tags
from service.db import models
from service.db.advising_models import AdvisingChange, CannedComment, CohortMember, Rubric, Submission
from service.db.models import (
    Answer,
    Chunk,
    Deletion,
    Favourite,
    Focus,
    Interview,
    OwnQuestion,
    Person,
    PracticeSession,
    QuestionNotes,
    StageResult,
)
from service.db.preparation_models import OwnQuestionToAsk, ScheduledInterview, SetupCheck, SetupStill
from service.interviews.interviews import join_interview
from service.jobs.enqueue import enqueue_analysis
from service.people.quotas import require_quota
from service.practice.choice import Choice
from service.problems import InvalidRequest, NotFound
from service.recordings.storage import StoredChunk
from service.schemas import AnswerChanges, NewAnswer

DELETED_WITH_A_PERSON = (
    Interview,
    PracticeSession,
    OwnQuestion,
    Favourite,
    Focus,
    QuestionNotes,
    ScheduledInterview,
    OwnQuestionToAsk,
    SetupCheck,
    SetupStill,
    Submission,
    CannedComment,
    Rubric,
    CohortMember,
    AdvisingChange,
)
"""Tables whose rows belong to a person; what belongs to one of these rows goes with it."""

_IDS_AT_ONCE = 500
"""Values in one query, fewer than any database allows."""

_DELETIONS_KEPT = timedelta(days=1)
"""How long a sleeping page can still learn which answers were deleted."""


class Answers:
    """One person's answers within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person
        self._sessions = PracticeSessions(session, person)

    def get(self, answer: str) -> Answer:
        """One answer.

        Raises:
            NotFound: this person has no such answer.
        """
        row = self._session.scalar(
            select(Answer).where(Answer.id == answer, Answer.person_id == self._person)
        )
        if row is None:
            raise NotFound("There is no such answer. It may have been deleted.")
        return row

    def listed(
        self,
        *,
        session: str | None = None,
        tag: str | None = None,
        unfinished: bool = False,
    ) -> Select[Answer]:
        """Selects answers for a list, in no order.

        Args:
            session: only answers of this session.
            tag: only answers with this tag.
            unfinished: only recordings made in the browser that were never finished.
        """
        # A recording without any chunk has nothing to show.
        begun = or_(Answer.source != "recording", Answer.intake == "complete", Answer.chunk_count > 0)
        mine = [Answer.person_id == self._person, begun]
        if session is not None:
            mine.append(Answer.session_id == session)
        if tag is not None:
            mine.append(has_tag(tag))
        if unfinished:
            mine += [Answer.source == "recording", Answer.intake.in_(("receiving", "interrupted"))]
        return select(Answer).where(*mine)

    def list_all(self) -> Sequence[Answer]:
        """All answers, oldest first."""
        query = select(Answer).where(Answer.person_id == self._person)
        return self._session.scalars(query.order_by(Answer.created_at, Answer.id)).all()

    def result(self, answer: str, stage: str) -> str | None:
        """The saved result of a stage, as JSON; None if there is none."""
        return self._session.scalar(
            select(StageResult.result)
            .join(Answer)
            .where(Answer.person_id == self._person, Answer.id == answer, StageResult.stage == stage)
        )

    def chunk_numbers(self, answer: str) -> Sequence[int]:
        """The numbers of the stored chunks of an answer, in order."""
        return self._session.scalars(
            select(Chunk.number)
            .join(Answer)
            .where(Answer.person_id == self._person, Answer.id == answer)
            .order_by(Chunk.number)
        ).all()

    def chunks(self, answer: str) -> Sequence[Chunk]:
        """The stored chunks of an answer, in order."""
        return self._session.scalars(
            select(Chunk)
            .join(Answer)
            .where(Answer.person_id == self._person, Answer.id == answer)
            .order_by(Chunk.number)
        ).all()

    def stored_chunks(self, answer: str) -> Sequence[StoredChunk]:
        """The chunks of an answer in order, as the storage wants them named."""
        return [StoredChunk(chunk.size, chunk.object_key) for chunk in self.chunks(answer)]

    def last_change(self) -> int:
        """The current value of the change counter."""
        return self._session.scalar(select(Person.changes).where(Person.id == self._person)) or 0

    def changed_after(self, sequence: int) -> Sequence[Answer]:
        """The answers that were changed after a number of the change counter, in that order."""
        return self._session.scalars(
            select(Answer)
            .where(Answer.person_id == self._person, Answer.sequence > sequence)
            .order_by(Answer.sequence)
        ).all()

    def deleted_after(self, sequence: int) -> Sequence[Deletion]:
        """The answers that were deleted after a number of the change counter, in that order."""
        return self._session.scalars(
            select(Deletion)
            .where(Deletion.person_id == self._person, Deletion.sequence > sequence)
            .order_by(Deletion.sequence)
        ).all()

    def create(self, new: NewAnswer, choice: Choice | None = None) -> Answer:
        """Creates an answer that waits for its chunks, or returns the one that this request has made before.

        Args:
            choice: the question and the format that `new` names, looked up.

        Raises:
            InvalidRequest: the identifier is taken.
            service.people.quotas.QuotaReached: the person has recorded as much as the office allows.
        """
        if new.id is not None and (made := self._session.get(Answer, new.id)) is not None:
            if made.person_id != self._person:
                raise InvalidRequest("This identifier is taken. Nothing was stored. Choose another one.")
            return made
        require_quota(self._session, self._person)
        answer = Answer(id=new.id or models.new_identifier(), person_id=self._person, tags=[])
        self._fill(answer, new, choice or Choice())
        self._session.add(answer)
        self.touch(answer)
        self._session.flush()
        return answer

    def replace_description(self, answer: str, new: NewAnswer) -> Answer:
        """Replaces the description that the answer was created with."""
        row = self.get(answer)
        self._fill(row, new, Choice())
        self.touch(row)
        return row

    def change(self, answer: str, changes: AnswerChanges) -> Answer:
        """Changes the fields that are set in `changes`.

        If the span moved, or another sound of the recording is to be measured, it is queued for that.
        """
        row = self.get(answer)
        given = changes.model_fields_set
        if "title" in given:
            row.title = changes.title or filling.title_from(row.file_name, row.question)
        # A question that is sent again unchanged stays linked to the bank.
        if "question" in given and changes.question != row.question:
            filling.ask(self._session, row, changes.question, None)
        if "notes" in given:
            row.notes = changes.notes
        if "reflection" in given:
            row.reflection = None if changes.reflection is None else changes.reflection.model_dump()
        if "bullets_seconds" in given:
            row.bullets_seconds = changes.bullets_seconds
        if "session" in given:
            before = row.session_id
            row.session = self._sessions.named(changes.session)
            self._session.flush()
            if row.session_id != before:
                row.interview_id = None
            self._sessions.drop_if_empty(before)
        if "tags" in given:
            set_tags(row, changes.tags)
        if "span" in given:
            self._mark_span(row, changes)
        if {"track", "channel"} & given:
            self._choose_sound(row, changes)
        self.touch(row)
        return row

    def retry(self, answer: str) -> Answer | None:
        """Queues an answer again if its analysis failed; returns None otherwise."""
        row = self.get(answer)
        if row.work_state != "failed":
            return None
        enqueue_analysis(self._session, row)
        return row

    def find(self, answer: str) -> Sequence[Answer]:
        """The answer, or an empty list if it does not exist."""
        return self._session.scalars(
            select(Answer).where(Answer.id == answer, Answer.person_id == self._person)
        ).all()

    def delete(self, answers: Sequence[Answer]) -> None:
        """Deletes rows. The caller deletes their files after the commit."""
        end_submissions(self._session, [row.id for row in answers])
        for row in answers:
            sequence = self._next_change()
            self._session.add(Deletion(person_id=self._person, sequence=sequence, answer_id=row.id))
            session = row.session_id
            self._session.execute(
                update(Answer)
                .where(Answer.person_id == self._person, Answer.follow_up_of == row.id)
                .values(follow_up_of=None)
            )
            self._session.execute(delete(Answer).where(Answer.id == row.id))
            self._sessions.drop_if_empty(session)
        self._forget_deletions()

    def delete_session(self, session: str) -> Sequence[Answer]:
        """Deletes a session and its answers, and returns those answers.

        Raises:
            NotFound: this person has no such session.
        """
        self._sessions.require(session)
        # Also one that still goes on.
        self._session.execute(delete(Interview).where(Interview.session_id == session))
        answers = [row for row in self.list_all() if row.session_id == session]
        self.delete(answers)
        self._session.execute(delete(PracticeSession).where(PracticeSession.id == session))
        return answers

    def delete_account_data(self) -> Sequence[Answer]:
        """Deletes all of the person's data and returns the deleted answers."""
        answers = self.list_all()
        self.delete(answers)
        remove_advising_data(self._session, self._person)
        for table in DELETED_WITH_A_PERSON:
            self._session.execute(delete(table).where(table.person_id == self._person))
        self._session.execute(update(Person).where(Person.id == self._person).values(preferences=None))
        return answers

    def mark_samples_given(self) -> bool:
        """Marks that this person has been given the samples. True only the first time."""
        marked = self._session.execute(
            update(Person)
            .where(Person.id == self._person, Person.samples_given.is_(False))
            .values(samples_given=True)
            .returning(Person.id)
        )
        return marked.first() is not None

    def touch(self, answer: Answer) -> None:
        """Records that an answer changed, for the event stream."""
        answer.sequence = self._next_change()

    def _fill(self, row: Answer, new: NewAnswer, choice: Choice) -> None:
        filling.fill(self._session, row, new, choice)
        row.session = self._sessions.named(new.session)
        if new.interview is not None:
            join_interview(self._session, row, new.interview)

    def _forget_deletions(self) -> None:
        forgotten = self._session.scalars(
            delete(Deletion)
            .where(Deletion.person_id == self._person, Deletion.deleted_at < models.now() - _DELETIONS_KEPT)
            .returning(Deletion.sequence)
        ).all()
        if forgotten:
            self._session.execute(
                update(Person).where(Person.id == self._person).values(deletions_forgotten=max(forgotten))
            )

    def _next_change(self) -> int:
        return next_change(self._session, self._person)

    def _mark_span(self, row: Answer, changes: AnswerChanges) -> None:
        span = changes.span
        if span is not None and row.duration is not None and span.start >= row.duration:
            raise InvalidRequest("The answer cannot start after the end of the recording.")
        row.span_start = None if span is None else span.start
        row.span_end = None if span is None else span.end
        row.span_version += 1
        if row.work_state == "ready":
            enqueue_analysis(self._session, row)

    def _choose_sound(self, row: Answer, changes: AnswerChanges) -> None:
        asked = changes.model_dump(include={"track", "channel"} & changes.model_fields_set)
        changed = choose_sound(self._session, row, replace(choice_of(row), **asked))
        if changed and row.work_state in {"ready", "failed"}:
            enqueue_analysis(self._session, row)


def with_files_among(session: Session, answers: Sequence[str]) -> set[str]:
    """Which of these answers, of any person, may have files; used to remove leftover ones."""
    return _among(session, answers, select(Answer.id).where(Answer.recording_deleted_at.is_(None)), Answer.id)


def without_files_among(session: Session, answers: Sequence[str]) -> set[str]:
    """Which of these answers somebody has deleted lately, or an office that no longer keeps them."""
    deleted = _among(session, answers, select(Deletion.answer_id), Deletion.answer_id)
    expired = select(Answer.id).where(Answer.recording_deleted_at.is_not(None))
    return deleted | _among(session, answers, expired, Answer.id)


def _among(
    session: Session,
    answers: Sequence[str],
    query: Select[str],
    column: InstrumentedAttribute[str],
) -> set[str]:
    found: set[str] = set()
    for first in range(0, len(answers), _IDS_AT_ONCE):
        found.update(session.scalars(query.where(column.in_(answers[first : first + _IDS_AT_ONCE]))))
    return found
