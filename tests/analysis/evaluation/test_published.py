"""The published error of each measure, in the app and on the accuracy page."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from labelled_reports import clip_of, filled, found, report_of

from analysis.evaluation.accuracy_page import accuracy_page
from analysis.evaluation.clip_scores import score_clip
from analysis.evaluation.published import (
    error_for,
    explained_measures,
    published_errors,
    published_evaluation,
    without_clips,
)
from analysis.evaluation.results import Evaluation, Made
from analysis.evaluation.summary import summarise
from analysis.measures.registry import DEFINITIONS
from analysis.serialization import from_json, to_json

REPOSITORY = Path(__file__).parents[3]


def evaluation_of(found_ones: int, labelled: int, **made: object) -> Evaluation:
    """An evaluation of one clear recording."""
    clip = clip_of(variant="clean", fillers=tuple(filled(2.0 * i) for i in range(labelled)))
    report = report_of(fillers=[found(2.0 * i) for i in range(found_ones)])
    scores = (score_clip(clip, report),)
    usual = Made(date(2026, 1, 2), "../speech", "9.9", "base", "ab" * 32, "cd" * 32, False, 0)
    return Evaluation(replace(usual, **made), summarise(scores), (), scores)  # type: ignore[arg-type]


def test_the_page_matches_the_published_figures() -> None:
    page = (REPOSITORY / "ACCURACY.md").read_text(encoding="utf-8")
    assert page == accuracy_page(published_evaluation()), "write both: see the top of ACCURACY.md"


def test_every_measure_is_explained_in_the_order_of_a_report() -> None:
    explained = explained_measures()
    assert [measure.name for measure in explained] == list(DEFINITIONS)
    known = {measure.name for measure in explained if measure.published is not None}
    assert {"filled_pause_count", "pause_count", "spoken_words", "answer_length", "filler_rate"} <= known
    assert not {"pitch_spread", "words_per_sentence", "clipping"} & known


def test_a_sentence_has_figures_counts_and_intervals() -> None:
    published = published_errors("filled_pause_count", evaluation_of(20, 25))
    assert published is not None
    (error,) = published.errors
    assert (error.recordings, error.n) == ("Clear recordings", 25)
    assert error.text.replace("\N{NO-BREAK SPACE}", " ") == (
        "80 % (61–91) of 25 labelled 'um' and 'uh' were found. 100 % (84–100) of 20 reported were real."
    )
    assert (published.analysis_version, published.on) == ("9.9", date(2026, 1, 2))


def test_few_events_are_given_as_counts() -> None:
    published = published_errors("filled_pause_rate", evaluation_of(2, 3))
    assert published is not None
    assert published.errors[0].text == "2 of 3 labelled 'um' and 'uh' were found. 2 of 2 reported were real."


def test_what_is_not_labelled_is_not_published() -> None:
    assert published_errors("pause_count", evaluation_of(1, 1)) is None
    assert published_errors("pitch_spread") is None


@pytest.mark.parametrize(("clear", "recordings"), [(True, "Clear recordings"), (False, "With noise or echo")])
def test_a_report_gets_the_error_of_recordings_like_it(clear: bool, recordings: str) -> None:
    error = error_for("pause_count", clear=clear)
    assert error is not None
    assert error.recordings == recordings


def test_the_page_states_the_build_and_the_command() -> None:
    page = accuracy_page(evaluation_of(20, 25, folds=True))
    assert "2 January 2026" in page
    assert "analysis 9.9" in page
    assert "greenroom evaluate ../speech --folds --page ACCURACY.md" in page
    assert "$" not in page


def test_an_evaluation_is_json_without_loss() -> None:
    evaluation = evaluation_of(20, 25)
    assert from_json(Evaluation, to_json(evaluation)) == evaluation
    assert without_clips(evaluation).clips == ()
