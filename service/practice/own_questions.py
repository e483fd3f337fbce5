"""A person's questions: the bank and their own, with favourites and numbers of takes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.db.models import Answer, Favourite, OwnQuestion, QuestionNotes
from service.practice import schemas
from service.practice.questions import Bank, BankQuestion
from service.practice.why_here import asks_why_here
from service.problems import InvalidRequest, NotFound, WrongState

_NO_SUCH = "There is no such question. It may have been deleted."


class Questions:
    """The questions of one person within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        person: id of the person.
        bank: the questions that everyone has.
    """

    def __init__(self, session: Session, person: str, bank: Bank) -> None:
        self._session = session
        self._person = person
        self._bank = bank

    def list_all(self) -> list[schemas.Question]:
        """Own questions, newest first, then the bank."""
        favourites = set(
            self._session.scalars(select(Favourite.question_id).where(Favourite.person_id == self._person))
        )
        takes = self._takes()
        questions: list[OwnQuestion | BankQuestion] = [*self.own(), *self._bank.questions]
        return [
            _describe(question, question.id in favourites, takes.get(question.id, 0))
            for question in questions
        ]

    def own(self) -> Sequence[OwnQuestion]:
        """The person's own questions, newest first."""
        return self._session.scalars(
            select(OwnQuestion)
            .where(OwnQuestion.person_id == self._person)
            .order_by(OwnQuestion.created_at.desc(), OwnQuestion.id)
        ).all()

    def get(self, question: str) -> schemas.Question:
        """One question.

        Raises:
            NotFound: neither the bank nor the person has it.
        """
        source = self._bank.find(question) or self._find_own(question)
        if source is None:
            raise NotFound(_NO_SUCH)
        favourite = self._session.get(Favourite, (self._person, question)) is not None
        return _describe(source, favourite, self._takes(question).get(question, 0))

    def create(self, new: schemas.NewQuestion) -> schemas.Question:
        """Adds an own question.

        Raises:
            InvalidRequest: the kind or the structure does not exist.
        """
        row = OwnQuestion(person_id=self._person, text=new.text)
        self._set(row, new.model_dump(exclude={"text"}))
        self._session.add(row)
        self._session.flush()
        return _describe(row, favourite=False, takes=0)

    def change(self, question: str, changes: schemas.QuestionChanges) -> schemas.Question:
        """Changes an own question. Answers keep the wording that they were given to.

        Raises:
            NotFound: there is no such question.
            WrongState: the question belongs to the bank.
            InvalidRequest: the kind or the structure does not exist, or there is no text.
        """
        row = self._get_own(question)
        given = changes.model_dump(exclude_unset=True)
        if "text" in given:
            if changes.text is None:
                raise InvalidRequest("A question needs a text.")
            row.text = changes.text
        self._set(row, given)
        self._session.flush()
        return self.get(question)

    def delete(self, question: str) -> Sequence[Answer]:
        """Deletes an own question and returns its answers, which keep its text.

        Raises:
            NotFound: there is no such question.
            WrongState: the question belongs to the bank.
        """
        row = self._get_own(question)
        answers = self._session.scalars(
            select(Answer).where(Answer.person_id == self._person, Answer.question_id == question)
        ).all()
        for answer in answers:
            answer.question_id = None
        self.unmark(question)
        self._session.execute(
            delete(QuestionNotes).where(
                QuestionNotes.person_id == self._person, QuestionNotes.question_id == question
            )
        )
        self._session.delete(row)
        return answers

    def mark(self, question: str) -> None:
        """Makes a question a favourite, if it is not one already.

        Raises:
            NotFound: there is no such question.
        """
        if self._bank.find(question) is None and self._find_own(question) is None:
            raise NotFound(_NO_SUCH)
        if self._session.get(Favourite, (self._person, question)) is None:
            self._session.add(Favourite(person_id=self._person, question_id=question))

    def unmark(self, question: str) -> None:
        """Removes a question from the favourites, if it is one.

        Raises:
            NotFound: there is no such question.
        """
        if self._bank.find(question) is None and self._find_own(question) is None:
            raise NotFound(_NO_SUCH)
        self._session.execute(
            delete(Favourite).where(Favourite.person_id == self._person, Favourite.question_id == question)
        )

    def _takes(self, question: str | None = None) -> dict[str, int]:
        mine = [Answer.person_id == self._person, Answer.question_id.is_not(None)]
        if question is not None:
            mine.append(Answer.question_id == question)
        rows = self._session.execute(
            select(Answer.question_id, func.count()).where(*mine).group_by(Answer.question_id)
        )
        return {str(row[0]): row[1] for row in rows}

    def _find_own(self, question: str) -> OwnQuestion | None:
        return self._session.scalar(
            select(OwnQuestion).where(OwnQuestion.id == question, OwnQuestion.person_id == self._person)
        )

    def _get_own(self, question: str) -> OwnQuestion:
        if self._bank.find(question) is not None:
            raise WrongState("This question comes with Greenroom. Only your own can be changed or deleted.")
        row = self._find_own(question)
        if row is None:
            raise NotFound(_NO_SUCH)
        return row

    def _set(self, row: OwnQuestion, given: dict[str, Any]) -> None:
        if "kind" in given:
            row.kind = _check_known(given["kind"], [kind.id for kind in self._bank.kinds], "kind")
        if "structure" in given:
            structures = [structure.id for structure in self._bank.structures]
            row.structure = _check_known(given["structure"], structures, "structure")
        if "aim" in given:
            aim = given["aim"]
            row.aim_low, row.aim_high = (None, None) if aim is None else (aim["low"], aim["high"])
        if "listens_for" in given:
            row.listens_for = given["listens_for"]


def _check_known(value: str | None, known: list[str], name: str) -> str | None:
    if value is not None and value not in known:
        raise InvalidRequest(f"There is no {name} '{value}'. Choose one of {', '.join(known)}.")
    return value


def _describe(question: OwnQuestion | BankQuestion, favourite: bool, takes: int) -> schemas.Question:
    if isinstance(question, OwnQuestion):
        has_aim = question.aim_low is not None and question.aim_high is not None
        described = {
            "id": question.id,
            "text": question.text,
            "kind": question.kind,
            "structure": question.structure,
            "aim": {"low": question.aim_low, "high": question.aim_high} if has_aim else None,
            "listens_for": question.listens_for,
            "asks_for_specifics": asks_why_here(question.text),
            "application_line": question.application_line,
            "application_section": question.application_section,
        }
    else:
        described = question.model_dump()
    return schemas.Question.model_validate(
        {**described, "own": isinstance(question, OwnQuestion), "favourite": favourite, "takes": takes}
    )
