"""Each rule by which events of a report are held against labels."""

import pytest
from labelled_reports import clip_of, filled, found, marker, pause, report_of, silence

from analysis.evaluation.scoring import (
    SURE,
    EventScore,
    LikeScore,
    score_filled_pauses,
    score_like,
    score_markers,
    score_pauses,
)


def counts(score: EventScore | None) -> tuple[int, int, int]:
    """Hits, false, missed."""
    assert score is not None
    return score.hits, score.false, score.missed


@pytest.mark.parametrize(
    ("start", "hit"), [(10.0, True), (10.64, True), (10.66, False), (9.36, True), (9.34, False)]
)
def test_a_filled_pause_is_found_when_it_lies_within_a_quarter_second(start: float, hit: bool) -> None:
    score = score_filled_pauses(report_of(fillers=[found(start)]), clip_of(fillers=(filled(10.0),)))
    assert counts(score) == ((1, 0, 0) if hit else (0, 1, 1))


def test_one_report_finds_one_filled_pause_only() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(10.5)))
    assert counts(score_filled_pauses(report_of(fillers=[found(10.3)]), clip)) == (1, 0, 1)
    twice = report_of(fillers=[found(10.0), found(10.1)])
    assert counts(score_filled_pauses(twice, clip_of(fillers=(filled(10.0),)))) == (1, 1, 0)


def test_the_matching_finds_as_many_as_can_be() -> None:
    """The nearest pair (10.5 with 10.45) would leave the other two without a partner."""
    clip = clip_of(fillers=(filled(9.9), filled(10.45)))
    score = score_filled_pauses(report_of(fillers=[found(10.5), found(11.0)]), clip)
    assert counts(score) == (2, 0, 0)


@pytest.mark.parametrize("uncertain", [{"doubtful": True}, {"overlapped": True}])
def test_uncertain_labels_count_neither_way(uncertain: dict[str, bool]) -> None:
    clip = clip_of(fillers=(filled(10.0, **uncertain),))
    assert counts(score_filled_pauses(report_of(), clip)) == (0, 0, 0)
    assert counts(score_filled_pauses(report_of(fillers=[found(10.1)]), clip)) == (0, 0, 0)
    assert counts(score_filled_pauses(report_of(fillers=[found(12.0)]), clip)) == (0, 1, 0)


def test_a_certain_label_comes_before_an_uncertain_one() -> None:
    clip = clip_of(fillers=(filled(10.0, doubtful=True), filled(10.3)))
    assert counts(score_filled_pauses(report_of(fillers=[found(10.0)]), clip)) == (1, 0, 0)


def test_without_times_the_number_is_scored() -> None:
    clip = clip_of(fillers=(filled(None), filled(None), filled(None)))
    assert counts(score_filled_pauses(report_of(fillers=[found(1.0)]), clip)) == (1, 0, 2)
    many = report_of(fillers=[found(float(start)) for start in range(5)])
    assert counts(score_filled_pauses(many, clip)) == (3, 2, 0)


def test_timed_ones_are_matched_before_the_rest_is_counted() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(None)))
    score = score_filled_pauses(report_of(fillers=[found(10.0), found(30.0), found(40.0)]), clip)
    assert counts(score) == (2, 1, 0)
    assert score is not None
    assert len(score.start_errors) == 1


def test_an_untimed_doubtful_one_excuses_one_report() -> None:
    clip = clip_of(fillers=(filled(None, doubtful=True),))
    assert counts(score_filled_pauses(report_of(fillers=[found(1.0), found(5.0)]), clip)) == (0, 1, 0)


def test_unsure_ones_count_only_beside_the_sure_ones() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(20.0)))
    report = report_of(fillers=[found(10.0), found(20.0, state="unsure"), found(30.0, state="not_filler")])
    assert counts(score_filled_pauses(report, clip, SURE)) == (1, 0, 1)
    assert counts(score_filled_pauses(report, clip)) == (2, 0, 0)


def test_errors_are_found_less_true() -> None:
    report = report_of(fillers=[found(10.05, length=0.5)])
    score = score_filled_pauses(report, clip_of(fillers=(filled(10.0),)))
    assert score is not None
    assert score.start_errors == pytest.approx((0.05,))
    assert score.end_errors == pytest.approx((0.15,))


def test_without_labels_there_is_no_score() -> None:
    assert score_filled_pauses(report_of(), clip_of(fillers=None)) is None
    assert score_pauses(report_of(), clip_of()) is None
    assert score_markers(report_of(), clip_of(kind="read")) is None


def test_markers_match_within_one_text_and_only_annotated_ones_count() -> None:
    clip = clip_of(kind="synthetic", fillers=(marker("like", 5.0), marker("you know", 8.0)))
    report = report_of(
        fillers=[
            found(5.0, text="like", kind="discourse_marker"),
            found(8.0, text="I mean", kind="discourse_marker"),
            found(12.0, text="basically", kind="discourse_marker"),
            found(20.0, text="like", kind="discourse_marker", state="unsure"),
        ]
    )
    assert counts(score_markers(report, clip)) == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "word_count", "labelled"),
    [("synthetic", 3, True), ("spliced", 3, True), ("spontaneous", 3, True), ("spontaneous", None, False),
     ("read", 3, False), ("noise", 0, False)],
)  # fmt: skip
def test_markers_are_scored_where_a_person_or_the_making_labelled_them(
    kind: str, word_count: int | None, labelled: bool
) -> None:
    assert (score_markers(report_of(), clip_of(kind=kind, word_count=word_count)) is not None) == labelled


def test_like_as_filler_is_told_from_the_rest() -> None:
    clip = clip_of(
        kind="synthetic",
        text="I was, like, surprised, like really. I would like that, and he likes it like this.",
        fillers=(marker("like", 1.0), marker("like", 3.0)),
    )
    report = report_of(
        fillers=[
            found(1.0, text="like", kind="discourse_marker"),
            found(9.0, text="like", kind="discourse_marker"),
        ]
    )
    assert score_like(report, clip) == LikeScore(1, 1, 1, 1)


def test_pauses_match_when_they_share_more_than_half_of_the_shorter() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5),))
    assert counts(score_pauses(report_of(pauses=[pause(10.2, 0.5)]), clip)) == (1, 0, 0)
    assert counts(score_pauses(report_of(pauses=[pause(10.3, 0.5)]), clip)) == (0, 1, 1)


def test_one_reported_pause_over_two_finds_one() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5), silence(10.9, 0.5)))
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 1.4)]), clip)) == (1, 0, 1)


def test_low_energy_inside_a_phrase_counts_neither_way() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5, exact=False),))
    assert counts(score_pauses(report_of(), clip)) == (0, 0, 0)
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 0.5)]), clip)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("length", "missed", "false"),
    [(0.25, 1, 0), (0.249, 0, 0), (0.232, 0, 0), (0.22, 0, 1)],
)
def test_a_label_just_under_a_quarter_second_counts_neither_way(
    length: float, missed: int, false: int
) -> None:
    clip = clip_of(pauses=(silence(10.0, length),))
    assert counts(score_pauses(report_of(), clip)) == (0, 0, missed)
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 0.26)]), clip)) == (missed, false, 0)
