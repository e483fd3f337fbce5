"""One thing to keep and one to try: which one, its moments and its wording."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given

from analysis.feedback.observations import observe
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pace import SPEAKING_RATE_GUIDE, pace_over_time
from analysis.report import Guide, Observation, Span, Word
from analysis.signal.answer_span import Answer
from tests.analysis.constructed import (
    activity_of,
    answer_of,
    answers,
    inputs_of,
    measures_of,
    spoken,
    words_in,
)

NEVER_SAID = (
    "nervous", "weak", "bad", "poor", "failed", "fail", "wrong", "accent", "score", "anxious", "!",
    "should", "must",
)  # fmt: skip


def _observe(answer: Answer, target: Guide | None = None, *, language: str = "en") -> tuple[Observation, ...]:
    inputs = replace(inputs_of(answer, language=language), target=target)
    return observe(inputs, measures_of(inputs), pace_over_time(answer))


def _of(
    speech: Sequence[tuple[float, float]], text: str = "I would like to help", rate: float = 2.2
) -> dict[str, Observation]:
    activity = activity_of(speech)
    found = _observe(answer_of(activity, spoken(activity, text, words_a_second=rate)))
    return {observation.kind: observation for observation in found}


def _every(pause: float, speech: float, until: float) -> list[tuple[float, float]]:
    stretches, at = [], 0.0
    while at < until:
        stretches.append((round(at, 2), round(at + speech, 2)))
        at += speech + pause
    return stretches


@given(answers())
def test_every_observation_has_moments_and_kind_words(answer: Answer) -> None:
    for language in ("en", "de"):
        said = _observe(answer, language=language)
        assert len({o.kind for o in said}) == len(said) <= 2
        for observation in said:
            assert observation.text.endswith(".")
            assert not any(word in observation.text.lower().split() for word in NEVER_SAID)
            assert observation.moments
            for moment in observation.moments:
                assert answer.span.start - 0.31 <= moment.start < moment.end <= answer.span.end + 0.31


def test_a_length_inside_the_aim_is_kept() -> None:
    said = _of(_every(1.2, 20.0, 80.0))
    assert said["keep"].text.startswith("The length: 1 min")


def test_too_long_points_to_the_end_of_the_aim() -> None:
    said = _of(_every(0.6, 10.0, 200.0))
    assert "the aim was reached at 2:00" in said["try"].text
    assert said["try"].moments[0].start == 120.0


def test_many_fillers_point_to_where_they_are_densest() -> None:
    activity = activity_of([(0, 70)])
    words = spoken(activity, words_a_second=2.0)
    words = tuple(
        Word("um" if 30 <= w.start <= 42 and i % 2 else w.text, w.start, w.end, 0.9)
        for i, w in enumerate(words)
    )
    said = {o.kind: o for o in _observe(answer_of(activity, words))}
    assert "most often 'um'" in said["try"].text
    assert all(30 <= moment.start <= 43 for moment in said["try"].moments)


def test_many_unsure_hesitations_raise_no_error() -> None:
    said = _of([(0, 70)], text="ah I would ah like to ah help", rate=2.0)
    assert "most often 'ah'" in said["try"].text


def test_a_very_long_pause_is_pointed_at() -> None:
    said = _of([(0, 30), (33.5, 66), (66.5, 90)])
    assert said["try"].text == "Plan the next point before you begin it: one pause lasts 3.5 s."
    assert said["try"].moments == (Span(30, 33.5),)


def test_fast_speech_is_pointed_at_where_it_is_fastest() -> None:
    activity = activity_of([(0, 40), (41.5, 80)])
    words = (*words_in(Span(0, 40), ["go"] * 60), *words_in(Span(41.5, 80), ["go"] * 126))
    said = {o.kind: o for o in _observe(answer_of(activity, words))}
    assert said["try"].text.startswith("Slow down around 0:")
    assert said["try"].about == "pace"
    assert said["try"].moments[0].start >= 40.0


def test_advice_on_an_answer_that_is_fast_throughout_concerns_all_of_it() -> None:
    said = _of([(0, 40), (41.5, 80)], rate=3.5)
    assert said["try"].text.startswith("Slow down a little: about 20")


def test_a_short_answer_may_say_more() -> None:
    said = _of([(0, 25)])
    assert said["try"].text.startswith("Add one concrete example")


def test_no_advice_on_pace_where_words_are_not_counted() -> None:
    activity = activity_of([(0, 80)])
    words = spoken(activity, "schnell", words_a_second=5)
    for observation in _observe(answer_of(activity, words), language="de"):
        assert "words a minute" not in observation.text


def test_a_pace_that_is_not_measurable_is_not_mentioned() -> None:
    activity = activity_of([(0, 8), (23, 24)], gaps=[(8.0, 23.0)])
    words = spoken(activity, words_a_second=2.2)
    for observation in _observe(answer_of(activity, words)):
        assert "about 0 words" not in observation.text


@pytest.mark.parametrize("guide", [LENGTH_GUIDE, SPEAKING_RATE_GUIDE, FILLER_RATE_GUIDE])
def test_every_guide_names_its_source(guide: Guide) -> None:
    assert guide.source
    assert guide.low is not None or guide.high is not None
