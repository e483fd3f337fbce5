"""The four main figures of a view as lines of the terminal, each with a mark and its meaning in words.

As wide as the terminal allows: side by side, else a row each, else two lines each.
"""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.cli.tables import columns_without_head
from analysis.cli.terminal import printable
from analysis.formatting import capitalised, listed
from analysis.view.figures import FigureView, Mark

_MARKS: dict[Mark, str] = {
    "inside": "✓",
    "near": "≈",
    "above": "▲",
    "below": "▼",
    "unknown": "?",
    "none": " ",
}
"""One column each. Marks that the output cannot show become ASCII, as `analysis.cli.terminal` says."""
_STYLES: dict[Mark, str] = {"inside": "accent"}

_GAP = 2
"""Columns between figures that stand side by side."""
_NOT_MEASURED = "not measured"


def four_figures(figures: Sequence[FigureView], width: int) -> RenderableType:
    """The figures with their marks, and under them what else to know.

    Args:
        figures: of the view.
        width: columns there are.
    """
    blocks: list[RenderableType] = [_laid_out(figures, width)]
    notes = [Text(printable(note), style="quiet") for note in _notes(figures)]
    if notes:
        blocks += [Text(), *notes]
    return Group(*blocks)


def _laid_out(figures: Sequence[FigureView], width: int) -> RenderableType:
    cells = [_side(figure) for figure in figures]
    column = max(max(line.cell_len for line in cell) for cell in cells)
    if len(cells) * column + (len(cells) - 1) * _GAP <= width:
        return _side_by_side(cells, column)
    rows = [(_name(figure), Text(_value(figure)), Text(_comparison(figure))) for figure in figures]
    widest = sum(max(row[place].cell_len for row in rows) for place in range(3)) + 2 * 2
    return _as_rows(rows) if widest <= width else Group(*map(_two_lines, figures))


def _side(figure: FigureView) -> tuple[Text, ...]:
    lines = (_name(figure), Text(_value(figure)))
    if not figure.value:
        return (*lines, Text(), Text())
    goal = f"{'aim' if figure.figure == 'length' else 'guide'}: {figure.guide}" if figure.guide else ""
    return (*lines, Text(figure.standing_text), Text(goal, style="quiet"))


def _side_by_side(cells: Sequence[tuple[Text, ...]], column: int) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for _ in cells:
        grid.add_column(width=column, no_wrap=True)
    for line in zip(*cells, strict=True):
        if any(cell.plain for cell in line):
            grid.add_row(*line)
    return grid


def _as_rows(rows: Sequence[tuple[Text, Text, Text]]) -> Table:
    grid = columns_without_head("", "", "")
    for row in rows:
        grid.add_row(*row)
    return grid


def _two_lines(figure: FigureView) -> Text:
    lines = [Text.assemble(_name(figure), f": {_value(figure)}")]
    if comparison := _comparison(figure):
        lines.append(Text(f"  {comparison}"))
    return Text("\n").join(lines)


def _name(figure: FigureView) -> Text:
    mark = (_MARKS[figure.mark], _STYLES.get(figure.mark, "bold"))
    return Text.assemble(mark, " ", (figure.label, "heading"))


def _value(figure: FigureView) -> str:
    return f"{figure.value} {figure.unit}".rstrip() if figure.value else _NOT_MEASURED


def _comparison(figure: FigureView) -> str:
    """`over the guide: up to 5`; empty for a figure without a value or without a verdict."""
    if not figure.value:
        return ""
    return f"{figure.standing_text}: {figure.guide}" if figure.guide else figure.standing_text


def _notes(figures: Sequence[FigureView]) -> Iterator[str]:
    """Why some are not measured, and what else to know of a guide."""
    labels: dict[str, list[str]] = {}
    for figure in figures:
        if not figure.value and figure.reason:
            labels.setdefault(figure.reason, []).append(figure.label.lower())
    for reason, names in labels.items():
        yield f"{capitalised(listed(names))}: {_NOT_MEASURED}, because {reason}."
    yield from (figure.note for figure in figures if figure.note)
