"""Takes as a table for a spreadsheet, with a row per take and a column per measure."""

from collections.abc import Iterable
from datetime import tzinfo

from analysis.measures.registry import DEFINITIONS
from service.exports.spreadsheet import Cell, as_csv
from service.progress.takes import TakeRow, kind_names

_COLUMNS = (
    "answer",
    "title",
    "at",
    "take",
    "timed",
    "kind",
    "first_language",
    "spoken",
    "session",
    "tags",
    "analysis_version",
    "model",
    "recorded (s)",
)
_TIMED = {True: "timed", False: "untimed", None: ""}


def takes_as_csv(rows: Iterable[TakeRow], zone: tzinfo) -> str:
    """A table of the takes with a report, as CSV; a measure that is not measurable is an empty cell.

    Args:
        rows: the takes, in the order of the lines.
        zone: the time zone of the times.
    """
    header = [*_COLUMNS, *(f"{each.name} ({each.unit})" for each in DEFINITIONS.values()), "low confidence"]
    return as_csv(header, (_line(row, zone) for row in rows if row.facts is not None))


def _line(row: TakeRow, zone: tzinfo) -> list[Cell]:
    facts = row.facts
    if facts is None:
        return []
    doubts = (
        f"{name}: {reason}" for name, reason in facts.doubts.items() if facts.values.get(name) is not None
    )
    return [
        row.answer,
        row.title,
        row.at.astimezone(zone).isoformat(timespec="seconds"),
        row.number,
        _TIMED[row.timed],
        None if row.kind is None else kind_names().get(row.kind, row.kind),
        row.first_language,
        facts.language,
        row.session_name,
        ", ".join(row.tags.values()),
        facts.build.analysis_version,
        facts.build.model,
        facts.recorded,
        *(facts.values.get(name) for name in DEFINITIONS),
        "; ".join(doubts),
    ]
