"""The published error by first language, and the sentences if it is unknown."""

from dataclasses import replace
from datetime import date

import pytest
from labelled_reports import clip_of, filled, found, report_of

from analysis.evaluation.clip_scores import score_clip
from analysis.evaluation.first_languages import accent_of, groups_of, labelled_first_languages, name_of
from analysis.evaluation.labelled_speech import Clip
from analysis.evaluation.published import explained_measures, published_errors, published_evaluation
from analysis.evaluation.results import Evaluation, Made
from analysis.evaluation.summary import summarise

MADE = Made(date(2026, 1, 2), "../speech", "9.9", "base", "ab" * 32, "cd" * 32, False, 0)


def evaluation_of(*clips: Clip) -> Evaluation:
    scores = []
    for number, clip in enumerate(clips):
        fillers = [found(filler.start or 0.0) for filler in clip.fillers or ()]
        scores.append(score_clip(replace(clip, id=str(number)), report_of(fillers=fillers)))
    return Evaluation(MADE, summarise(scores), (), tuple(scores))


def fillers_of(number: int) -> tuple:  # type: ignore[type-arg]
    return tuple(filled(2.0 * place) for place in range(number))


def last_error(first_language: str, evaluation: Evaluation):  # type: ignore[no-untyped-def]
    published = published_errors("filled_pause_count", evaluation, first_language=first_language)
    assert published is not None
    return published.errors[-1]


MANDARIN = clip_of(kind="spontaneous", accent="Mandarin L1, f, 21", fillers=fillers_of(25))


@pytest.mark.parametrize("written", ["Mandarin", " mandarin ", "Mandarin  Chinese", "普通话"])
def test_the_error_of_a_first_language_is_last_in_any_spelling(written: str) -> None:
    error = last_error(written, evaluation_of(MANDARIN))
    assert (error.recordings, error.group, error.n) == (
        "Speakers of Mandarin, spontaneous talk",
        "Mandarin L1",
        25,
    )
    assert "of 25 labelled 'um' and 'uh' were found" in error.text


def test_spliced_clips_mention_fillers_of_other_speakers() -> None:
    spliced = clip_of(kind="spliced", variant="clean", fillers=fillers_of(25))
    assert last_error("Mandarin", evaluation_of(spliced)).recordings == (
        "Speakers of Mandarin, read sentences, fillers of others put in"
    )


def test_without_labelled_speech_the_error_is_unknown() -> None:
    error = last_error("  Igbo ", evaluation_of(MANDARIN))
    assert (error.recordings, error.group, error.n) == ("Speakers of Igbo", "", 0)
    assert error.text == "There is no labelled speech of speakers of Igbo yet, so nothing is known for them."


def test_too_few_events_give_no_figure() -> None:
    few = replace(MANDARIN, accent="Igbo L1", fillers=fillers_of(5))
    error = last_error("Igbo", evaluation_of(MANDARIN, few))
    assert error.n == 0
    assert error.text == "The labelled speech of speakers of Igbo (1 clip) gives no figure for this."


@pytest.mark.parametrize("nobody", [None, "", "  "])
def test_without_a_first_language_nothing_is_added(nobody: str | None) -> None:
    evaluation = evaluation_of(MANDARIN)
    plain = published_errors("filled_pause_count", evaluation)
    assert published_errors("filled_pause_count", evaluation, first_language=nobody) == plain


@pytest.mark.parametrize(
    ("accent", "name"),
    [
        ("Mandarin L1, f, 21", "Mandarin"),
        ("North American (male)", "English"),
        ("FEO066: German, UK", "German"),
        (accent_of("Twi, Fante; Ga"), "Twi Fante Ga"),
    ],
)
def test_accents_name_first_languages(accent: str, name: str) -> None:
    evaluation = evaluation_of(replace(MANDARIN, accent=accent))
    assert [language.name for language in labelled_first_languages(evaluation)] == [name]
    assert len(groups_of(name.upper(), evaluation)) == 1
    assert name_of(name.upper(), evaluation) == name


@pytest.mark.parametrize("accent", [accent_of(None), accent_of(" "), "mixed", "some region"])
def test_other_accents_name_none(accent: str) -> None:
    assert labelled_first_languages(evaluation_of(replace(MANDARIN, accent=accent))) == ()


def test_synthetic_voices_have_no_first_language() -> None:
    machine = clip_of(kind="synthetic", accent="North American", fillers=fillers_of(25))
    assert labelled_first_languages(evaluation_of(machine)) == ()


def test_the_published_first_languages_are_listed() -> None:
    [most, *_] = labelled_first_languages(published_evaluation())
    assert (most.name, most.clips > 50, most.speakers > 5) == ("Mandarin", True, True)
    assert all(sum(group.kinds.values()) == group.clips for group in published_evaluation().groups)


def test_every_measure_with_an_error_has_a_sentence_on_the_first_language() -> None:
    for measure in explained_measures("Igbo"):
        if measure.published is not None:
            assert measure.published.errors[-1].recordings == "Speakers of Igbo", measure.name
