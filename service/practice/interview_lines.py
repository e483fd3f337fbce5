"""What an interviewer says besides the questions. `interview_lines.toml` describes every field."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from service.practice.checked_file import (
    Entry,
    Slug,
    check_entries,
    check_ids_differ,
    check_names,
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


def load_lines(path: Path) -> tuple[InterviewLine, ...]:
    """Reads and validates lines.

    Raises:
        DataError: the file is invalid; the sentence names the entry and the field.
    """
    file = path.name
    tables = read_file(path)
    check_names(tables, ("lines",), file=file)
    lines = check_entries(InterviewLine, tables, "lines", file=file, called="line")
    check_ids_differ([line.id for line in lines], file=file)
    return lines
