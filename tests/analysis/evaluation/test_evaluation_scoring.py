"""Each rule for scoring the events of a report against labels."""

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
def test_filled_pauses_match_within_a_quarter_of_a_second(start: float, hit: bool) -> None:
    score = score_filled_pauses(report_of(fillers=[found(start)]), clip_of(fillers=(filled(10.0),)))
    assert counts(score) == ((1, 0, 0) if hit else (0, 1, 1))


def test_one_detection_matches_one_filled_pause() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(10.5)))
    assert counts(score_filled_pauses(report_of(fillers=[found(10.3)]), clip)) == (1, 0, 1)
    twice = report_of(fillers=[found(10.0), found(10.1)])
    assert counts(score_filled_pauses(twice, clip_of(fillers=(filled(10.0),)))) == (1, 1, 0)


def test_the_matching_has_the_most_matches() -> None:
    """Matching the nearest pair (10.5 with 10.45) would leave the other two unmatched."""
    clip = clip_of(fillers=(filled(9.9), filled(10.45)))
    score = score_filled_pauses(report_of(fillers=[found(10.5), found(11.0)]), clip)
    assert counts(score) == (2, 0, 0)


@pytest.mark.parametrize("uncertain", [{"doubtful": True}, {"overlapped": True}])
def test_uncertain_labels_are_ignored(uncertain: dict[str, bool]) -> None:
    clip = clip_of(fillers=(filled(10.0, **uncertain),))
    assert counts(score_filled_pauses(report_of(), clip)) == (0, 0, 0)
    assert counts(score_filled_pauses(report_of(fillers=[found(10.1)]), clip)) == (0, 0, 0)
    assert counts(score_filled_pauses(report_of(fillers=[found(12.0)]), clip)) == (0, 1, 0)


def test_certain_labels_match_before_uncertain_ones() -> None:
    clip = clip_of(fillers=(filled(10.0, doubtful=True), filled(10.3)))
    assert counts(score_filled_pauses(report_of(fillers=[found(10.0)]), clip)) == (1, 0, 0)


def test_labels_without_times_are_scored_by_count() -> None:
    clip = clip_of(fillers=(filled(None), filled(None), filled(None)))
    assert counts(score_filled_pauses(report_of(fillers=[found(1.0)]), clip)) == (1, 0, 2)
    many = report_of(fillers=[found(float(start)) for start in range(5)])
    assert counts(score_filled_pauses(many, clip)) == (3, 2, 0)


def test_timed_labels_match_before_the_rest_is_counted() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(None)))
    score = score_filled_pauses(report_of(fillers=[found(10.0), found(30.0), found(40.0)]), clip)
    assert counts(score) == (2, 1, 0)
    assert score is not None
    assert len(score.start_errors) == 1


def test_an_untimed_doubtful_label_excuses_one_detection() -> None:
    clip = clip_of(fillers=(filled(None, doubtful=True),))
    assert counts(score_filled_pauses(report_of(fillers=[found(1.0), found(5.0)]), clip)) == (0, 1, 0)


def test_unsure_fillers_are_scored_only_on_request() -> None:
    clip = clip_of(fillers=(filled(10.0), filled(20.0)))
    report = report_of(fillers=[found(10.0), found(20.0, state="unsure"), found(30.0, state="not_filler")])
    assert counts(score_filled_pauses(report, clip, SURE)) == (1, 0, 1)
    assert counts(score_filled_pauses(report, clip)) == (2, 0, 0)


def test_errors_are_detected_minus_true() -> None:
    report = report_of(fillers=[found(10.05, length=0.5)])
    score = score_filled_pauses(report, clip_of(fillers=(filled(10.0),)))
    assert score is not None
    assert score.start_errors == pytest.approx((0.05,))
    assert score.end_errors == pytest.approx((0.15,))


def test_without_labels_there_is_no_score() -> None:
    assert score_filled_pauses(report_of(), clip_of(fillers=None)) is None
    assert score_pauses(report_of(), clip_of()) is None
    assert score_markers(report_of(), clip_of(kind="read")) is None


def test_markers_match_within_one_text_and_only_labelled_ones_are_scored() -> None:
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
def test_markers_are_scored_only_in_clips_with_marker_labels(
    kind: str, word_count: int | None, labelled: bool
) -> None:
    assert (score_markers(report_of(), clip_of(kind=kind, word_count=word_count)) is not None) == labelled


def test_like_as_filler_is_distinguished_from_ordinary_uses() -> None:
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


def test_pauses_match_if_they_share_more_than_half_of_the_shorter() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5),))
    assert counts(score_pauses(report_of(pauses=[pause(10.2, 0.5)]), clip)) == (1, 0, 0)
    assert counts(score_pauses(report_of(pauses=[pause(10.3, 0.5)]), clip)) == (0, 1, 1)


def test_one_reported_pause_matches_one_of_two() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5), silence(10.9, 0.5)))
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 1.4)]), clip)) == (1, 0, 1)


def test_low_energy_within_a_phrase_is_ignored() -> None:
    clip = clip_of(pauses=(silence(10.0, 0.5, exact=False),))
    assert counts(score_pauses(report_of(), clip)) == (0, 0, 0)
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 0.5)]), clip)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("length", "missed", "false"),
    [(0.25, 1, 0), (0.249, 0, 0), (0.232, 0, 0), (0.22, 0, 1)],
)
def test_a_label_just_under_a_quarter_of_a_second_is_ignored(length: float, missed: int, false: int) -> None:
    clip = clip_of(pauses=(silence(10.0, length),))
    assert counts(score_pauses(report_of(), clip)) == (0, 0, missed)
    assert counts(score_pauses(report_of(pauses=[pause(10.0, 0.26)]), clip)) == (missed, false, 0)
