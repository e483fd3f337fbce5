"""Progress in the terminal."""

import io
import re

import pytest

from analysis.cli.progress_report import print_progress
from analysis.cli.terminal import console_on
from analysis.trends.models import TakeFacts
from analysis.trends.progress_report import progress_report
from tests.analysis.trends.made_takes import OLDER, facts, halving, takes_of


def page(made: list[TakeFacts], *, width: int = 80, verdicts: bool = True, stand: str = "") -> str:
    stream = io.StringIO()
    report = progress_report(takes_of(made), verdicts=verdicts)
    print_progress(report, stand, console_on(stream, width=width))
    return stream.getvalue()


def test_the_page_has_the_headline_a_sentence_for_each_measure_and_the_figures() -> None:
    text = page([facts(build=OLDER), *halving(15)])
    lines = [line.strip() for line in text.splitlines()]
    assert lines[1] == "Fewer fillers, a clear change: 8.0 to 4.0 a minute."
    assert "31 takes · 46 min 30 s of speech · 1 measured by an older version and not" in text
    assert "Fewer fillers: 8.0 to 4.0 a minute over 30 takes, a clear change." in " ".join(text.split())
    place = next(place for place, line in enumerate(lines) if re.match(r"Fillers a minute +8\.0", line))
    assert re.split("  +", lines[place]) == ["Fillers a minute", "8.0 a minute", "4.0 a minute", "up to 5"]
    assert re.split("  +", lines[place + 1]) == ["(7.5 to 8.5)", "(3.5 to 4.5)"]
    assert "2 September 2026: From here on the figures are measured by analysis 1.3.0" in " ".join(
        text.split()
    )
    assert "one of them will show a change by chance." in " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 80, 110])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(len(line) for line in page(halving(15), width=width).splitlines()) <= width


def test_few_takes_have_no_table() -> None:
    text = page([facts()] * 3)
    assert "Two more takes until your usual range shows." in text
    assert "Earlier takes" not in text


def test_no_takes_is_one_line() -> None:
    assert page([]).strip() == "No takes yet."


def test_without_verdicts_the_figures_stand_alone() -> None:
    text = page(halving(15), verdicts=False)
    assert "8.0 to 4.0 a minute over 30 takes." in text
    assert "Fewer" not in text and "up to 5" not in text


def test_where_one_stands_comes_before_how_it_changed() -> None:
    text = page(halving(6), stand="4 of your last 5 answers were inside 1–2 minutes.")
    change = progress_report(takes_of(halving(6))).headline
    assert text.split("\n")[1].strip() == "4 of your last 5 answers were inside 1–2 minutes."
    assert text.index("4 of your last 5") < text.index(change)
