"""The words of progress: what is kept of each take, and what is said of many.

Rates are pooled: all events over all minutes. Takes are the unit of chance: how a person's takes differ from
one another, not how many words they hold, decides how sure a change is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analysis.report import Guide

FAMILY = ("answer_length", "speaking_rate", "pause_rate", "filler_rate")
"""The measures that the progress page looks at together; a chance finding among them is corrected for."""

FEWEST_TAKES = 5
"""Takes from which a middle and a band are drawn; fewer are dots."""

Verdict = Literal["clear_change", "probably", "cannot_tell", "too_few", "not_given"]
"""`not_given`: the person asked for facts without verdicts on fluency; the figures stand, and nothing is said
of whether they changed."""


@dataclass(frozen=True)
class Build:
    """What a report was made with. Only figures of one build are compared."""

    analysis_version: str
    model: str
    model_sha256: str


@dataclass(frozen=True)
class TakeFacts:
    """What is kept of one report for everything that looks at many takes.

    Attributes:
        build: what it was made with.
        language: ISO 639-1 code of what was spoken.
        recorded: seconds of the spoken span that were recorded: the denominator of every rate.
        values: every measure's value by its name; None where it is not measurable.
        doubts: reason, by the names of those measures that are not plainly `measured`.
    """

    build: Build
    language: str
    recorded: float
    values: dict[str, float | None]
    doubts: dict[str, str]


@dataclass(frozen=True)
class Take:
    """One take with what is known of how it was made.

    Attributes:
        answer: whatever the caller knows it by.
        title: for people.
        at: when it was made, with a time zone.
        number: which take of its question; None without a question.
        timed: whether the time was limited; None where that is not known.
        kind: of its question; None where that is not known.
        first_language: as the person had set it when the take was made; None where nothing was set.
        facts: of its report.
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
        value: pooled: a rate is all events over all minutes, a length the mean of the takes.
        low, high: 95 % interval for takes like these, by how the takes differ.
        takes: how many.
        minutes: of speech.
    """

    value: float
    low: float
    high: float
    takes: int
    minutes: float


@dataclass(frozen=True)
class Change:
    """Earlier takes against later ones: halves of all takes, or those before and since a focus was chosen.

    Attributes:
        verdict: `clear_change` where the corrected interval excludes no change; `probably` where only the
            plain 95 % interval does; `too_few` below the fewest takes that are compared; `not_given` where
            verdicts on fluency are not wanted: show the figures and say nothing of a change.
        before, after: None where nothing was compared yet; that can be so with `cannot_tell` and `not_given`.
        ratio: after / before; None where it cannot be said, as where nothing was counted before.
        low, high: interval of the ratio, corrected for looking at several measures again and again (a focus
            is tested alone: for looking again). Both are None where the ratio cannot be said; `high` alone is
            None where there is no upper end.
        takes_needed: how many more takes until it is looked at next; 0 where no number of takes will do, as
            with fewer than `FEWEST_TAKES` from before a focus was chosen.
        looked_at: takes at which it was last looked at; those made since are not in it. For a focus, those
            since it was chosen. 0 where nothing was compared yet.
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
    """One take in one chart, with the running middle there.

    Attributes:
        answer, title, at: of the take.
        value: None where the measure is not measurable in it.
        doubt: reason why the value is less sure or missing.
        current: made with the newest build, so that it is compared.
        low, middle, high: quartiles of the takes up to here, at most `RUNNING_TAKES` of the same build;
            None under `FEWEST_TAKES`.
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
        name: of the measure, see `analysis.measures.registry`.
        label, unit: for people.
        guide: what is usual; None where nothing is published.
        sentence: what to read first.
        change: the evidence for it, over the takes of the newest build.
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
    """From here on takes were measured otherwise.

    Attributes:
        at: when the first take of the other build was made.
        text: what is different, in a sentence.
    """

    at: datetime
    text: str


@dataclass(frozen=True)
class ProgressReport:
    """All that is said of a person's takes together.

    Attributes:
        headline: the one sentence to read first.
        takes: how many are in it.
        minutes: of speech in them.
        outdated: takes of older builds, which can be analysed again.
        breaks: oldest first.
        trends: those of `FAMILY`, in that order.
        method: how changes are called, in a few sentences.
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
        takes: how many they rest on.
    """

    low: float
    middle: float
    high: float
    takes: int
