"""Progress over many takes as a page of the terminal: a sentence for each measure, then the figures."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from analysis.cli.tables import quiet_table
from analysis.cli.terminal import MAXIMUM_WIDTH, printable, write_page
from analysis.trends.models import ProgressReport, Trend
from analysis.view.progress import ComparedFigure, ProgressView, progress_view

_INDENT = 2


def print_progress(report: ProgressReport, stand: str, console: Console) -> None:
    """Writes the whole page.

    Args:
        report: what is shown.
        stand: where the person stands, from `analysis.trends.where_you_stand`.
        console: decides on width, colour and encoding.
    """
    width = min(console.width, MAXIMUM_WIDTH) - 2 * _INDENT
    with console.capture() as page:
        for section in _sections(report, stand):
            console.print(Padding(section, (0, 0, 1, _INDENT), expand=False), width=width + _INDENT)
    write_page(page.get(), console)


def _sections(report: ProgressReport, stand: str) -> Iterator[RenderableType]:
    view = progress_view(report, stand)
    yield Group(Text(), Text(printable(stand or report.headline), style="headline"))
    if not report.takes:
        return
    if stand:
        yield Text(printable(report.headline))
    yield Text(" · ".join(view.amounts), style="quiet")
    yield _sentences(report.trends)
    if any(trend.earlier for trend in view.trends):
        yield Group(_table(view), Text(), Text(view.interval_note, style="quiet"))
    if report.breaks:
        yield Group(*(_break(f"{each.at.day} {each.at:%B %Y}", each.text) for each in report.breaks))
    yield Text(printable(report.method), style="quiet")


def _sentences(trends: tuple[Trend, ...]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="heading")
    grid.add_column()
    for trend in trends:
        grid.add_row(Text(printable(trend.label)), Text(printable(trend.sentence)))
    return grid


def _break(day: str, text: str) -> Text:
    return Text(f"{day}: {printable(text)}", style="quiet")


def _table(view: ProgressView) -> Table:
    table = quiet_table()
    for head in ("Measure", "Earlier takes", "Later takes", "What is usual"):
        table.add_column(head)
    for trend in view.trends:
        table.add_row(
            Text(printable(trend.label)), _figure(trend.earlier), _figure(trend.later), Text(trend.guide)
        )
    return table


def _figure(figure: ComparedFigure | None) -> Text:
    """The figure, and its interval in a line of its own: beside it there is no room."""
    if figure is None:
        return Text()
    return Text.assemble(figure.value, (f"\n({figure.interval})" if figure.interval else "", "quiet"))
