"""What to change and what to keep, as lines of the terminal: where to listen, and the drill step by step."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.cli.tables import columns_without_head
from analysis.cli.terminal import printable
from analysis.view.figures import DrillView
from analysis.view.report import ObservationView, ReportView

_TITLE_WIDTH = 4
"""Columns of `Keep`, so that the texts of all blocks begin in one."""


def advice(view: ReportView, *, evidence: bool) -> Iterator[RenderableType]:
    """Blocks: the one thing to change, its drill, then everything else, such as what to keep.

    Args:
        view: of the report.
        evidence: whether to say why the drill may help.
    """
    changes = [each for each in view.observations if each.kind == "try"]
    others = [each for each in view.observations if each.kind != "try"]
    if changes:
        yield _observations(changes)
    if view.drill is not None:
        yield _drill(view.drill, evidence=evidence)
    if others:
        yield _observations(others)


def _observations(observations: Sequence[ObservationView]) -> Table:
    grid = columns_without_head("heading", "")
    grid.columns[0].min_width = _TITLE_WIDTH
    for observation in observations:
        text = Text(printable(observation.text))
        if observation.listen:
            text.append(f" {observation.listen}", style="quiet")
        grid.add_row(observation.title, text)
    return grid


def _drill(drill: DrillView, *, evidence: bool) -> Group:
    steps = columns_without_head("quiet", "")
    for number, step in enumerate(drill.steps, start=1):
        steps.add_row(str(number), Text(printable(step)))
    blocks: list[RenderableType] = [Text(printable(drill.button), style="heading"), steps]
    if evidence and drill.evidence:
        blocks.append(Text(printable(drill.evidence), style="quiet"))
    return Group(*blocks)
