"""The definition of a measure, of which each family's module has several, and the groups of measures."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from analysis.measures.confidence import figure, not_measurable
from analysis.measures.inputs import MeasureInputs
from analysis.report import Guide, Measure


class MeasureGroup(StrEnum):
    """Measures that are shown together; the value is the group's title, and the order that of reports."""

    LENGTH_AND_PACE = "Length and pace"
    PAUSES = "Pauses"
    FILLERS = "Fillers"
    WORDS_AND_VOICE = "Words and voice"
    RECORDING = "The recording"


@dataclass(frozen=True)
class Estimate:
    """A measure's figure for one answer, before rounding.

    Attributes:
        value: best estimate, in the measure's unit.
        low, high: 95 % interval of the true value in this recording.
        reason: stable code why it has low confidence; None if it has not.
        guide: guide for this answer, if it differs from the measure's own.
    """

    value: float
    low: float
    high: float
    reason: str | None = None
    guide: Guide | None = None


@dataclass(frozen=True)
class NotMeasurable:
    """The measure has no figure for this answer.

    Attributes:
        reason: stable code why, for example `too_little_speech`.
    """

    reason: str


@dataclass(frozen=True)
class Pooling:
    """How a measure is computed over several answers (`analysis.measures.pooling`).

    Attributes:
        counts: names of the measures that are summed over all answers; for a count, its own name.
        per: what the sum is divided by; None for the sum itself.
    """

    counts: tuple[str, ...]
    per: Literal["minute", "100 words"] | None = None


@dataclass(frozen=True, kw_only=True)
class MeasureDefinition:
    """A measure: its names, its meaning, and how it is computed.

    Attributes:
        name: its key in a report.
        label: its name in reports.
        unit: of its value.
        group: the measures with which it is shown.
        definition: what it is, in a sentence or two.
        method: how it is measured, in words.
        known_error: sources of error, in words. The measured error on labelled speech is in
            `analysis.evaluation.published` and in ACCURACY.md.
        compute: computes its figure for one answer.
        digits: decimal places in a report.
        guide: recommended range with its source; None if there is none.
        pooling: how it pools over several answers; None if it does not.
    """

    name: str
    label: str
    unit: str
    group: MeasureGroup
    definition: str
    method: str
    known_error: str
    compute: Callable[[MeasureInputs], Estimate | NotMeasurable]
    digits: int = 2
    guide: Guide | None = None
    pooling: Pooling | None = None

    def measure(self, inputs: MeasureInputs) -> Measure:
        """The measure of one answer, as in its report."""
        return self.as_measure(self.compute(inputs))

    def as_measure(self, found: Estimate | NotMeasurable) -> Measure:
        """A figure, or the reason why there is none, with this measure's unit, guide and rounding."""
        if isinstance(found, NotMeasurable):
            return not_measurable(self.unit, found.reason, self.guide)
        return figure(
            found.value,
            self.unit,
            found.low,
            found.high,
            reason=found.reason,
            guide=found.guide or self.guide,
            digits=self.digits,
        )
