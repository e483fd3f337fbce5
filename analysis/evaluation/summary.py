"""Summarises scored clips to figures, for each group of clips."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from analysis.evaluation.clip_scores import Checked, ClipScore, Detectors
from analysis.evaluation.scoring import EventScore, LikeScore
from analysis.evaluation.true_values import CHECKED_MEASURES
from analysis.evaluation.uncertainty import NOTHING, Figure, f1, percentile, rate, ratio, share
from analysis.report import State

GroupedBy = Literal["all", "kind", "variant", "condition", "accent"]
CLEAR, NOISY = "spliced clean", "spliced degraded"
"""Real voices with exact labels: clear recordings, and the same with noise or in a room."""
TELEPHONE = "telephone"
"""Real talk of many callers; `telephone, native` and `telephone, non-native` are its parts."""
FEWEST_WORDS, FEWEST_EVENTS = 300, 20
"""An accent group with fewer has no figures, only its amounts; of fewer events, pages give counts only."""
_KINDS = ("spontaneous", "read", "spliced", "synthetic", "noise")
_VARIANTS = ("clean", "n20", "room", "n10")
_DEGRADED = frozenset(f"spliced {variant}" for variant in _VARIANTS if variant != "clean")
_MINUTE = 60.0
_STATES: tuple[State, ...] = ("measured", "low_confidence")


@dataclass(frozen=True)
class EventFigures:
    """Accuracy of the detection of one kind of event.

    Attributes:
        true, found: numbers of labelled and of detected events.
        hits: number of labelled events that were detected; None for an accent with few.
        precision, recall: with Wilson's interval.
        f1: with a bootstrap interval.
        start_error, end_error: median of the absolute error, in seconds.
        edge_error, edge_error_90: median and 90th percentile of the absolute error of both edges, in seconds.
    """

    true: int
    found: int
    precision: Figure
    recall: Figure
    f1: Figure
    start_error: Figure
    end_error: Figure
    edge_error: Figure
    edge_error_90: Figure
    hits: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class WordFigures:
    """Accuracy of the transcription.

    Attributes:
        words: number of true words, of readers that the recogniser can follow.
        count_error: sum of the clips' absolute errors of the word count, as a share of the words.
        word_error_rate: edits as a share of the words.
        speaking_rate_error: sum of absolute errors as a share of the sum of true rates; n is clips.
        left_out: number of clips of readers that the recogniser cannot follow.
    """

    words: int
    count_error: Figure
    word_error_rate: Figure
    speaking_rate_error: Figure
    left_out: int


@dataclass(frozen=True)
class Reliability:
    """Reliability of a measure's interval and state.

    Attributes:
        measure: name of the measure.
        inside: share of clips with the true value in the interval.
        width: median width of the interval.
        relative_width: median width as a share of the true value, over clips where that is not 0.
        error: sum of absolute errors as a share of the sum of true values; n is clips.
        errors: the same error by state.
        withheld: number of clips with a true value for which it was not measurable.
    """

    measure: str
    inside: Figure
    width: Figure
    relative_width: Figure
    error: Figure
    errors: dict[State, Figure]
    withheld: int


@dataclass(frozen=True)
class GroupFigures:
    """All figures of one group of clips.

    Attributes:
        name: for example `spliced n20`, or an accent.
        by: property by which the clips are grouped.
        clips, minutes, speakers: amounts of labelled speech.
        detectors: number of clips by the detectors that analysed them.
        sure, filled_pauses: filled pauses that are sure, and sure or unsure; None if none are labelled and
            none were reported.
        silent_minutes: minutes of the clips that are labelled as having no filled pause.
        false_sure, false_filled_pauses: filled pauses reported per minute in those clips.
        markers, like, pauses, words: None if not labelled.
        words_without_speech: words transcribed in clips without speech; None if every clip has speech.
        real_time_factor: seconds of analysis per second of sound.
        reliability: one for each measure that can be checked; empty for accents.
        kinds: number of clips by kind.
    """

    name: str
    by: GroupedBy
    clips: int
    minutes: float
    speakers: int
    detectors: dict[Detectors, int]
    sure: EventFigures | None
    filled_pauses: EventFigures | None
    silent_minutes: float
    false_sure: Figure
    false_filled_pauses: Figure
    markers: EventFigures | None
    like: LikeScore | None
    pauses: EventFigures | None
    words: WordFigures | None
    words_without_speech: int | None
    real_time_factor: float | None
    reliability: tuple[Reliability, ...]
    kinds: dict[str, int] = field(default_factory=dict)


def summarise(scores: Sequence[ClipScore]) -> tuple[GroupFigures, ...]:
    """Calculates the figures of all clips, of calls, of each kind, variant and accent, and of noisy ones."""
    groups: list[tuple[GroupedBy, str, list[ClipScore]]] = [("all", "all", list(scores))]
    calls = [score for score in scores if (score.accent_group or "").startswith(TELEPHONE)]
    foreign = [score for score in calls if "non-native" in (score.accent_group or "")]
    groups.append(("condition", TELEPHONE, calls))
    groups.append(("condition", f"{TELEPHONE}, native", [score for score in calls if score not in foreign]))
    groups.append(("condition", f"{TELEPHONE}, non-native", foreign))
    for kind in _KINDS:
        of_kind = [score for score in scores if score.kind == kind]
        groups.append(("kind", kind, of_kind))
        for variant in _VARIANTS:
            name = f"{kind} {variant}"
            groups.append(("variant", name, [score for score in of_kind if score.group == name]))
    noisy = [score for score in scores if score.group in _DEGRADED]
    groups.append(("condition", NOISY, noisy))
    for accent in sorted({score.accent_group for score in scores if score.accent_group is not None}):
        groups.append(("accent", accent, [score for score in scores if score.accent_group == accent]))
    return tuple(_figures(by, name, members) for by, name, members in groups if members)


def _figures(by: GroupedBy, name: str, members: Sequence[ClipScore]) -> GroupFigures:
    silent = [score for score in members if score.no_filled_pauses]
    words = _words(by, members)
    if by == "accent" and (words is None or words.words < FEWEST_WORDS):
        silent = []
    minutes = sum(score.duration for score in silent) / _MINUTE
    timed = [score for score in members if score.seconds is not None]
    without_speech = [s.words_without_speech for s in members if s.words_without_speech is not None]
    return GroupFigures(
        name=name,
        by=by,
        clips=len(members),
        minutes=sum(score.duration for score in members) / _MINUTE,
        speakers=len({score.cluster for score in members if score.has_speech}),
        detectors=_tally(score.detectors for score in members),
        sure=_events(by, members, lambda score: score.sure),
        filled_pauses=_events(by, members, lambda score: score.filled_pauses),
        silent_minutes=minutes,
        false_sure=_false_a_minute(silent, minutes, lambda score: score.sure),
        false_filled_pauses=_false_a_minute(silent, minutes, lambda score: score.filled_pauses),
        markers=_events(by, members, lambda score: score.markers),
        like=_like(members),
        pauses=_events(by, members, lambda score: score.pauses),
        words=words,
        words_without_speech=sum(without_speech) if without_speech else None,
        real_time_factor=sum(s.seconds or 0.0 for s in timed) / sum(s.duration for s in timed)
        if timed
        else None,
        reliability=() if by == "accent" else tuple(_reliability(members)),
        kinds=_tally(score.kind for score in members),
    )


_Counted = TypeVar("_Counted", bound=str)


def _tally(things: Iterable[_Counted]) -> dict[_Counted, int]:
    counted: dict[_Counted, int] = {}
    for which in things:
        counted[which] = counted.get(which, 0) + 1
    return counted


def _false_a_minute(
    silent: Sequence[ClipScore], minutes: float, score_of: Callable[[ClipScore], EventScore | None]
) -> Figure:
    return rate(sum(events.false for score in silent if (events := score_of(score)) is not None), minutes)


def _events(
    by: GroupedBy, members: Sequence[ClipScore], score_of: Callable[[ClipScore], EventScore | None]
) -> EventFigures | None:
    scored = [(score.cluster, events) for score in members if (events := score_of(score)) is not None]
    total = sum((events for _, events in scored), EventScore())
    if total.true + total.found == 0:
        return None
    if by == "accent" and total.true < FEWEST_EVENTS:
        return EventFigures(total.true, total.found, *[NOTHING] * 7)
    clusters = [cluster for cluster, _ in scored]
    starts = [[abs(error) for error in events.start_errors] for _, events in scored]
    ends = [[abs(error) for error in events.end_errors] for _, events in scored]
    edges = [[*start, *end] for start, end in zip(starts, ends, strict=True)]
    return EventFigures(
        true=total.true,
        found=total.found,
        precision=share(total.hits, total.found),
        recall=share(total.hits, total.true),
        f1=f1(
            [events.hits for _, events in scored],
            [events.false for _, events in scored],
            [events.missed for _, events in scored],
            clusters,
        ),
        start_error=percentile(starts, clusters),
        end_error=percentile(ends, clusters),
        edge_error=percentile(edges, clusters),
        edge_error_90=percentile(edges, clusters, 90.0),
        hits=total.hits,
    )


def _like(members: Sequence[ClipScore]) -> LikeScore | None:
    scored = [score.like for score in members if score.like is not None]
    return sum(scored, LikeScore()) if scored else None


def _words(by: GroupedBy, members: Sequence[ClipScore]) -> WordFigures | None:
    spoken = [score for score in members if score.words is not None and score.words.count]
    if not spoken:
        return None
    followed = [(s, s.words) for s in spoken if s.words is not None and s.words.followed]
    words = sum(w.count or 0 for _, w in followed)
    left_out = len(spoken) - len(followed)
    if by == "accent" and words < FEWEST_WORDS:
        return WordFigures(words, NOTHING, NOTHING, NOTHING, left_out)
    written = [(score.cluster, w.errors) for score, w in followed if w.errors is not None]
    paced = [(s.cluster, s.checked["speaking_rate"]) for s, _ in followed if "speaking_rate" in s.checked]
    return WordFigures(
        words=words,
        count_error=ratio(
            [abs(w.count_error or 0.0) for _, w in followed],
            [w.count or 0 for _, w in followed],
            [score.cluster for score, _ in followed],
        ),
        word_error_rate=ratio(
            [errors.edits for _, errors in written],
            [errors.words for _, errors in written],
            [cluster for cluster, _ in written],
        ),
        speaking_rate_error=_error(paced),
        left_out=left_out,
    )


def _reliability(members: Sequence[ClipScore]) -> Iterator[Reliability]:
    for measure in CHECKED_MEASURES:
        checked = [(s.cluster, s.checked[measure]) for s in members if measure in s.checked]
        if not checked:
            continue
        clusters = [cluster for cluster, _ in checked]
        wide = [(cluster, c) for cluster, c in checked if c.low_true > 0]
        yield Reliability(
            measure=measure,
            inside=share(sum(c.inside for _, c in checked), len(checked)),
            width=percentile([[c.high - c.low] for _, c in checked], clusters),
            relative_width=percentile(
                [[(c.high - c.low) / c.low_true] for _, c in wide], [cluster for cluster, _ in wide]
            ),
            withheld=sum(measure in score.withheld for score in members),
            error=_error(checked),
            errors={
                state: _error([(name, c) for name, c in checked if c.state == state]) for state in _STATES
            },
        )


def _error(checked: Sequence[tuple[str, Checked]]) -> Figure:
    figure = ratio(
        [c.error for _, c in checked], [c.low_true for _, c in checked], [cluster for cluster, _ in checked]
    )
    return Figure(figure.value, figure.low, figure.high, len(checked))
