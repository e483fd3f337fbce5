"""Rubrics: the template that comes with Greenroom, and an adviser's own criteria.

A rubric judges what is said. One that names emotion, confidence, nerves, an accent or looks is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.advising import rubric_schemas
from service.advising.problems import NotJudgedHere, TooMany
from service.db.advising_models import Rubric
from service.db.models import new_identifier
from service.practice.checked_file import Entry, Name, Slug, check_entry, check_names, entries_of, read_file
from service.problems import InvalidRequest, NotFound, WrongState

FILE = Path(__file__).parent / "rubric.toml"
TEMPLATE = "template"
"""The id of the rubric that comes with Greenroom."""
MOST_RUBRICS = 50

_NO_SUCH = "There is no such rubric. It may have been deleted."


class CriterionInFile(Entry):
    """A criterion of the template; `rubric.toml` describes each field."""

    id: Slug
    name: Name
    levels: Annotated[list[Name], Field(min_length=5, max_length=5)]


class RefusedInFile(Entry):
    """Words that no criterion may have; `rubric.toml` describes each field."""

    about: Name
    words: Annotated[list[Name], Field(min_length=1)]


@dataclass(frozen=True)
class RubricFile:
    """The contents of `rubric.toml`."""

    criteria: tuple[CriterionInFile, ...]
    refused: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def rubric_file() -> RubricFile:
    """The rubric file of this installation, read once.

    Raises:
        service.practice.checked_file.DataError: the file is invalid.
    """
    tables = read_file(FILE)
    check_names(tables, ("criteria", "refused"), file=FILE.name)
    criteria = entries_of(tables, "criteria", file=FILE.name)
    refused = [
        check_entry(RefusedInFile, entry, place=f"{FILE.name}, refused {number}")
        for number, entry in enumerate(entries_of(tables, "refused", file=FILE.name), start=1)
    ]
    return RubricFile(
        tuple(
            check_entry(CriterionInFile, entry, place=f"{FILE.name}, criterion {number}")
            for number, entry in enumerate(criteria, start=1)
        ),
        tuple((each.about, _pattern(each.words)) for each in refused),
    )


def template() -> rubric_schemas.RubricOut:
    """The rubric that comes with Greenroom."""
    return rubric_schemas.RubricOut(
        id=TEMPLATE,
        name="Interview answer",
        criteria=[rubric_schemas.Criterion(**each.model_dump()) for each in rubric_file().criteria],
        template=True,
    )


def check_criteria(criteria: Sequence[rubric_schemas.CriterionIn]) -> None:
    """Refuses criteria that judge anything but what is said.

    Raises:
        NotJudgedHere: the sentence names the criterion and the reason.
    """
    for criterion in criteria:
        text = " ".join([criterion.name, *criterion.levels])
        for about, words in rubric_file().refused:
            found = words.search(text)
            if found is not None:
                raise NotJudgedHere(
                    f"Greenroom does not judge {about}, and '{found[0]}' speaks of that. "
                    f"Name what can be heard in the answer. Criterion: '{criterion.name}'.",
                    criterion=criterion.name,
                    word=found[0],
                )


class Rubrics:
    """The rubrics that one adviser can use, within one database session.

    Args:
        session: from `Database.reading`, or from `Database.writing` to change anything.
        adviser: id of the person.
    """

    def __init__(self, session: Session, adviser: str) -> None:
        self._session = session
        self._adviser = adviser

    def own(self) -> Sequence[Rubric]:
        """The adviser's own rubrics, the one that was changed last first."""
        return self._session.scalars(
            select(Rubric)
            .where(Rubric.person_id == self._adviser)
            .order_by(Rubric.updated_at.desc(), Rubric.id)
        ).all()

    def list_all(self) -> list[rubric_schemas.RubricOut]:
        """Own rubrics, then the template."""
        return [*(described_rubric(row) for row in self.own()), template()]

    def get(self, identifier: str) -> rubric_schemas.RubricOut:
        """One rubric.

        Raises:
            NotFound: the adviser has no such rubric.
        """
        return template() if identifier == TEMPLATE else described_rubric(self._get(identifier))

    def add(self, new: rubric_schemas.NewRubric) -> rubric_schemas.RubricOut:
        """Adds an own rubric.

        Raises:
            NotJudgedHere: see `check_criteria`.
            TooMany: there are as many as there may be.
        """
        check_criteria(new.criteria)
        count = self._session.scalar(select(func.count()).where(Rubric.person_id == self._adviser))
        if (count or 0) >= MOST_RUBRICS:
            raise TooMany(f"You have {MOST_RUBRICS} rubrics. Delete one first.")
        row = Rubric(person_id=self._adviser, name=new.name, criteria=_kept(new.criteria, ()))
        self._session.add(row)
        self._session.flush()
        return described_rubric(row)

    def change(self, identifier: str, changes: rubric_schemas.RubricChanges) -> rubric_schemas.RubricOut:
        """Changes an own rubric. What was judged by it keeps the words that it had then.

        Raises:
            NotFound: the adviser has no such rubric.
            WrongState: it is the template.
            NotJudgedHere: see `check_criteria`.
        """
        row = self._get_own(identifier)
        if changes.name is not None:
            row.name = changes.name
        if changes.criteria is not None:
            check_criteria(changes.criteria)
            row.criteria = _kept(changes.criteria, [each["id"] for each in row.criteria])
        self._session.flush()
        return described_rubric(row)

    def delete(self, identifier: str) -> None:
        """Deletes an own rubric. What was judged by it stays.

        Raises:
            NotFound: the adviser has no such rubric.
            WrongState: it is the template.
        """
        self._session.delete(self._get_own(identifier))

    def _get_own(self, identifier: str) -> Rubric:
        if identifier == TEMPLATE:
            raise WrongState("This rubric comes with Greenroom. Make one of your own to change it.")
        return self._get(identifier)

    def _get(self, identifier: str) -> Rubric:
        row = self._session.scalar(
            select(Rubric).where(Rubric.id == identifier, Rubric.person_id == self._adviser)
        )
        if row is None:
            raise NotFound(_NO_SUCH)
        return row


def described_rubric(row: Rubric) -> rubric_schemas.RubricOut:
    """An own rubric as it is shown."""
    return rubric_schemas.RubricOut(
        id=row.id,
        name=row.name,
        criteria=[rubric_schemas.Criterion.model_validate(each) for each in row.criteria],
        template=False,
    )


def _kept(criteria: Sequence[rubric_schemas.CriterionIn], known: Sequence[str]) -> list[dict[str, object]]:
    """Criteria as they are stored. Those that stay keep their id, all others get a new one.

    Raises:
        InvalidRequest: two have one id.
    """
    given = [each.id for each in criteria if each.id is not None]
    if len(given) != len(set(given)):
        raise InvalidRequest("Two criteria have one id. Load the page again.")
    return [
        {
            "id": each.id if each.id in known else new_identifier(),
            "name": each.name,
            "levels": list(each.levels),
        }
        for each in criteria
    ]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    one = "|".join(re.escape(word).replace(r"\*", r"[\w-]*") for word in words)
    return re.compile(rf"(?<![\w-])(?:{one})(?![\w-])", re.IGNORECASE)
