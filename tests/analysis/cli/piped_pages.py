"""Pages of the terminal as a pipe or a colour terminal receives them."""

import io
from collections.abc import Callable

from rich.color import ColorSystem
from rich.console import Console

from analysis.cli.report_page import print_full_report, print_report
from analysis.cli.terminal import console_on
from analysis.report import Report


def page(report: Report, *, width: int = 80, title: str = "answer.m4a", encoding: str = "utf-8") -> str:
    """The usual page in a pipe."""
    return _piped(print_report, report, width, title, encoding)


def full_page(report: Report, *, width: int = 80, encoding: str = "utf-8") -> str:
    """The page with every figure in a pipe."""
    return _piped(print_full_report, report, width, "answer.m4a", encoding)


def _piped(show: Callable[..., None], report: Report, width: int, title: str, encoding: str) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    show(report, console_on(stream, width=width), title=title)
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def on_terminal(report: Report) -> str:
    """The usual page on a terminal, with the codes for bold and colour that it gets."""
    stream = io.StringIO()
    print_report(report, colourful(stream), title="answer.m4a")
    return stream.getvalue()


def colourful(stream: io.StringIO) -> Console:
    """A console that takes its stream for a terminal of 80 columns."""
    console = console_on(stream, width=80)
    console._force_terminal = True
    console._color_system = None if console.no_color else ColorSystem.STANDARD
    return console


def flat(text: str) -> str:
    """Without line ends and runs of spaces."""
    return " ".join(text.split())
