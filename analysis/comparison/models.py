"""The words of a comparison of two takes.

The earlier take is always the first one. Times are seconds from the start of each take's own recording.
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
        answer: whatever the caller knows it by.
        name: for people, as it stands within a sentence: `take 2`.
        report: of the answer.
    """

    answer: str
    name: str
    report: Report


@dataclass(frozen=True)
class ComparedMeasure:
    """One measure in both takes.

    Attributes:
        name: of the measure, see `analysis.measures.registry`.
        label, unit: for people.
        first, second: as in the two reports.
        verdict: `clear_change`, `probably`, `cannot_tell`, or `not_given` where the person wishes none; None
            for a measure that is only shown.
        ratio: second / first; None for a measure that is only shown, where the two cannot be compared, and
            where the first is 0.
        low, high: interval of the ratio for the person, not for the recordings: 95 % over the whole family
            of measures. None where the two cannot be compared.
        sentence: what to read of it; empty for a measure that is only shown.
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
    """A piece of what was said: a sentence, or the part of one that belongs to a passage.

    Attributes:
        text: as the recogniser wrote it, without fillers.
        start, end: seconds in its own take.
    """

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Passage:
    """A stretch of both takes that was said in the same words, or in others.

    Attributes:
        kind: `same` or `changed`.
        first, second: what was said there in each take; empty where nothing was.
        closes: both takes come to the end of a sentence with it: a place to begin a new line.
    """

    kind: PassageKind
    first: tuple[Said, ...]
    second: tuple[Said, ...]
    closes: bool


@dataclass(frozen=True)
class Wording:
    """How much of the wording of two takes is the same.

    Attributes:
        same_share: of the spoken words of the second take, the share that stands in runs of the same words in
            the first, 0 to 1; None where too little was said.
        sentence: what to read of it.
        hint: something to try; None where there is nothing.
        passages: all of both takes, in order.
    """

    same_share: float | None
    sentence: str
    hint: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class BestStretches:
    """The stretch of each take that is most worth hearing again; None where there is none."""

    first: Span | None
    second: Span | None


@dataclass(frozen=True)
class TakeComparison:
    """All that is said of two takes together.

    Attributes:
        first, second: answers as the caller knows them, the earlier one first.
        notice: what to know before the figures are read; None where there is nothing.
        measures: the family with verdicts, then further ones that are only shown.
        verdicts: whether fluency is judged at all.
        method: how a change is told from chance, in a few sentences.
    """

    first: str
    second: str
    notice: str | None
    measures: tuple[ComparedMeasure, ...]
    wording: Wording
    best_stretches: BestStretches
    verdicts: bool
    method: str
