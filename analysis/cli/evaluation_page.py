"""The figures of an evaluation as tables in the terminal."""

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from analysis.cli.tables import RULE_UNDER_HEAD
from analysis.cli.terminal import printable, write_page
from analysis.evaluation.comparison import compare
from analysis.evaluation.results import Evaluation
from analysis.evaluation.tables import Table, about_detectors, comparison_table, tables

_INDENT = 2
_WIDTH_OF_A_FILE = 150
"""Columns where there is no terminal: no row of a table is broken."""
_WIDE = 130
"""Columns from which a figure and its interval stand on one line."""


def print_evaluation(evaluation: Evaluation, console: Console, *, earlier: Evaluation | None = None) -> None:
    """Writes all tables; every share with its 95 % interval.

    Args:
        evaluation: what is shown.
        console: decides on width, colour and encoding.
        earlier: of another build, to be compared with.
    """
    if not console.is_terminal:
        console.width = _WIDTH_OF_A_FILE
    with console.capture() as page:
        for section in _sections(evaluation, earlier, wide=console.width >= _WIDE):
            console.print(Padding(section, (0, 0, 1, _INDENT), expand=False))
    write_page(page.get(), console)


def _sections(evaluation: Evaluation, earlier: Evaluation | None, *, wide: bool) -> Iterator[RenderableType]:
    made, everything = evaluation.made, evaluation.groups[0] if evaluation.groups else None
    if everything is not None:
        number = "1 clip" if everything.clips == 1 else f"{everything.clips} clips"
        clips = f"{number}, {everything.minutes:.1f} minutes, {everything.speakers} voices"
        yield Text(
            f"\n{printable(made.labelled_speech)}: {clips}. Recogniser {printable(made.model)}, "
            f"analysis {made.analysis_version}, {made.on.isoformat()}.",
            style="headline",
        )
        yield Text(about_detectors(everything))
    yield Text("( ) 95 % interval. A dash: nothing to measure, or too little of one accent.", style="quiet")
    shown = list(tables(evaluation.groups))
    if earlier is not None:
        shown.append(comparison_table(compare(earlier, evaluation)))
    for table in shown:
        yield Text(table.title, style="heading")
        yield _grid(table, wide=wide)
        if table.note:
            yield Text(table.note, style="quiet")
    for failure in evaluation.failures:
        yield Text(printable(f"{failure.id} could not be analysed and is in no figure: {failure.text}"))


def _grid(table: Table, *, wide: bool) -> Grid:
    """Figures are never broken; where there is little room their intervals stand under them."""
    grid = Grid(
        box=RULE_UNDER_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 2 if wide else 1, 0, 0),
        header_style="quiet",
        border_style="quiet",
    )
    for number, column in enumerate(table.columns):
        name = number == 0 or column == "measure"
        grid.add_column(Text(column), justify="left" if name else "right", no_wrap=not name, overflow="fold")
    for row in table.rows:
        cells = [printable(cell) for cell in row]
        grid.add_row(*[Text(cell if wide else cell.replace(" (", "\n(")) for cell in cells])
    return grid
