"""Built-in and own formats to practise in. Both are data files.

`formats.toml` beside this module describes every field; a file of the same name in the data folder adds own
formats. Own formats are read on every request, so that a change in an editor takes effect at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

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
from service.schemas import Aim, ApplyingTo

FILE_NAME = "formats.toml"
BUILT_IN_FILE = Path(__file__).parent / FILE_NAME

LONGEST = 3600.0
"""Longest time in seconds that a format may give: the default maximum length of a recording."""
MOST_QUESTIONS = 50

_FITS_A_QUESTION = (180.0, 300.0)
"""Seconds to answer with which a question's own aim makes sense. No aim in the bank ends later than after
three minutes; and with more than five, as in a station of an MMI, nobody should stop after two."""

GivenTime = Annotated[float, Field(gt=0, le=LONGEST, allow_inf_nan=False)]


class InterviewInFile(Entry):
    """What makes a format an interview; `formats.toml` describes each field."""

    kinds: list[Annotated[list[Slug], Field(min_length=1)]] = Field(default_factory=list)
    usual: Annotated[list[GivenTime], Field(min_length=2, max_length=2)] | None = None
    interviewers: Literal[1, 2] = 1
    greeting: Slug | None = "greeting-traditional"
    goodbye: Slug | None = "goodbye-traditional"
    drill: Literal["repeat", "connection"] | None = None
    closing: bool = False
    follow_ups: Annotated[int, Field(ge=0, le=MOST_QUESTIONS)] = 0
    repeat: bool = False
    connection: bool = False
    bell: bool = False
    applying_to: ApplyingTo | None = None
    aims: Mapping[Slug, AimInFile] = Field(default_factory=dict)


class Format(Entry):
    """One way to practise; `formats.toml` describes each field."""

    id: Slug
    name: Name
    summary: Annotated[str, Field(min_length=1, max_length=300)]
    preparation: GivenTime | None = None
    preparation_kind: Literal["prepare", "read"] = "prepare"
    answer: GivenTime | None = None
    aim: AimInFile | None = None
    retake: bool = True
    questions: Annotated[int, Field(ge=1, le=MOST_QUESTIONS)] = 1
    pause: GivenTime | None = None
    interview: InterviewInFile | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "Format":
        if self.pause is not None and self.questions == 1:
            raise ValueError("pause is only for more than one question")
        if self.aim is not None and self.answer is not None and self.aim.low > self.answer:
            raise ValueError("aim begins after the answer has ended")
        return self


def interview_of(given: Format) -> InterviewInFile | None:
    """What makes this format an interview; None for practice of one question."""
    if given.interview is None and given.questions > 1:
        return InterviewInFile()
    return given.interview


@dataclass(frozen=True)
class OwnFormats:
    """Formats from the data folder.

    Attributes:
        formats: the valid formats.
        problem: one sentence that describes the first error; None if there is none.
    """

    formats: tuple[Format, ...] = ()
    problem: str | None = None


@cache
def built_in_formats() -> tuple[Format, ...]:
    """The formats of this installation, read once.

    Raises:
        DataError: the file is invalid.
    """
    entries = _entries(BUILT_IN_FILE)
    formats = tuple(_check(entry, number) for number, entry in enumerate(entries, start=1))
    check_ids_differ([each.id for each in formats], file=FILE_NAME)
    return formats


def own_formats(data_folder: Path) -> OwnFormats:
    """A person's own formats. An invalid one is reported and left out; the others are returned."""
    try:
        entries = _entries(data_folder / FILE_NAME)
    except FileNotFoundError:
        return OwnFormats()
    except DataError as error:
        return OwnFormats(problem=error.text)
    taken = [each.id for each in built_in_formats()]
    formats: list[Format] = []
    problem = None
    for number, entry in enumerate(entries, start=1):
        try:
            checked = _check(entry, number)
            if checked.id in taken:
                raise DataError(
                    f"{FILE_NAME}, format {number} ('{checked.id}'): id is taken already. Choose another."
                )
        except DataError as error:
            problem = problem or error.text
            continue
        taken.append(checked.id)
        formats.append(checked)
    return OwnFormats(tuple(formats), problem)


def find_format(identifier: str, data_folder: Path) -> Format | None:
    """A format by its id, built in or own."""
    formats = (*built_in_formats(), *own_formats(data_folder).formats)
    return next((each for each in formats if each.id == identifier), None)


def _entries(path: Path) -> list[object]:
    tables = read_file(path)
    check_names(tables, ("formats",), file=path.name)
    return entries_of(tables, "formats", file=path.name)


def _check(entry: object, number: int) -> Format:
    return _with_aim(check_entry(Format, entry, place=f"{FILE_NAME}, format {number}"))


def _with_aim(given: Format) -> Format:
    """The format with an aim of its own if the question's would contradict the time to answer.

    It is the second half of that time, as in the format 'One minute'.
    """
    shortest, longest = _FITS_A_QUESTION
    if given.aim is not None or given.answer is None or shortest <= given.answer <= longest:
        return given
    return given.model_copy(update={"aim": Aim(low=given.answer / 2, high=given.answer)})
