"""The paired difference of two builds on the same clips."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from labelled_reports import clip_of, filled, found, report_of

from analysis.evaluation.clip_scores import ClipScore, score_clip
from analysis.evaluation.comparison import Difference, compare
from analysis.evaluation.results import Evaluation, Made
from analysis.evaluation.summary import summarise


def evaluation_of(scores: Sequence[ClipScore]) -> Evaluation:
    """An evaluation of an arbitrary build."""
    made = Made(date(2026, 1, 2), "speech", "1", "base", "ab", "cd", False, 0)
    return Evaluation(made, summarise(scores), (), tuple(scores))


def scores(found_ones: Sequence[int], *, wrong_words: int = 0) -> list[ClipScore]:
    """Clips of different speakers with ten filled pauses each, and the given numbers of detections."""
    made = []
    for number, hits in enumerate(found_ones):
        fillers = tuple(filled(float(start)) for start in range(0, 50, 5))
        clip = clip_of(
            id=str(number), speaker=str(number), fillers=fillers, text="a b c d e f g h", word_count=8
        )
        text = " ".join(["x"] * wrong_words + list("abcdefgh")[wrong_words:])
        report = report_of(fillers=[found(float(start)) for start in range(0, 5 * hits, 5)], text=text)
        made.append(score_clip(clip, report))
    return made


def one(differences: Sequence[Difference], figure: str, group: str = "all") -> Difference:
    """The difference of one figure."""
    (difference,) = [d for d in differences if (d.figure, d.group) == (figure, group)]
    return difference


def test_a_small_consistent_gain_is_certain_although_clips_differ() -> None:
    before = evaluation_of(scores([1, 9, 2, 8, 3, 7]))
    after = evaluation_of(scores([2, 10, 3, 9, 4, 8]))
    gain = one(list(compare(before, after)), "'um' and 'uh', F1, sure")
    assert gain.after - gain.before == pytest.approx(gain.difference.value)
    assert gain.difference.low is not None and gain.difference.low > 0
    assert gain.difference.n == 6


def test_more_word_errors_are_detected() -> None:
    before, after = evaluation_of(scores([5, 5, 5])), evaluation_of(scores([5, 5, 5], wrong_words=2))
    loss = one(list(compare(before, after)), "word error rate", "spliced")
    assert (loss.before, loss.after) == (0.0, 0.25)
    assert (loss.difference.low, loss.difference.high) == pytest.approx((0.25, 0.25))


def test_only_clips_of_both_builds_are_compared() -> None:
    before, after = evaluation_of(scores([5, 5])), evaluation_of(scores([5, 5, 0]))
    same = one(list(compare(before, after)), "'um' and 'uh', F1, sure and unsure")
    assert (same.difference.value, same.difference.n) == (0.0, 2)
    assert list(compare(replace(before, clips=()), after)) == []
