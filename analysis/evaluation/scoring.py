"""Scores the events of a report against the labels of a clip.

- Filled pauses match one to one if they overlap or are within 0.25 s of each other; um, uh and hmm are
  treated as one kind. Labels that are `doubtful` or `overlapped` are ignored, and so is a detection near
  one of them that matches no certain label. Labels without times are scored by count: as many of the
  remaining detections are hits.
- Discourse markers match in the same way, within one text; only those that count (`filler`) are scored, and
  only the texts that are labelled.
- Pauses of 0.25 s and more match one to one if they share more than half of the shorter one. A label that is
  not `exact`, or is shorter than 0.25 s by no more than its error, is ignored.

Of all one-to-one matchings, the one with the most matches is used, and of those the one with the nearest
starts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.evaluation.labelled_speech import MARKERS, Clip, LabelledFiller
from analysis.measures.pauses import SHORTEST_PAUSE
from analysis.report import Filler, FillerState, Report, Span

NEAR = 0.25
"""Longest distance, in seconds, between two filled pauses that count as the same."""
LABEL_ERROR = 0.02
"""Error of a labelled pause, in seconds: both ends are accurate to about 10 ms."""
_ROUNDING = 0.0005
_NO_MATCH = 1e6
SURE: tuple[FillerState, ...] = ("filler",)
SURE_AND_UNSURE: tuple[FillerState, ...] = ("filler", "unsure")


@dataclass(frozen=True)
class EventScore:
    """Counts of one clip, or the sums over several clips.

    Attributes:
        hits: events that were detected and are labelled.
        false: events that were detected but are not labelled.
        missed: events that are labelled but were not detected.
        start_errors, end_errors: detected minus labelled time, in seconds, of hits with times.
    """

    hits: int = 0
    false: int = 0
    missed: int = 0
    start_errors: tuple[float, ...] = ()
    end_errors: tuple[float, ...] = ()

    @property
    def true(self) -> int:
        """Number of labelled events."""
        return self.hits + self.missed

    @property
    def found(self) -> int:
        """Number of detected events that are scored."""
        return self.hits + self.false

    def __add__(self, other: "EventScore") -> "EventScore":
        return EventScore(
            self.hits + other.hits,
            self.false + other.false,
            self.missed + other.missed,
            self.start_errors + other.start_errors,
            self.end_errors + other.end_errors,
        )


@dataclass(frozen=True)
class LikeScore:
    """Counts of the word 'like', as a filler and as an ordinary word.

    Attributes:
        filler_found, filler_missed: those labelled as fillers, by whether they were detected as fillers.
        ordinary_called_filler, ordinary_left: all others in the text, by the same.
    """

    filler_found: int = 0
    filler_missed: int = 0
    ordinary_called_filler: int = 0
    ordinary_left: int = 0

    def __add__(self, other: "LikeScore") -> "LikeScore":
        return LikeScore(
            self.filler_found + other.filler_found,
            self.filler_missed + other.filler_missed,
            self.ordinary_called_filler + other.ordinary_called_filler,
            self.ordinary_left + other.ordinary_left,
        )


def score_filled_pauses(
    report: Report, clip: Clip, states: Sequence[FillerState] = SURE_AND_UNSURE
) -> EventScore | None:
    """Scores filled pauses in the given states; None if they are not labelled."""
    if clip.fillers is None:
        return None
    found = [f for f in report.fillers if f.kind == "filled_pause" and f.state in states]
    return _score_fillers(clip.fillers_of("filled_pause"), found)


def score_markers(report: Report, clip: Clip) -> EventScore | None:
    """Scores `like`, `you know` and `I mean` as fillers; None if they are not labelled."""
    if not clip.markers_labelled:
        return None
    return sum((_score_marker(report, clip, text) for text in MARKERS), EventScore())


def score_like(report: Report, clip: Clip) -> LikeScore | None:
    """Scores 'like' as filler and as ordinary word; None if it is not labelled or the text is unknown."""
    if not clip.markers_labelled or clip.text is None:
        return None
    events = _score_marker(report, clip, "like")
    labelled = sum(f.text.lower() == "like" for f in clip.fillers_of("discourse_marker"))
    ordinary = max(0, len(re.findall(r"\blike\b", clip.text.lower())) - labelled)
    return LikeScore(events.hits, events.missed, events.false, max(0, ordinary - events.false))


def score_pauses(report: Report, clip: Clip) -> EventScore | None:
    """Scores silent pauses of 0.25 s and more; None if they are not labelled."""
    if clip.pauses is None:
        return None
    found = [Span(pause.start, pause.end) for pause in report.pauses]
    scored, neutral = [], []
    for pause in clip.pauses:
        if pause.exact and pause.duration >= SHORTEST_PAUSE - _ROUNDING:
            scored.append(Span(pause.start, pause.end))
        elif not pause.exact or pause.duration >= SHORTEST_PAUSE - LABEL_ERROR:
            neutral.append(Span(pause.start, pause.end))
    return _score(scored, neutral, found, _share_most)


def _score_marker(report: Report, clip: Clip, text: str) -> EventScore:
    found = [
        f
        for f in report.fillers
        if f.kind == "discourse_marker" and f.state == "filler" and f.text.lower() == text
    ]
    return _score_fillers([f for f in clip.fillers_of("discourse_marker") if f.text.lower() == text], found)


def _score_fillers(labelled: Sequence[LabelledFiller], found: Sequence[Filler]) -> EventScore:
    certain: list[Span] = []
    uncertain: list[Span] = []
    untimed, untimed_uncertain = 0, 0
    for filler in labelled:
        if filler.start is None or filler.end is None:
            untimed += filler.certain
            untimed_uncertain += not filler.certain
        else:
            (certain if filler.certain else uncertain).append(Span(filler.start, filler.end))
    by_event = _score(certain, uncertain, [Span(f.start, f.end) for f in found], _near)
    by_count = min(untimed, by_event.false)
    false = max(0, by_event.false - by_count - untimed_uncertain)
    return EventScore(
        by_event.hits + by_count,
        false,
        by_event.missed + untimed - by_count,
        by_event.start_errors,
        by_event.end_errors,
    )


def _score(
    labelled: Sequence[Span],
    neutral: Sequence[Span],
    found: Sequence[Span],
    match: Callable[[Span, Span], bool],
) -> EventScore:
    pairs = _one_to_one(labelled, found, match)
    matched = {index for _, index in pairs}
    unmatched = [span for index, span in enumerate(found) if index not in matched]
    false = sum(not any(match(span, other) for other in neutral) for span in unmatched)
    return EventScore(
        hits=len(pairs),
        false=false,
        missed=len(labelled) - len(pairs),
        start_errors=tuple(found[j].start - labelled[i].start for i, j in pairs),
        end_errors=tuple(found[j].end - labelled[i].end for i, j in pairs),
    )


def _one_to_one(
    labelled: Sequence[Span], found: Sequence[Span], match: Callable[[Span, Span], bool]
) -> list[tuple[int, int]]:
    """Pairs of indices: the largest number of matches, and of those the one with the nearest starts."""
    if not labelled or not found:
        return []
    from scipy.optimize import linear_sum_assignment  # slow to load, and not needed to read figures

    cost = np.array([[abs(a.start - b.start) if match(a, b) else _NO_MATCH for b in found] for a in labelled])
    rows, columns = linear_sum_assignment(cost)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if cost[i, j] < _NO_MATCH]


def _near(one: Span, other: Span) -> bool:
    return max(one.start - other.end, other.start - one.end) <= NEAR + _ROUNDING


def _share_most(one: Span, other: Span) -> bool:
    return one.overlap(other) > 0.5 * min(one.duration, other.duration)
