"""The length bar of a view as lines of the terminal."""

from rich.text import Text

from analysis.view.length_bar import LengthBar


def length_bar(bar: LengthBar, width: int) -> Text:
    """The labels of the stretches, the bar with the aim drawn heavier, this answer's mark, and the aim.

    Args:
        bar: what is drawn.
        width: columns there are.
    """
    labels, line = Text(style="quiet"), Text()
    edges = {_column(part.start, width): part for part in bar.parts}
    first, last = (
        (-1, -1) if bar.aim is None else (_column(bar.aim.start, width), _column(bar.aim.end, width))
    )
    for column in range(width):
        part = edges.get(column)
        if part is not None:
            labels.append(" " * (column - len(labels)) + part.label)
        edge = "├" if column == 0 else "▸" if column == width - 1 else "┼" if part else ""
        if first <= column < last:
            line.append(edge or "━", style="accent")
        else:
            line.append(edge or "─", style="quiet")
    lines = [labels, line, _mark(bar, width)]
    if bar.aim is not None:
        lines.append(Text(f"━ {bar.aim.text}", style="quiet"))
    return Text("\n").join(lines)


def _column(fraction: float, width: int) -> int:
    return round(fraction * width)


def _mark(bar: LengthBar, width: int) -> Text:
    """This answer's mark under the bar, its length on the side that has room."""
    column = min(_column(bar.at, width), width - 1)
    if column + 2 + len(bar.text) <= width:
        return Text.assemble(" " * column, (f"▲ {bar.text}", "bold"))
    return Text.assemble(" " * (column - len(bar.text) - 1), (f"{bar.text} ▲", "bold"))
