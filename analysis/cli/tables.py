"""Tables without a frame, and texts with a mark in front, for pages of the terminal."""

from rich.box import Box
from rich.table import Table
from rich.text import Text

RULE_UNDER_HEAD = Box("    \n    \n ── \n    \n    \n    \n    \n    \n", ascii=True)
"""One thin rule; `ascii` keeps rich from drawing a full grid where our own marks turn it into hyphens."""


def quiet_table() -> Table:
    """An empty table with one rule, under its head."""
    return Table(
        box=RULE_UNDER_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="quiet",
        border_style="quiet",
    )


def columns_without_head(*styles: str) -> Table:
    """An empty grid with two spaces between its columns; all but the last are never broken.

    Args:
        styles: of each column.
    """
    grid = Table.grid(padding=(0, 2, 0, 0))
    for style in styles[:-1]:
        grid.add_column(no_wrap=True, style=style)
    grid.add_column(style=styles[-1])
    return grid


def remark(mark: str, text: Text, *, style: str = "bold") -> Table:
    """A hanging mark with its text.

    Args:
        mark: one or a few characters.
        text: as many lines as it needs.
        style: of the mark.
    """
    grid = columns_without_head(style, "")
    grid.add_row(Text(mark), text)  # a plain string would be read as markup, and [a] is a tag
    return grid
