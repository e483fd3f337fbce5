"""Looks up the question and the format that a new answer names, and determines its aim."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.report import Guide
from service.db.models import Interview
from service.interviews.plan import PART_AIMS
from service.practice.formats import Format, find_format
from service.practice.own_questions import Questions
from service.practice.questions import bank
from service.problems import InvalidRequest, NotFound
from service.schemas import NewAnswer

_SOURCES = {
    "question": "The aim of this question",
    "format": "The aim of this format",
    "station": "The aim of this station",
    "follow_up": "The aim of a follow-up",
    "closing": "The aim of a question to them",
    "apology": "The aim of a short apology",
}


@dataclass(frozen=True)
class Choice:
    """The question and format of an answer.

    Attributes:
        question_id, question: id and text; None if no question was chosen.
        format_id, format_name: None if no format was chosen.
        aim: `low` and `high` in seconds, and `of`: what sets it, a key of `_SOURCES`.
    """

    question_id: str | None = None
    question: str | None = None
    format_id: str | None = None
    format_name: str | None = None
    aim: dict[str, Any] | None = None


def choose_format(new: NewAnswer, data_folder: Path) -> Format | None:
    """The format that a new answer names; None if it names none.

    Reads a file, so it must not be called within a transaction.

    Raises:
        InvalidRequest: there is no such format.
    """
    if new.format_id is None:
        return None
    chosen = find_format(new.format_id, data_folder)
    if chosen is None:
        raise InvalidRequest("There is no such format. Nothing was stored. Choose one from the list.")
    return chosen


def choose(session: Session, person: str, new: NewAnswer, chosen: Format | None) -> Choice:
    """The question and format of a new answer. The aim of a format takes precedence over the question's.

    Raises:
        InvalidRequest: there is no such question.
    """
    question = None
    if new.question_id is not None:
        try:
            question = Questions(session, person, bank()).get(new.question_id)
        except NotFound as error:
            raise InvalidRequest(
                "There is no such question. Nothing was stored. Choose one from the list."
            ) from error
    aim = _aim_of_part(session, person, new)
    for owner, of in ((chosen, "format"), (question, "question")):
        if aim is None and owner is not None and owner.aim is not None:
            aim = {**owner.aim.model_dump(), "of": of}
    return Choice(
        question_id=None if question is None else question.id,
        question=None if question is None else question.text,
        format_id=None if chosen is None else chosen.id,
        format_name=None if chosen is None else chosen.name,
        aim=aim,
    )


def _aim_of_part(session: Session, person: str, new: NewAnswer) -> dict[str, Any] | None:
    """The aim of an answer in an interview; None where its format or its question has the word."""
    if new.part in PART_AIMS:
        return {**PART_AIMS[new.part].model_dump(), "of": new.part}
    if new.interview is None or new.question_id is None:
        return None
    row = session.scalar(
        select(Interview).where(Interview.id == new.interview, Interview.person_id == person)
    )
    steps = [] if row is None else [step for step in row.steps if step["question_id"] == new.question_id]
    return {**steps[0]["aim"], "of": "station"} if steps and steps[0]["aim"] and steps[0]["bell"] else None


def aim_as_guide(aim: Mapping[str, Any] | None) -> Guide | None:
    """Converts the aim stored in an answer's row to the guide for its length."""
    if aim is None:
        return None
    return Guide(float(aim["low"]), float(aim["high"]), _SOURCES[aim.get("of", "question")])
