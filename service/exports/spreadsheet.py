"""Tables as CSV in which no spreadsheet finds a formula.

To a spreadsheet, a cell that begins with = + - or @ is a formula. So is one with a tab or a line break in
front, which some programs strip (OWASP, 'CSV Injection'). Titles, tags and transcripts come from the person
or from a file that someone sent, so none of them may be evaluated. An apostrophe in front makes a cell plain
text.

Files begin with a byte order mark: without it Excel reads UTF-8 as an older encoding and shows 'â€“' for '–'.
LibreOffice, Numbers and Google Sheets ignore it. Programs can use the JSON, or read 'utf-8-sig'.
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
"""Some programs strip these from the beginning of a cell before they look for a formula."""
_QUOTES = frozenset("\"'`´‘’‚“”„«»")
_SEPARATORS = frozenset(";,|\t\r\n")
"""If the decimal mark is a comma, spreadsheets split cells at semicolons, even within a quoted cell that does
not begin the line. Therefore a formula after one of these is escaped too."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def harmless(cell: Cell) -> str:
    """The text of a cell, escaped so that no spreadsheet evaluates it.

    Plain numbers stay numbers, including -3.5, whether given as numbers or as text. None and numbers that are
    not finite become an empty cell.

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
            pieces += [_escaped(cell[first:place], begins=first == 0), character]
            first = place + 1
    pieces.append(_escaped(cell[first:], begins=first == 0))
    text = "".join(pieces)
    return _APOSTROPHE + text if text[:1] in _STRIPPED and text else text


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with a header line and escaped cells, as in RFC 4180, after a byte order mark.

    Args:
        columns: the headers.
        rows: the cells of each row, one per header.
    """
    text = io.StringIO(newline="")
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    for row in (columns, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return text.getvalue()


def _escaped(part: str, *, begins: bool) -> str:
    """A part of a cell, with an apostrophe where a spreadsheet would find the beginning of a formula."""
    seen = part.lstrip("".join(character for character in set(part) if _is_ignored(character)))
    if not seen or not _begins_formula(seen[0]):
        return part
    if begins:
        return _APOSTROPHE + part
    # The apostrophe goes after the space: 'one; -two' becomes "one; '-two".
    space = part[: len(part) - len(part.lstrip())]
    return space + _APOSTROPHE + part[len(space) :]


def _is_ignored(character: str) -> bool:
    """Whether it is a space, a quote or invisible, so that a formula may follow it."""
    return character in _QUOTES or unicodedata.category(character)[0] in "ZC"


def _begins_formula(character: str) -> bool:
    """Whether it begins a formula. Some spreadsheets also accept the full-width and small forms."""
    return character == _MINUS_SIGN or unicodedata.normalize("NFKC", character) in _FORMULA
