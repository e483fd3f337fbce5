"""True values derived from labels, and whether an interval contains them."""

import pytest
from labelled_reports import clip_of, filled, measured, report_of, silence

from analysis.evaluation.clip_scores import score_clip
from analysis.evaluation.true_values import true_ranges


def test_doubtful_fillers_and_short_pauses_give_ranges() -> None:
    clip = clip_of(
        fillers=(filled(1.0), filled(2.0, doubtful=True), filled(None)),
        pauses=(
            silence(1, 0.5), silence(3, 0.26), silence(5, 0.24), silence(7, 0.2),
            silence(9, 0.5, exact=False),
        ),
        word_count=100,
        speech_start=1.0,
        speech_end=41.0,
    )  # fmt: skip
    ranges = true_ranges(clip)
    assert ranges["filled_pause_count"] == (2.0, 3.0)
    assert ranges["filled_pause_rate"] == pytest.approx((3.0, 4.5))
    assert ranges["answer_length"] == pytest.approx((39.98, 40.02))
    assert ranges["speaking_rate"] == pytest.approx((150.0, 150.0))
    assert ranges["pause_count"] == (1.0, 4.0)


def test_unintelligible_readers_have_no_true_word_count() -> None:
    assert "spoken_words" in true_ranges(clip_of(word_count=10, reader_wer=0.25))
    assert "spoken_words" not in true_ranges(clip_of(word_count=10, reader_wer=0.26))
    assert true_ranges(clip_of(kind="noise", word_count=0)) == {}


@pytest.mark.parametrize(
    ("low", "high", "inside"), [(1, 2, True), (3, 5, True), (4, 6, False), (0, 1, False)]
)
def test_one_true_value_in_the_interval_suffices(low: float, high: float, inside: bool) -> None:
    clip = clip_of(fillers=(filled(1.0), filled(2.0), filled(5.0, doubtful=True)))
    report = report_of(**measured("filled_pause_count", float(low), low, high))
    assert score_clip(clip, report).checked["filled_pause_count"].inside == inside


def test_the_error_is_the_distance_from_the_true_range() -> None:
    clip = clip_of(fillers=(filled(1.0), filled(2.0), filled(5.0, doubtful=True)))
    for value, error in ((1.0, 1.0), (2.0, 0.0), (3.0, 0.0), (5.0, 2.0)):
        score = score_clip(clip, report_of(**measured("filled_pause_count", value, 0, 9)))
        assert score.checked["filled_pause_count"].error == error


def test_a_measure_without_a_value_is_withheld() -> None:
    score = score_clip(clip_of(word_count=8, text="one two three four five six seven eight"), report_of())
    assert score.checked == {}
    assert score.withheld == ("filled_pause_count", "spoken_words")
    assert score.words is not None
    assert score.words.count_error == -8
    assert score.words.errors is not None
    assert score.words.errors.deleted == 8
