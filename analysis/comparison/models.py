"""Models of the comparison of two takes.

The earlier take is always the first one. Times are in seconds from the start of each take's own recording.
"""

from dataclasses import dataclass
from typing import Literal

from analysis.report import Measure, Report, Span
from analysis.trends.models import Verdict

PassageKind = Literal["same", "changed"]


@dataclass(frozen=True)
class ComparedTake:
    """One of the two takes.

    Attributes:
        answer: the caller's id of the answer.
        name: display name for use within a sentence, such as `take 2`.
        report: the report of the answer.
    """

    answer: str
    name: str
    report: Report


@dataclass(frozen=True)
class ComparedMeasure:
    """One measure in both takes.

    Attributes:
        name: name of the measure, see `analysis.measures.registry`.
        label, unit: for display.
        first, second: the measures of the two reports.
        verdict: `clear_change`, `probably`, `cannot_tell`, or `not_given` if the person wants none; None for
            a measure that is not tested.
        ratio: second / first; None for a measure that is not tested, if the two cannot be compared, and if
            the first is 0.
        low, high: interval of the ratio for the person, not for the recordings: 95 % over the whole family
            of measures. None if the two cannot be compared.
        sentence: the verdict as a sentence; empty for a measure that is not tested.
    """

    name: str
    label: str
    unit: str
    first: Measure
    second: Measure
    verdict: Verdict | None
    ratio: float | None
    low: float | None
    high: float | None
    sentence: str


@dataclass(frozen=True)
class Said:
    """A piece of speech: a sentence, or the part of a sentence that belongs to a passage.

    Attributes:
        text: the transcribed text, without fillers.
        start, end: times in its own take, in seconds.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Passage:
    """A stretch of both takes with the same or with changed wording.

    Attributes:
        kind: `same` or `changed`.
        first, second: the speech of each take in this passage; may be empty.
        closes: whether a sentence ends with it in both takes, so that a new line can begin after it.
    """

    kind: PassageKind
    first: tuple[Said, ...]
    second: tuple[Said, ...]
    closes: bool


@dataclass(frozen=True)
class Wording:
    """The comparison of the wording of two takes.

    Attributes:
        same_share: share of the second take's spoken words that occur in runs of the same words in the first,
            0 to 1; None if too little was said.
        sentence: the share as a sentence.
        hint: something to try, or None.
        passages: all passages of both takes, in order.
    """

    same_share: float | None
    sentence: str
    hint: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class BestStretches:
    """The stretch of each take that is most worth hearing again; None if there is none."""

    first: Span | None
    second: Span | None


@dataclass(frozen=True)
class TakeComparison:
    """The comparison of two takes.

    Attributes:
        first, second: the caller's ids of the answers, the earlier one first.
        notice: something to know before reading the figures, or None.
        measures: the family with verdicts, then measures that are not tested.
        verdicts: whether verdicts on fluency are given.
        method: explains in a few sentences how changes are distinguished from chance.
    """

    first: str
    second: str
    notice: str | None
    measures: tuple[ComparedMeasure, ...]
    wording: Wording
    best_stretches: BestStretches
    verdicts: bool
    method: str
