"""What defines a measure, and the groups in which reports show measures."""

from dataclasses import dataclass
from enum import StrEnum


class MeasureGroup(StrEnum):
    """Measures that are shown together; the value is the group's title, and the order that of reports."""

    LENGTH_AND_PACE = "Length and pace"
    PAUSES = "Pauses"
    FILLERS = "Fillers"
    WORDS_AND_VOICE = "Words and voice"
    RECORDING = "The recording"


@dataclass(frozen=True)
class MeasureDefinition:
    """A measure: what it is called, what it means and how it is measured.

    Attributes:
        name: its key in a report.
        label: its name for people.
        unit: of its value.
        group: which measures it is shown with.
        definition: what it is.
        method: how it is measured.
        known_error: what makes it wrong. How wrong it was on labelled speech, in figures, is in
            `analysis.evaluation.published`, and in ACCURACY.md.
    """

    name: str
    label: str
    unit: str
    group: MeasureGroup
    definition: str
    method: str
    known_error: str
