"""The measures of a report for people: in groups, with those that have no value by their reason.

Groups and their order are those of `analysis.measures.registry`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.cli import wording
from analysis.measures.registry import DEFINITIONS, GROUPS, group_of
from analysis.report import Measure

_MOST_NAMES = 8
"""Measures named for one reason; beyond that it is nearly all of them."""


@dataclass(frozen=True)
class MeasureRow:
    """One figure in words.

    Attributes:
        name: its key in a report.
        label: its name for people.
        value: with its unit; `about` where it was estimated.
        interval: both ends; empty without one.
        guide: what is usual; empty where nothing is published.
        source: who says what is usual; empty likewise.
        state: how far to trust it.
        sure: whether nothing lowers that.
        reason: why it is less sure; empty where it is measured.
    """

    name: str
    label: str
    value: str
    interval: str
    guide: str
    source: str
    state: str
    sure: bool
    reason: str


@dataclass(frozen=True)
class MeasureGroup:
    """Rows that stand together."""

    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True)
class Withheld:
    """Measures that have no value for one reason."""

    names: str
    reason: str


def label_of(name: str) -> str:
    """A measure's name for people; readable for one that this build does not know."""
    known = DEFINITIONS.get(name)
    return known.label if known else name.replace("_", " ").capitalize()


def measure_groups(measures: Mapping[str, Measure]) -> tuple[MeasureGroup, ...]:
    """Measures that have a value, in groups; empty groups are left out."""
    ordered = [name for name in DEFINITIONS if name in measures]
    ordered += [name for name in measures if name not in DEFINITIONS]
    shown = [name for name in ordered if measures[name].value is not None]
    found = (
        MeasureGroup(
            group.value, tuple(_row(name, measures[name]) for name in shown if group_of(name) is group)
        )
        for group in GROUPS
    )
    return tuple(group for group in found if group.rows)


def withheld_measures(measures: Mapping[str, Measure]) -> tuple[Withheld, ...]:
    """Measures without a value, by their reason; of a reason that most share, how many there are."""
    names: dict[str, list[str]] = {}
    for name, measure in measures.items():
        if measure.value is None:
            why = wording.reason(measure.reason or "not known", measure.state)
            names.setdefault(why, []).append(label_of(name))
    return tuple(
        Withheld(", ".join(labels) if len(labels) <= _MOST_NAMES else f"{len(labels)} other measures", why)
        for why, labels in sorted(names.items(), key=lambda entry: len(entry[1]))
    )


def _row(name: str, measure: Measure) -> MeasureRow:
    words = wording.value_with_interval(measure) or ""
    interval = wording.interval(measure) or ""
    return MeasureRow(
        name=name,
        label=label_of(name),
        value=words.removesuffix(f" ({interval})"),
        interval=interval,
        guide="" if measure.guide is None else wording.usual(measure.guide, measure.unit),
        source="" if measure.guide is None else measure.guide.source,
        state=wording.state(measure),
        sure=measure.state == "measured",
        reason="" if measure.reason is None else wording.reason(measure.reason, measure.state),
    )
