"""Progress over many takes as a page of the terminal: a sentence for each measure, then the figures."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.report_page import quiet_table
from analysis.cli.terminal import MAXIMUM_WIDTH, printable
from analysis.cli.wording import SECONDS, clock, duration, usual
from analysis.trends.models import Estimate, ProgressReport, Trend
from analysis.trends.wording import figure

_INDENT = 2
_UNITS = {"words/min": "words a minute"}
"""What the label of a measure does not say."""


def print_progress(report: ProgressReport, console: Console) -> None:
    """Writes the whole page.

    Args:
        report: what is shown.
        console: decides on width, colour and encoding.
    """
    width = min(console.width, MAXIMUM_WIDTH) - 2 * _INDENT
    with console.capture() as page:
        for section in _sections(report):
            console.print(Padding(section, (0, 0, 1, _INDENT), expand=False), width=width + _INDENT)
    # rich fills its columns with spaces, which nobody wants in a file
    lines = (line if console.is_terminal else line.rstrip() for line in page.get().splitlines())
    console.file.write("\n".join(lines) + "\n")


def _sections(report: ProgressReport) -> Iterator[RenderableType]:
    yield Group(Text(), Text(printable(report.headline), style="headline"))
    if not report.takes:
        return
    yield Text(_what_it_rests_on(report), style="quiet")
    yield _sentences(report.trends)
    if any(trend.change.before is not None for trend in report.trends):
        yield Group(_table(report.trends), Text(), Text(_NOTE, style="quiet"))
    if report.breaks:
        yield Group(*(_break(each.at.strftime("%d %B %Y").lstrip("0"), each.text) for each in report.breaks))
    yield Text(printable(report.method), style="quiet")


_NOTE = "( ) 95 % interval: how far off the figure can be, as takes differ."


def _what_it_rests_on(report: ProgressReport) -> str:
    takes = "1 take" if report.takes == 1 else f"{report.takes:,} takes"
    parts = [takes, f"{duration(60.0 * report.minutes)} of speech"]
    if report.outdated:
        parts.append(f"{report.outdated:,} measured by an older build and not compared")
    return " · ".join(parts)


def _sentences(trends: tuple[Trend, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="heading")
    grid.add_column()
    for trend in trends:
        grid.add_row(Text(printable(trend.label)), Text(printable(trend.sentence)))
    return grid


def _break(day: str, text: str) -> Text:
    return Text(f"{day}: {printable(text)}", style="quiet")


def _table(trends: tuple[Trend, ...]) -> Table:
    table = quiet_table()
    for head in ("Measure", "Earlier takes", "Later takes", "What is usual"):
        table.add_column(head)
    for trend in trends:
        guide = "" if trend.guide is None else usual(trend.guide, trend.unit)
        table.add_row(
            Text(", ".join(filter(None, [printable(trend.label), _UNITS.get(trend.unit)]))),
            Text(_figure(trend.change.before, trend)),
            Text(_figure(trend.change.after, trend)),
            Text(guide),
        )
    return table


def _figure(estimate: Estimate | None, trend: Trend) -> str:
    """`6.1 (5.0 to 7.2)`, `1:42 (1:31 to 1:53)`; empty where nothing was compared."""
    if estimate is None:
        return ""
    value, low, high = (
        clock(round(each)) if trend.unit == SECONDS else figure(each, trend.name)
        for each in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} ({low} to {high})"
