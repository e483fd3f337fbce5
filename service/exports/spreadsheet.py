"""Tables as CSV that a spreadsheet opens and never runs.

A cell that begins with = + - or @ is a formula to a spreadsheet, and so is one that begins with a tab or
a line break, which some programs take away first (OWASP, 'CSV Injection'). Titles, tags and transcripts
are a person's own words, or those of a file that somebody sent; none of them may run. An apostrophe in front
makes a cell plain text.

Files begin with a byte order mark: without it Excel reads UTF-8 as an older encoding and writes 'â€“' for
'–'. LibreOffice, Numbers and Google's Sheets pass over it. Programs have the JSON, or read 'utf-8-sig'.
"""

import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence

Cell = str | int | float | None

MEDIA_TYPE = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"

_APOSTROPHE = "'"
_FORMULA = frozenset("=+-@")
_MINUS_SIGN = "\N{MINUS SIGN}"
_STRIPPED = frozenset("\t\r\n")
"""Some programs take these away from the beginning of a cell and look at what comes then."""
_QUOTES = frozenset("\"'`´‘’‚“”„«»")
_SEPARATORS = frozenset(";,|\t\r\n")
"""Where a comma is the decimal mark a spreadsheet parts cells at semicolons, even within a quoted cell that
does not begin the line. So a formula after one of these is stopped too."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def harmless(cell: Cell) -> str:
    """What to write into a cell so that no spreadsheet runs it.

    Plain numbers stay numbers, -3.5 too, whether they come as such or as text. Nothing, and a number that
    is none, become an empty cell.

    >>> harmless("=1+1"), harmless("  @SUM(A1)"), harmless(-3.5), harmless("Why us?"), harmless(None)
    ("'=1+1", "'  @SUM(A1)", '-3.5', 'Why us?', '')
    """
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return repr(cell) if math.isfinite(cell) else ""
    if _NUMBER.fullmatch(cell):
        return cell
    pieces: list[str] = []
    first = 0
    for place, character in enumerate(cell):
        if character in _SEPARATORS:
            pieces += [_stopped(cell[first:place], begins=first == 0), character]
            first = place + 1
    pieces.append(_stopped(cell[first:], begins=first == 0))
    text = "".join(pieces)
    return _APOSTROPHE + text if text[:1] in _STRIPPED and text else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with a line of heads, every cell harmless, in the form of RFC 4180 after a byte order mark.

    Args:
        columns: heads.
        rows: cells, as many as heads.
    """
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for row in (columns, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def _stopped(part: str, *, begins: bool) -> str:
    """A part of a cell, with an apostrophe where a spreadsheet would see the beginning of a formula."""
    seen = part.lstrip("".join(character for character in set(part) if _is_passed_over(character)))
    if not seen or not _begins_formula(seen[0]):
        return part
    if begins:
        return _APOSTROPHE + part
    # Space stays where it was: 'one; -two' becomes "one; '-two".
    space = part[: len(part) - len(part.lstrip())]
    return space + _APOSTROPHE + part[len(space) :]


def _is_passed_over(character: str) -> bool:
    """Space, quotes, and what cannot be seen: a formula may hide behind it."""
    return character in _QUOTES or unicodedata.category(character)[0] in "ZC"


def _begins_formula(character: str) -> bool:
    """Also the full-width and small forms, which some spreadsheets take for the plain ones."""
    return character == _MINUS_SIGN or unicodedata.normalize("NFKC", character) in _FORMULA
