"""Models of progress: the facts of each take, and the report on many takes.

Rates are pooled: all events over all minutes. Takes are the unit of chance: the certainty of a change depends
on how much a person's takes differ from one another, not on how many words they contain.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from analysis.report import Guide, Measure

FAMILY = ("answer_length", "speaking_rate", "long_pause_rate", "filler_rate")
"""The measures that the progress page tests together, with a correction for testing several."""

FEWEST_TAKES = 5
"""Fewest takes for a median and a band; fewer takes are only shown as dots."""

Verdict = Literal["clear_change", "probably", "cannot_tell", "too_few", "not_given"]
"""`not_given`: the person wants no verdicts on fluency; figures are shown without saying whether they
changed."""


@dataclass(frozen=True)
class Build:
    """The build that made a report. Only figures of the same build are compared."""

    analysis_version: str
    model: str
    model_sha256: str


@dataclass(frozen=True)
class TakeFacts:
    """The facts of one report that are stored for evaluations of many takes.

    Attributes:
        build: the build that made the report.
        language: ISO 639-1 code of the spoken language.
        recorded: recorded seconds of the spoken span; the denominator of every rate.
        values: values of all measures by name; None if not measurable.
        doubts: reasons by name, for measures with a state other than `measured`.
        figures: the measures of the four main figures, with their intervals and the answer's own aim; empty
            in facts that an earlier build stored.
    """

    build: Build
    language: str
    recorded: float
    values: dict[str, float | None]
    doubts: dict[str, str]
    figures: dict[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True)
class Take:
    """One take with its circumstances.

    Attributes:
        answer: the caller's id of the answer.
        title: display title.
        at: time of the take, with a time zone.
        number: number of the take of its question; None without a question.
        timed: whether the time was limited; None if unknown.
        kind: kind of its question; None if unknown.
        first_language: as stored with the take; None if it was not set.
        facts: facts of its report.
    """

    answer: str
    title: str
    at: datetime
    number: int | None
    timed: bool | None
    kind: str | None
    first_language: str | None
    facts: TakeFacts


@dataclass(frozen=True)
class Estimate:
    """A figure over several takes.

    Attributes:
        value: the pooled figure: for a rate all events over all minutes, for a length the mean of the takes.
        low, high: 95 % interval, from the variation between takes.
        takes: number of takes.
        minutes: minutes of speech.
    """

    value: float
    low: float
    high: float
    takes: int
    minutes: float


@dataclass(frozen=True)
class Change:
    """The comparison of earlier with later takes: halves of all takes, or takes before and since a focus.

    Attributes:
        verdict: `clear_change` if the corrected interval excludes no change; `probably` if only the plain 95
            % interval does; `too_few` below the fewest takes that are compared; `not_given` if verdicts on
            fluency are not wanted: the figures are shown without mentioning a change.
        before, after: None if nothing has been compared yet, which is possible for `cannot_tell` and
            `not_given` too.
        ratio: after / before; None if it is undefined, for example if nothing was counted before.
        low, high: interval of the ratio, corrected for testing several measures repeatedly (for a focus,
            which is tested alone, only for repeated tests). Both are None if the ratio is undefined; only
            `high` is None if there is no upper bound.
        takes_needed: takes until the next look; 0 if no number of takes suffices, as with fewer than
            `FEWEST_TAKES` before a focus was chosen.
        looked_at: number of takes at the last look; later ones are not included. For a focus, takes since it
            was chosen. 0 if nothing has been compared yet.
    """

    verdict: Verdict
    before: Estimate | None
    after: Estimate | None
    ratio: float | None
    low: float | None
    high: float | None
    takes_needed: int
    looked_at: int


@dataclass(frozen=True)
class Point:
    """One take in one chart, with the running quartiles at this take.

    Attributes:
        answer, title, at: of the take.
        value: None if the measure is not measurable in it.
        doubt: reason why the value is less sure or missing.
        current: whether the newest build made it, so that it is compared.
        low, middle, high: quartiles of the latest takes up to this one, at most `RUNNING_TAKES` of the same
            build; None below `FEWEST_TAKES`.
    """

    answer: str
    title: str
    at: datetime
    value: float | None
    doubt: str | None
    current: bool
    low: float | None
    middle: float | None
    high: float | None


@dataclass(frozen=True)
class Trend:
    """One measure over many takes.

    Attributes:
        name: name of the measure, see `analysis.measures.registry`.
        label, unit: for display.
        guide: the published guide; None if there is none.
        sentence: the sentence to read first.
        change: the evidence for the sentence, from the takes of the newest build.
        points: oldest first.
    """

    name: str
    label: str
    unit: str
    guide: Guide | None
    sentence: str
    change: Change
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Break:
    """A change of the build between two takes.

    Attributes:
        at: time of the first take of the new build.
        text: the difference, in a sentence.
    """

    at: datetime
    text: str


@dataclass(frozen=True)
class ProgressReport:
    """The report on a person's takes.

    Attributes:
        headline: the one sentence to read first.
        takes: number of takes.
        minutes: minutes of speech in them.
        outdated: number of takes of older builds, which can be analysed again.
        breaks: changes of the build, oldest first.
        trends: the measures of `FAMILY`, in that order.
        method: explains in a few sentences when a change is reported.
    """

    headline: str
    takes: int
    minutes: float
    outdated: int
    breaks: tuple[Break, ...]
    trends: tuple[Trend, ...]
    method: str


@dataclass(frozen=True)
class UsualRange:
    """The middle half of a person's takes.

    Attributes:
        low, middle, high: quartiles, in the measure's unit.
        takes: number of takes that they are calculated from.
    """

    low: float
    middle: float
    high: float
    takes: int
