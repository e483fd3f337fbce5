"""A person's mock interviews: planned, taken up again, and ended.

An interview is stored when it begins. It gets its session with its first answer, and goes with its last.
"""

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from service.answers.changes import next_change
from service.answers.practice_sessions import PracticeSessions
from service.answers.preferences import preferences_of
from service.db import models
from service.db.models import Answer, Interview
from service.interviews import schemas
from service.interviews.drawing import draw, fits
from service.interviews.plan import APOLOGY_MAXIMUM, PART_AIMS, longest, plan_interview
from service.practice.formats import Format, interview_of
from service.practice.interview_lines import interview_lines
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.practice.schemas import Question
from service.problems import InvalidRequest, NotFound
from service.schemas import FormatReference, SessionReference

_UNUSED_AFTER = timedelta(hours=1)
"""An interview without an answer may still be at its first question."""

_NO_SUCH = "There is no such interview. It may have been deleted."


class Interviews:
    """One person's interviews within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person

    def get(self, identifier: str) -> Interview:
        """One interview.

        Raises:
            NotFound: this person has no such interview.
        """
        row = self._session.scalar(
            select(Interview).where(Interview.id == identifier, Interview.person_id == self._person)
        )
        if row is None:
            raise NotFound(_NO_SUCH)
        return row

    def list_all(self, limit: int | None = None) -> Sequence[Interview]:
        """The interviews with an answer, newest first: `limit` of them, or all."""
        return self._session.scalars(
            select(Interview)
            .where(Interview.person_id == self._person, Interview.session_id.is_not(None))
            .order_by(Interview.created_at.desc(), Interview.id)
            .limit(limit)
        ).all()

    def changed_after(self, sequence: int) -> Sequence[Interview]:
        """The interviews that were changed after a number of the change counter, in that order."""
        return self._session.scalars(
            select(Interview)
            .where(Interview.person_id == self._person, Interview.sequence > sequence)
            .order_by(Interview.sequence)
        ).all()

    def create(self, new: schemas.NewInterview, given: Format, random: Random) -> Interview:
        """Plans an interview and stores it.

        Args:
            given: the format that `new` names.
            random: source of chance.

        Raises:
            InvalidRequest: this format is no interview, or there is no question to ask.
        """
        interview = interview_of(given)
        if interview is None:
            raise InvalidRequest("This format has one question only. Choose one with several.")
        pool = self._pool(new.choices, given)
        if not pool:
            raise InvalidRequest("There is no question to ask here yet. Choose other questions.")
        everything = new.choices.source == "all"
        now = models.now()
        drawn = draw(
            pool,
            _slots(interview.kinds, new.choices.kinds) if everything else (),
            new.choices.questions or given.questions,
            last_asked=self._last_asked(),
            now=now,
            random=random,
        )
        self._forget_unused()
        row = Interview(
            person_id=self._person,
            name=new.name or f"{given.name}, {now:%d %B %Y, %H:%M:%S}",
            format_id=given.id,
            format_name=given.name,
            created_at=now,
            choices={
                **new.choices.model_dump(),
                "repeated": drawn.repeated,
                "most_follow_ups": interview.follow_ups if new.choices.follow_ups else 0,
            },
            steps=[step.model_dump() for step in plan_interview(given, drawn.questions, new.choices, random)],
        )
        self._session.add(row)
        self.touch(row)
        self._session.flush()
        return row

    def change(self, identifier: str, changes: schemas.InterviewChanges) -> Interview:
        """Changes the fields that are set in `changes`.

        Raises:
            NotFound: this person has no such interview.
            InvalidRequest: it has no such step.
        """
        row = self.get(identifier)
        if changes.position is not None:
            if changes.position >= len(row.steps):
                raise InvalidRequest("This interview has no such step. Nothing was changed.")
            row.position = changes.position
        if "live" in changes.model_fields_set:
            live = changes.live
            row.live = None if live is None else {**live.model_dump(), "at": time.time()}
        if changes.ended:
            row.ended_at = row.ended_at or models.now()
            row.live = None
        self.touch(row)
        return row

    def delete(self, identifier: str) -> None:
        """Deletes an interview without its answers, which stay in their session.

        Raises:
            NotFound: this person has no such interview.
        """
        row = self.get(identifier)
        self._session.execute(update(Answer).where(Answer.interview_id == row.id).values(interview_id=None))
        self._session.delete(row)

    def touch(self, row: Interview) -> None:
        """Records that an interview changed, for the event stream."""
        row.sequence = next_change(self._session, self._person)

    def describe(self, row: Interview) -> schemas.Interview:
        """One interview as the API shows it."""
        answers = self._session.scalars(
            select(Answer).where(Answer.interview_id == row.id).order_by(Answer.created_at, Answer.id)
        ).all()
        steps = [schemas.Step.model_validate(step) for step in row.steps]
        choices = schemas.Choices.model_validate(row.choices)
        most_follow_ups = int(row.choices.get("most_follow_ups", 0))
        return schemas.Interview(
            id=row.id,
            name=row.name,
            session=SessionReference(id=row.session.id, name=row.session.name) if row.session else None,
            format=FormatReference(id=row.format_id, name=row.format_name),
            created_at=row.created_at,
            ended_at=row.ended_at,
            choices=choices,
            steps=steps,
            position=row.position,
            live=None if row.live is None else schemas.LiveOut.model_validate(row.live),
            command=None if row.command is None else schemas.Command.model_validate(row.command),
            longest=longest(steps, choices, most_follow_ups),
            most_follow_ups=most_follow_ups,
            repeated=row.choices.get("repeated", 0),
            lines=dict(interview_lines()),
            aims=PART_AIMS,
            longest_apology=APOLOGY_MAXIMUM,
            answers=[
                schemas.InterviewAnswer(
                    id=answer.id,
                    part=answer.part,
                    question_id=answer.question_id,
                    follow_up_of=answer.follow_up_of,
                    chunks=answer.chunk_count,
                )
                for answer in answers
            ],
            change=row.sequence,
        )

    def _pool(self, choices: schemas.Choices, given: Format) -> list[Question]:
        """The questions that may be asked."""
        interview = interview_of(given)
        preferences = preferences_of(self._session, self._person)
        applying_to = (interview.applying_to if interview else None) or preferences.applying_to
        everything = Questions(self._session, self._person, bank()).list_all()
        if choices.source == "favourites":
            return [question for question in everything if question.favourite]
        if choices.source == "own":
            return [each for each in everything if each.own and each.application_line is None]
        named = sorted({each for slot in (interview.kinds if interview else ()) for each in slot})
        asked = {question.id for question in bank().asked_of(applying_to, preferences.specialty)}
        chosen = [*choices.kinds, *named]
        wanted = [question for question in everything if question.id in asked or question.set in chosen]
        if choices.kinds:
            return [question for question in wanted if fits(question, choices.kinds)]
        if named:
            wanted = [question for question in wanted if fits(question, named)]
        else:
            wanted = [question for question in wanted if question.kind != "ask_them"]
        if interview and interview.drill:
            # A case to read would take the person's mind off what is drilled.
            wanted = [question for question in wanted if question.scenario is None]
        # Not everybody has a gap or a second attempt to tell of.
        return [question for question in wanted if not question.difficult]

    def _last_asked(self) -> dict[str, datetime]:
        """When each question was last answered, or asked in an interview."""
        answered = self._session.execute(
            select(Answer.question_id, func.max(Answer.created_at))
            .where(
                Answer.person_id == self._person,
                Answer.question_id.is_not(None),
                Answer.source != "sample",
            )
            .group_by(Answer.question_id)
        )
        asked = {question: when for question, when in answered if question is not None}
        rows = self._session.execute(
            select(Interview.steps, Interview.position, Interview.created_at).where(
                Interview.person_id == self._person
            )
        )
        for steps, position, when in rows:
            for step in steps[: position + 1]:
                if question := step.get("question_id"):
                    asked[question] = max(when, asked.get(question, when))
        return asked

    def _forget_unused(self) -> None:
        """Deletes interviews that were left before their first answer."""
        unused = select(Interview).where(
            Interview.person_id == self._person,
            Interview.session_id.is_(None),
            Interview.created_at < models.now() - _UNUSED_AFTER,
        )
        for row in self._session.scalars(unused):
            self._session.delete(row)


def join_interview(session: Session, answer: Answer, identifier: str) -> None:
    """Makes an answer part of an interview and of its session.

    Args:
        session: from `Database.writing`.
        answer: its person is set.
        identifier: of the interview.

    Raises:
        InvalidRequest: the person has no such interview.
    """
    try:
        row = Interviews(session, answer.person_id).get(identifier)
    except NotFound as error:
        raise InvalidRequest(_NO_SUCH) from error
    practised = PracticeSessions(session, answer.person_id).named(row.name)
    session.flush()
    answer.session = practised
    answer.interview_id = row.id
    row.session = practised


def _slots(own: Sequence[Sequence[str]], chosen: Sequence[str]) -> Sequence[Sequence[str]]:
    """The kinds of each place; those that the person chose take turns."""
    return [[kind] for kind in chosen] if chosen else own
