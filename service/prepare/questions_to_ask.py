"""Questions that a person can ask at an interview: the bank, and their own.

`questions_to_ask.toml` describes every field of the bank. Which questions somebody chose for an interview is
on its sheet (`service.prepare.programme_sheet`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from service.db.preparation_models import OwnQuestionToAsk, ScheduledInterview
from service.practice.checked_file import (
    DataError,
    Entry,
    Name,
    Slug,
    check_entries,
    check_ids_differ,
    check_names,
    read_file,
)
from service.problems import InvalidRequest, NotFound
from service.schemas import ApplyingTo, plain_text

FILE = Path(__file__).with_name("questions_to_ask.toml")

LONGEST_QUESTION = 300
MOST_OWN = 200

FEWEST_TO_ASK, MOST_TO_ASK = 10, 15
"""How many questions an applicant should have ready for a day with several interviewers."""

_NO_SUCH = "There is no such question. It may have been deleted."


class Topic(Entry):
    """What a question is about."""

    id: Slug
    name: Name


class BankQuestionToAsk(Entry):
    """A question of the bank.

    Attributes:
        website_answers: where the answer is published; None where it is not.
    """

    id: Annotated[Slug, Field(pattern=r"-")]
    topic: Slug
    text: Annotated[str, Field(min_length=1, max_length=200)]
    applying_to: ApplyingTo | None = None
    website_answers: Annotated[str, Field(min_length=1, max_length=200)] | None = None


@dataclass(frozen=True)
class BankToAsk:
    """All questions of the bank with their topics, in the order of the file."""

    topics: tuple[Topic, ...]
    questions: tuple[BankQuestionToAsk, ...]


class NewQuestionToAsk(BaseModel):
    """An own question to ask."""

    topic: Annotated[str, Field(min_length=1, max_length=64)] = Field(description="One of the listed topics.")
    text: Annotated[
        Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)], BeforeValidator(plain_text)
    ]


class QuestionToAsk(BaseModel):
    """A question to ask at an interview."""

    id: str
    topic: str
    text: str
    applying_to: ApplyingTo | None = Field(description="Where it can be asked; null: at both.")
    website_answers: str | None = Field(
        description="Where most websites answer it: better not asked. Null for all others."
    )
    own: bool


class TopicToAsk(BaseModel):
    """A topic with its questions, those of the bank first."""

    id: str
    name: str
    questions: list[QuestionToAsk]


class QuestionsToAskList(BaseModel):
    """All questions to ask, by topic."""

    topics: list[TopicToAsk]
    aim: list[int] = Field(description="How many to choose for one interview: [least, most].")


class QuestionsToAsk:
    """The questions to ask of one person within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
    """

    def __init__(self, session: Session, person: str) -> None:
        self._session = session
        self._person = person

    def by_topic(self) -> QuestionsToAskList:
        """All of them, by topic."""
        known = self.by_id().values()
        topics = [
            TopicToAsk(
                id=topic.id,
                name=topic.name,
                questions=[question for question in known if question.topic == topic.id],
            )
            for topic in bank_to_ask().topics
        ]
        return QuestionsToAskList(topics=topics, aim=[FEWEST_TO_ASK, MOST_TO_ASK])

    def by_id(self) -> Mapping[str, QuestionToAsk]:
        """All of them, the bank first, then own ones, oldest first."""
        own = self._session.scalars(
            select(OwnQuestionToAsk)
            .where(OwnQuestionToAsk.person_id == self._person)
            .order_by(OwnQuestionToAsk.created_at, OwnQuestionToAsk.id)
        ).all()
        questions = [
            *(QuestionToAsk(**each.model_dump(), own=False) for each in bank_to_ask().questions),
            *map(_described, own),
        ]
        return {question.id: question for question in questions}

    def add(self, new: NewQuestionToAsk) -> QuestionToAsk:
        """Adds an own question; one with the same words is returned as it is.

        Raises:
            InvalidRequest: there is no such topic, or there are too many questions already.
        """
        topics = bank_to_ask().topics
        if new.topic not in {topic.id for topic in topics}:
            names = ", ".join(topic.id for topic in topics)
            raise InvalidRequest(f"There is no topic '{new.topic}'. Choose one of {names}.")
        known = [question for question in self.by_id().values() if question.own]
        same = [question for question in known if question.text.casefold() == new.text.casefold()]
        if same:
            return same[0]
        if len(known) >= MOST_OWN:
            raise InvalidRequest(f"There are {MOST_OWN} questions of yours already. Delete one first.")
        row = OwnQuestionToAsk(person_id=self._person, topic=new.topic, text=new.text)
        self._session.add(row)
        self._session.flush()
        return _described(row)

    def delete(self, question: str) -> None:
        """Deletes an own question, also from the sheets that it was chosen for.

        Raises:
            NotFound: the person has no such question of their own.
        """
        row = self._session.get(OwnQuestionToAsk, question)
        if row is None or row.person_id != self._person:
            raise NotFound(_NO_SUCH)
        interviews = select(ScheduledInterview).where(ScheduledInterview.person_id == self._person)
        for interview in self._session.scalars(interviews).all():
            if question in interview.questions_to_ask:
                interview.questions_to_ask = [each for each in interview.questions_to_ask if each != question]
        self._session.delete(row)


@cache
def bank_to_ask() -> BankToAsk:
    """The bank of this installation, read once.

    Raises:
        DataError: the file is invalid.
    """
    return load_bank_to_ask(FILE)


def load_bank_to_ask(path: Path) -> BankToAsk:
    """Reads and validates a bank.

    Raises:
        DataError: the file is invalid; the sentence names the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("topics", "questions"), file=file)
    topics = check_entries(Topic, tables, "topics", file=file, called="topic")
    questions = check_entries(BankQuestionToAsk, tables, "questions", file=file, called="question")
    for entries in (topics, questions):
        check_ids_differ([entry.id for entry in entries], file=file)
    _check_topics(questions, {topic.id for topic in topics}, file)
    return BankToAsk(topics, questions)


def _check_topics(questions: Sequence[BankQuestionToAsk], topics: set[str], file: str) -> None:
    for question in questions:
        if question.topic not in topics:
            raise DataError(f"{file} ('{question.id}'): topic '{question.topic}' is not one of the topics.")


def _described(row: OwnQuestionToAsk) -> QuestionToAsk:
    return QuestionToAsk(
        id=row.id, topic=row.topic, text=row.text, applying_to=None, website_answers=None, own=True
    )
