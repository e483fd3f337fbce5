"""How wrong the figures of a report were on labelled speech, in recordings like this one."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from analysis.command_line.terminal import printable
from analysis.definitions import DEFINITIONS
from analysis.evaluation.published import error_for, published_evaluation
from analysis.quality import GOOD_SIGNAL_TO_NOISE
from analysis.vocabulary import Report

_SHOWN = ("spoken_words", "pause_count", "filled_pause_count", "discourse_marker_count")
"""All other figures are made from these."""


def known_errors(report: Report) -> RenderableType:
    """A row for each measure that others are made from."""
    noise = report.measures.get("signal_to_noise")
    clear = noise is not None and noise.value is not None and noise.value >= GOOD_SIGNAL_TO_NOISE
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column()
    grid.add_column(style="quiet")
    for name in _SHOWN:
        error = error_for(name, clear=clear)
        if error is not None and name in report.measures:
            grid.add_row(Text(DEFINITIONS[name].label), Text(f"{error.recordings}: {error.text}"))
    return Group(Text("How far off these can be", style="heading"), grid, Text(_made(report), style="quiet"))


def _made(report: Report) -> str:
    made = published_evaluation().made
    text = f"Measured on labelled speech on {made.on.day} {made.on:%B %Y}; all of it stands in ACCURACY.md."
    if (made.analysis_version, made.model_sha256) == (report.analysis_version, report.model.sha256):
        return text
    other = f"analysis {made.analysis_version} with the model {printable(made.model)}"
    return f"{text} That was {other}; this report comes from another build."
