"""The lines of an application, from text as a person pastes it.

Every line of the text is kept: as a line, as the heading of a section, or as one that was there before. Marks
of a list ('•', '1.') are left out. A line that is longer than one can be is split where a sentence ends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST_LINE = 1500
"""Characters. Descriptions in applications have up to about a thousand."""
SECTION_LENGTH = 64

_MARK = re.compile(r"^(?:[-–—*•◦▪‣·●○■]+\s+|\(?\d{1,2}[.)]\s+|[•◦▪‣·●○■]+)")
_HEADINGS = frozenset(
    {
        "activities",
        "awards",
        "certifications",
        "clinical experience",
        "education",
        "experience",
        "experiences",
        "hobbies",
        "hobbies and interests",
        "honors and awards",
        "interests",
        "languages",
        "leadership",
        "licensure",
        "medical education",
        "memberships",
        "other experience",
        "personal statement",
        "presentations",
        "publications",
        "research",
        "research experience",
        "skills",
        "teaching",
        "teaching experience",
        "training",
        "volunteer experience",
        "volunteering",
        "work experience",
    }
)
"""Names of sections that applications have, in small letters. Any line that ends with a colon is one too."""
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class PastedLine:
    """One line of an application. `section` is None where no heading came before it."""

    section: str | None
    text: str


def pasted_lines(text: str, section: str | None = None) -> tuple[PastedLine, ...]:
    """The lines of a text.

    Args:
        text: as it was pasted.
        section: of the lines before the first heading.
    """
    found: list[PastedLine] = []
    for written in text.splitlines():
        line = clean_line(written)
        if not line:
            continue
        heading = _heading(line)
        if heading is not None:
            section = heading
        else:
            found.extend(PastedLine(section, part) for part in _parts(line))
    return tuple(found)


def clean_line(text: str) -> str:
    """A line without control characters, the mark of a list, and more than one space in a row."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return _MARK.sub("", " ".join(printable.split())).strip()


def same_line(text: str) -> str:
    """What two lines have in common that differ only in case, spaces and marks around them."""
    return clean_line(text).strip(" .,;:").casefold()


def without_known(lines: Iterable[PastedLine], known: Iterable[str]) -> tuple[list[PastedLine], int]:
    """The lines that are new, in their order, and how many of them were there before or came twice."""
    seen = {same_line(text) for text in known}
    new = []
    repeated = 0
    for line in lines:
        key = same_line(line.text)
        if key in seen:
            repeated += 1
        else:
            seen.add(key)
            new.append(line)
    return new, repeated


def _heading(line: str) -> str | None:
    name = line.strip("#= ").removesuffix(":").strip()
    if not name or len(name) > SECTION_LENGTH:
        return None
    if line.endswith(":") or line.startswith("#") or name.casefold() in _HEADINGS:
        return name.capitalize() if name.isupper() else name
    return None


def _parts(line: str) -> Iterator[str]:
    """A line in pieces of at most `LONGEST_LINE`, at the ends of sentences where there are any."""
    part = ""
    for sentence in _SENTENCE_END.split(line):
        if part and len(part) + 1 + len(sentence) > LONGEST_LINE:
            yield part
            part = ""
        part = f"{part} {sentence}" if part else sentence
        while len(part) > LONGEST_LINE:
            cut = part.rfind(" ", 0, LONGEST_LINE) + 1 or LONGEST_LINE
            yield part[:cut].rstrip()
            part = part[cut:]
    if part:
        yield part
