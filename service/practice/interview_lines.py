"""What an interviewer says besides the questions. `interview_lines.toml` describes every field."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from service.practice.checked_file import (
    Entry,
    Slug,
    check_entry,
    check_ids_differ,
    check_names,
    entries_of,
    read_file,
)
from service.practice.questions import Sentence

LINES_FILE = Path(__file__).parent / "interview_lines.toml"


class InterviewLine(Entry):
    """One line of an interviewer."""

    id: Slug
    text: Sentence


@cache
def interview_lines() -> Mapping[str, str]:
    """The text of each line of this installation, by its id, read once."""
    return MappingProxyType({line.id: line.text for line in load_lines(LINES_FILE)})


def load_lines(path: Path) -> list[InterviewLine]:
    """Reads and validates lines.

    Raises:
        DataError: the file is invalid; the sentence names the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("lines",), file=file)
    lines = [
        check_entry(InterviewLine, entry, place=f"{file}, line {number}")
        for number, entry in enumerate(entries_of(tables, "lines", file=file), start=1)
    ]
    check_ids_differ([line.id for line in lines], file=file)
    return lines
