"""The built-in bank of questions.

`questions.toml` describes every field; the questions are beside it in the folder `question_sets`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator

from service.practice.checked_file import (
    AimInFile,
    DataError,
    Entry,
    EntryKind,
    Name,
    Slug,
    check_entries,
    check_entry,
    check_ids_differ,
    check_names,
    entries_of,
    read_file,
)
from service.practice.follow_ups import follow_ups
from service.schemas import ApplyingTo, Specialty

BANK_FILE = Path(__file__).parent / "questions.toml"
SETS_FOLDER = "question_sets"
"""Beside the file of the bank."""

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


class Group(Entry):
    """A heading above sets of questions."""

    id: Slug
    name: Name


class QuestionSet(Entry):
    """Questions that belong together, in a file of their own.

    Attributes:
        applying_to, specialty: of its questions that have no other.
        on_request: whether its questions are asked only where the set is chosen, and never drawn by chance.
    """

    id: Slug
    name: Name
    group: Slug
    applying_to: ApplyingTo | None = None
    specialty: Specialty | None = None
    on_request: bool = False


class BankQuestion(Entry):
    """One question of the bank."""

    # The hyphen keeps it apart from ids of own questions, which have none.
    id: Annotated[Slug, Field(pattern=r"-")]
    set: Slug
    text: Sentence
    scenario: Annotated[str, Field(min_length=1, max_length=800)] | None = None
    kind: Slug
    structure: Slug
    applying_to: ApplyingTo | None = None
    specialty: Specialty | None = None
    aim: AimInFile
    listens_for: Sentence
    follow_ups: Annotated[tuple[Slug, ...], Field(max_length=4, strict=False)] = ()
    asks_for_event: bool = False
    difficult: bool = False
    asks_for_specifics: bool = False

    @field_validator("follow_ups")
    @classmethod
    def _enough(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(value) == 1:
            raise ValueError("should have two to four ids, or be left out")
        if len(set(value)) < len(value):
            raise ValueError("names one id twice")
        return value


@dataclass(frozen=True)
class Bank:
    """All questions with what they refer to, in the order of the files."""

    kinds: tuple[Kind, ...]
    structures: tuple[Structure, ...]
    groups: tuple[Group, ...]
    sets: tuple[QuestionSet, ...]
    questions: tuple[BankQuestion, ...]

    def find(self, identifier: str) -> BankQuestion | None:
        """The question with this id, or None."""
        return next((question for question in self.questions if question.id == identifier), None)

    def asked_of(
        self, applying_to: ApplyingTo | None, specialty: Specialty | None
    ) -> tuple[BankQuestion, ...]:
        """The questions that a person can be asked in any interview.

        Args:
            applying_to: what they apply to; None leaves out nothing.
            specialty: theirs; None leaves out the questions of every specialty, because most would be those
                of another.
        """
        on_request = {each.id for each in self.sets if each.on_request}
        return tuple(
            question
            for question in self.questions
            if question.set not in on_request
            and (None in (applying_to, question.applying_to) or question.applying_to == applying_to)
            and question.specialty in (None, specialty)
        )


@cache
def bank() -> Bank:
    """The bank of this installation, read once."""
    return load_bank(BANK_FILE, known_follow_ups=frozenset(each.id for each in follow_ups()))


def load_bank(path: Path, *, known_follow_ups: Collection[str]) -> Bank:
    """Reads and validates a bank.

    Args:
        path: the file that describes the sets; the sets are in the folder `question_sets` beside it.
        known_follow_ups: ids that questions may name.

    Raises:
        DataError: a file is invalid; the sentence names the file, the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("kinds", "structures", "groups", "sets"), file=file)

    def checked(kind: type[EntryKind], name: str) -> tuple[EntryKind, ...]:
        return check_entries(kind, tables, name, file=file, called=name[:-1])

    kinds, structures = checked(Kind, "kinds"), checked(Structure, "structures")
    groups, sets = checked(Group, "groups"), checked(QuestionSet, "sets")
    for entries in (kinds, structures, groups, sets):
        check_ids_differ([entry.id for entry in entries], file=file)
    for each in sets:
        _check_known("group", each.group, groups, f"{file}, set '{each.id}'")
    _check_files(path.parent / SETS_FOLDER, sets)
    questions = []
    for each in sets:
        for place, question in _read_set(path.parent / SETS_FOLDER / f"{each.id}.toml", each):
            _check_known("kind", question.kind, kinds, place)
            _check_known("structure", question.structure, structures, place)
            for identifier in question.follow_ups:
                if identifier not in known_follow_ups:
                    raise DataError(f"{place}: follow-up '{identifier}' is not one of the follow-ups.")
            questions.append(question)
    check_ids_differ([question.id for question in questions], file=SETS_FOLDER)
    return Bank(kinds, structures, groups, sets, tuple(questions))


def _read_set(path: Path, of: QuestionSet) -> Iterator[tuple[str, BankQuestion]]:
    """The questions of a file, each with its place for a sentence about an error."""
    tables = read_file(path)
    check_names(tables, ("questions",), file=path.name)
    shared = of.model_dump(include={"applying_to", "specialty"})
    for number, entry in enumerate(entries_of(tables, "questions", file=path.name), start=1):
        place = f"{path.name}, question {number}"
        if isinstance(entry, dict) and "set" in entry:
            raise DataError(f"{place}: set is the name of the file, so leave it out.")
        complete = {**shared, **entry, "set": of.id} if isinstance(entry, dict) else entry
        question = check_entry(BankQuestion, complete, place=place)
        yield f"{place} ('{question.id}')", question


def _check_files(folder: Path, sets: Sequence[QuestionSet]) -> None:
    """Refuses a file without a set, which would never be asked, and a set without a file."""
    named = {each.id for each in sets}
    found = {path.stem for path in folder.glob("*.toml")}
    if found != named:
        strange = min(found ^ named)
        missing = "is not one of the sets" if strange in found else "has no file"
        raise DataError(f"{SETS_FOLDER}: '{strange}' {missing}.")


def _check_known(what: str, identifier: str, known: Iterable[Kind | Structure | Group], place: str) -> None:
    if identifier not in {each.id for each in known}:
        raise DataError(f"{place}: {what} '{identifier}' is not one of the {what}s.")
