"""The scores of one clip, from which all figures are calculated."""

from dataclasses import dataclass
from typing import Literal

from analysis.evaluation.labelled_speech import Clip
from analysis.evaluation.scoring import (
    SURE,
    EventScore,
    LikeScore,
    score_filled_pauses,
    score_like,
    score_markers,
    score_pauses,
)
from analysis.evaluation.true_values import CHECKED_MEASURES, reader_is_followed, true_ranges
from analysis.evaluation.word_errors import WordErrors, word_errors
from analysis.report import Report, State

Detectors = Literal["out_of_fold", "own_training_clip", "not_trained_on"]
"""The detectors that analysed a clip: trained without its fold, the shipped ones that were trained on it, or
the shipped ones that were not trained on it."""


@dataclass(frozen=True)
class Checked:
    """One measure compared with its true value.

    Attributes:
        low_true, high_true: range of the true value.
        value, low, high: as reported.
        state: as reported.
    """

    low_true: float
    high_true: float
    value: float
    low: float
    high: float
    state: State

    @property
    def inside(self) -> bool:
        """Whether the reported interval overlaps the true range."""
        return self.low <= self.high_true and self.low_true <= self.high

    @property
    def error(self) -> float:
        """Distance of the value from the true range."""
        return max(0.0, self.low_true - self.value, self.value - self.high_true)


@dataclass(frozen=True)
class WordScore:
    """Words of one clip.

    Attributes:
        errors: word errors; None if the text is unknown.
        count: true number of words; None if it is unknown.
        count_error: reported minus true number of words; None if the latter is unknown.
        followed: whether the recogniser can follow the reader.
    """

    errors: WordErrors | None
    count: int | None
    count_error: float | None
    followed: bool


@dataclass(frozen=True)
class ClipScore:
    """The scores of one clip.

    Attributes:
        id, group, kind, accent_group, cluster: see `labelled_speech.Clip`.
        duration: duration of the clip in seconds.
        seconds: duration of its analysis in seconds; None if unknown.
        detectors: the detectors that analysed the clip.
        has_speech: False for noise and silence.
        sure, filled_pauses: filled pauses that are sure, and sure or unsure; None if not labelled.
        no_filled_pauses: whether it is labelled as having none.
        markers, like, pauses: None if not labelled.
        words: word scores of a clip with speech; None without speech.
        words_without_speech: transcribed words of a clip without speech; None with speech.
        checked: measures that have a value and a known true value, by name.
        withheld: measures that are not measurable although their true value is known.
    """

    id: str
    group: str
    kind: str
    accent_group: str | None
    cluster: str
    duration: float
    seconds: float | None
    detectors: Detectors
    has_speech: bool
    sure: EventScore | None
    filled_pauses: EventScore | None
    no_filled_pauses: bool
    markers: EventScore | None
    like: LikeScore | None
    pauses: EventScore | None
    words: WordScore | None
    words_without_speech: int | None
    checked: dict[str, Checked]
    withheld: tuple[str, ...]


def score_clip(
    clip: Clip, report: Report, *, seconds: float | None = None, detectors: Detectors = "not_trained_on"
) -> ClipScore:
    """Compares a report with the labels of its clip."""
    ranges = true_ranges(clip)
    return ClipScore(
        id=clip.id,
        group=clip.group,
        kind=clip.kind,
        accent_group=clip.accent_group,
        cluster=clip.cluster,
        duration=clip.duration,
        seconds=seconds,
        detectors=detectors,
        has_speech=clip.has_speech,
        sure=score_filled_pauses(report, clip, SURE),
        filled_pauses=score_filled_pauses(report, clip),
        no_filled_pauses=clip.fillers is not None and not clip.fillers_of("filled_pause"),
        markers=score_markers(report, clip),
        like=score_like(report, clip),
        pauses=score_pauses(report, clip),
        words=_words(clip, report) if clip.has_speech else None,
        words_without_speech=None if clip.has_speech else len(report.transcript.words),
        checked=_checked(ranges, report),
        withheld=tuple(
            name for name in CHECKED_MEASURES if name in ranges and report.measures[name].value is None
        ),
    )


def _words(clip: Clip, report: Report) -> WordScore:
    reported = report.measures["spoken_words"].value or 0.0
    return WordScore(
        errors=None
        if clip.text is None or clip.word_count is None
        else word_errors(clip.text, (word.text for word in report.transcript.words)),
        count=clip.word_count,
        count_error=None if clip.word_count is None else reported - clip.word_count,
        followed=reader_is_followed(clip),
    )


def _checked(ranges: dict[str, tuple[float, float]], report: Report) -> dict[str, Checked]:
    checked = {}
    for name in CHECKED_MEASURES:
        measure = report.measures[name]
        if name in ranges and measure.value is not None:
            low = measure.value if measure.low is None else measure.low
            high = measure.value if measure.high is None else measure.high
            checked[name] = Checked(*ranges[name], measure.value, low, high, measure.state)
    return checked
