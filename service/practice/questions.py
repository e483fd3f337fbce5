"""The built-in bank of questions. `questions.toml` describes every field."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from service.practice.checked_file import (
    AimInFile,
    DataError,
    Entry,
    Name,
    Slug,
    check_entry,
    check_ids_differ,
    check_names,
    entries_of,
    read_file,
)
from service.schemas import ApplyingTo

BANK_FILE = Path(__file__).parent / "questions.toml"

Sentence = Annotated[str, Field(min_length=1, max_length=300)]


class Kind(Entry):
    """A kind of question, for example ethics."""

    id: Slug
    name: Name


class Step(Entry):
    """One part of an answer."""

    name: Name
    hint: Sentence


class Structure(Entry):
    """A way to order an answer."""

    id: Slug
    name: Name
    steps: Annotated[list[Step], Field(min_length=1, max_length=8)]


class BankQuestion(Entry):
    """One question of the bank."""

    # The hyphen keeps it apart from ids of own questions, which have none.
    id: Annotated[Slug, Field(pattern=r"-")]
    text: Sentence
    kind: Slug
    structure: Slug
    applying_to: ApplyingTo | None = None
    aim: AimInFile
    listens_for: Sentence


@dataclass(frozen=True)
class Bank:
    """All questions with the kinds and structures that they refer to, in the order of the file."""

    kinds: tuple[Kind, ...]
    structures: tuple[Structure, ...]
    questions: tuple[BankQuestion, ...]

    def find(self, identifier: str) -> BankQuestion | None:
        """The question with this id, or None."""
        return next((question for question in self.questions if question.id == identifier), None)


@cache
def bank() -> Bank:
    """The bank of this installation, read once."""
    return load_bank(BANK_FILE)


def load_bank(path: Path) -> Bank:
    """Reads and validates a bank.

    Raises:
        DataError: the file is invalid; the sentence names the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("kinds", "structures", "questions"), file=file)
    kinds = [
        check_entry(Kind, entry, place=f"{file}, kind {number}")
        for number, entry in enumerate(entries_of(tables, "kinds", file=file), start=1)
    ]
    structures = [
        check_entry(Structure, entry, place=f"{file}, structure {number}")
        for number, entry in enumerate(entries_of(tables, "structures", file=file), start=1)
    ]
    questions = [
        check_entry(BankQuestion, entry, place=f"{file}, question {number}")
        for number, entry in enumerate(entries_of(tables, "questions", file=file), start=1)
    ]
    for entries in (kinds, structures, questions):
        check_ids_differ([entry.id for entry in entries], file=file)
    loaded = Bank(tuple(kinds), tuple(structures), tuple(questions))
    _check_references(loaded, file)
    return loaded


def _check_references(loaded: Bank, file: str) -> None:
    kinds = {kind.id for kind in loaded.kinds}
    structures = {structure.id for structure in loaded.structures}
    for number, question in enumerate(loaded.questions, start=1):
        place = f"{file}, question {number} ('{question.id}')"
        if question.kind not in kinds:
            raise DataError(f"{place}: kind '{question.kind}' is not one of the kinds.")
        if question.structure not in structures:
            raise DataError(f"{place}: structure '{question.structure}' is not one of the structures.")
