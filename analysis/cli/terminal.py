"""Where the command line writes: the report to standard output, everything else to standard error.

Colour and bold appear on a terminal only, and no meaning rests on them. Marks that the output's
encoding cannot hold, or the terminal's font lacks, are written as ASCII of the same width, so a table stays a
table.
"""

import codecs
import os
import sys
import unicodedata
from typing import TextIO

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

MAXIMUM_WIDTH = 110
"""Columns. Beyond this the eye loses its row."""

_ASCII_MARKS = {
    "─": "-",
    "━": "=",
    "├": "+",
    "┼": "+",
    "▲": "^",
    "▼": "v",
    "✓": "+",
    "≈": "~",
    "▸": ">",
    "·": "/",
    "‹": "<",
    "›": ">",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": ".",
    "×": "x",
    "\N{NO-BREAK SPACE}": " ",
}
_ENCODING_ERRORS = "greenroom_ascii_marks"

_FEW_GLYPHS = frozenset({"dumb", "linux", "unknown"})
"""Values of TERM whose font may lack a check mark: the one of Linux without windows has 512 glyphs."""

_THEME = Theme(
    {
        "headline": "bold",
        "heading": "bold",
        "quiet": "dim",
        "accent": "green",
        "filler": "bold",
        # rich's own progress bar is pink and grey; one accent is enough
        "bar.complete": "green",
        "bar.finished": "green",
        "bar.pulse": "green",
    }
)


def _write_as_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Codec error handler: each character that does not fit becomes its ASCII mark, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unfit = error.object[error.start : error.end]
    return "".join(_ASCII_MARKS.get(character, "?") for character in unfit), error.end


codecs.register_error(_ENCODING_ERRORS, _write_as_ascii)


def console_on(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that writes to `stream`, as wide as the terminal or, where there is none, 80 columns."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors=_ENCODING_ERRORS)
    # highlight=False: rich would colour every number it sees
    return Console(file=stream, width=width, highlight=False, theme=_THEME)


def write_page(page: str, console: Console) -> None:
    """Writes text that a console has laid out.

    Args:
        page: what the console captured.
        console: that laid it out.
    """
    if console.is_terminal and (console.legacy_windows or os.environ.get("TERM", "") in _FEW_GLYPHS):
        page = "".join(_ASCII_MARKS.get(character, character) for character in page)
    # rich fills its columns with spaces, which nobody wants in a file
    lines = (line if console.is_terminal else line.rstrip() for line in page.splitlines())
    console.file.write("\n".join(lines) + "\n")


def output_console() -> Console:
    """For what was asked for."""
    return console_on(sys.stdout)


def message_console() -> Console:
    """For progress and for what went wrong."""
    return console_on(sys.stderr)


_STEERING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories: control, lone surrogate, line and paragraph ends."""


def printable(text: str) -> str:
    """Text from a file name, a recogniser or a file, with nothing in it that steers a terminal.

    Line ends and tabs become spaces, other control and undecodable characters question marks;
    invisible format characters, which can turn the reading direction, go.
    """
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if character in "\n\r\t":
            kept.append(" ")
        elif category in _STEERING:
            kept.append("?")
        elif category != "Cf":
            kept.append(character)
    return "".join(kept)


def say(text: str, *, style: str = "") -> None:
    """One plain sentence on standard error, never broken in the middle of a pipe."""
    message_console().print(Text(printable(text), style=style), soft_wrap=True)
