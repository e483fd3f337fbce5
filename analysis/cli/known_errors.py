"""How wrong the figures of a report were on labelled speech, in recordings like this one."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.cli.terminal import printable
from analysis.evaluation.published import errors_of_recording, published_evaluation
from analysis.report import Report


def known_errors(report: Report) -> RenderableType:
    """A row for each measure that others are made from."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(style="quiet")
    for label, error in errors_of_recording(report):
        grid.add_row(Text(label), Text(f"{error.recordings}: {error.text}"))
    return Group(Text("How far off these can be", style="heading"), grid, Text(_made(report), style="quiet"))


def _made(report: Report) -> str:
    made = published_evaluation().made
    text = f"Measured on labelled speech on {made.on.day} {made.on:%B %Y}; all of it stands in ACCURACY.md."
    if (made.analysis_version, made.model_sha256) == (report.analysis_version, report.model.sha256):
        return text
    other = f"analysis {made.analysis_version} with the model {printable(made.model)}"
    return f"{text} That was {other}; this report comes from another build."
