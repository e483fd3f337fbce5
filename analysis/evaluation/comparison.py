"""Compares two builds on the same clips, by paired differences.

Clips differ far more than builds do, so overlapping intervals say nothing about which build is better. The
difference on the same clips, with an interval from drawing speakers, does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.evaluation.clip_scores import ClipScore
from analysis.evaluation.results import Evaluation
from analysis.evaluation.scoring import EventScore
from analysis.evaluation.uncertainty import Figure, paired_difference

_Sums = NDArray[np.float64]


@dataclass(frozen=True)
class Difference:
    """One figure of both builds on the clips that both scored.

    Attributes:
        group: kind, with the variant if there is one; or `all`.
        figure: name of the figure.
        before, after: its values.
        difference: after minus before; n is the number of clips.
    """

    group: str
    figure: str
    before: float
    after: float
    difference: Figure


@dataclass(frozen=True)
class _Paired:
    """A figure that is calculated from sums over clips.

    Attributes:
        name: name of the figure.
        parts: a clip's contribution to each sum; None if the figure does not apply to it.
        value: calculates the figure from sums of shape (..., number of sums).
    """

    name: str
    parts: Callable[[ClipScore], tuple[float, ...] | None]
    value: Callable[[_Sums], _Sums]


def compare(before: Evaluation, after: Evaluation) -> Iterator[Difference]:
    """Compares every figure that both have, for all clips and for each kind and variant."""
    known = {score.id: score for score in before.clips}
    pairs = [(known[score.id], score) for score in after.clips if score.id in known]
    for group in ("all", *sorted({new.group for _, new in pairs})):
        members = [(old, new) for old, new in pairs if group in ("all", new.group)]
        for paired in _PAIRED:
            difference = _difference(group, paired, members)
            if difference is not None:
                yield difference


def _difference(
    group: str, paired: _Paired, members: Sequence[tuple[ClipScore, ClipScore]]
) -> Difference | None:
    both = [
        (old_parts, new_parts, new.cluster)
        for old, new in members
        if (old_parts := paired.parts(old)) is not None and (new_parts := paired.parts(new)) is not None
    ]
    if not both:
        return None
    before = np.array([old for old, _, _ in both], dtype=float)
    after = np.array([new for _, new, _ in both], dtype=float)
    old_value, new_value = (float(paired.value(sums.sum(axis=0))) for sums in (before, after))
    if not np.isfinite([old_value, new_value]).all():
        return None
    difference = paired_difference(before, after, [cluster for _, _, cluster in both], paired.value)
    return Difference(group, paired.name, old_value, new_value, difference)


_Parts = tuple[float, ...] | None


def _events(score_of: Callable[[ClipScore], EventScore | None]) -> Callable[[ClipScore], _Parts]:
    def parts(score: ClipScore) -> _Parts:
        events = score_of(score)
        return None if events is None else (events.hits, events.false, events.missed)

    return parts


def _f1(sums: _Sums) -> _Sums:
    hits, wrong = sums[..., 0], sums[..., 1] + sums[..., 2]
    with np.errstate(invalid="ignore"):
        f1: _Sums = 2 * hits / (2 * hits + wrong)
    return f1


def _ratio(sums: _Sums) -> _Sums:
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: _Sums = sums[..., 0] / sums[..., 1]
    return ratio


def _count_error(score: ClipScore) -> _Parts:
    words = score.words
    if words is None or not words.followed or not words.count or words.count_error is None:
        return None
    return abs(words.count_error), words.count


def _word_error(score: ClipScore) -> _Parts:
    words = score.words
    if words is None or not words.followed or words.errors is None or not words.errors.words:
        return None
    return words.errors.edits, words.errors.words


_PAIRED = (
    _Paired("'um' and 'uh', F1, sure and unsure", _events(lambda score: score.filled_pauses), _f1),
    _Paired("'um' and 'uh', F1, sure", _events(lambda score: score.sure), _f1),
    _Paired("'like', 'you know', 'I mean', F1", _events(lambda score: score.markers), _f1),
    _Paired("pauses, F1", _events(lambda score: score.pauses), _f1),
    _Paired("word count error", _count_error, _ratio),
    _Paired("word error rate", _word_error, _ratio),
)
