"""Demo answers have the requested contents, and their figures are calculated from them."""

import numpy as np
import pytest

from analysis.measures.pauses import SHORTEST_PAUSE
from analysis.measures.registry import DEFINITIONS
from analysis.report import Guide, ModelDescription
from analysis.text.words import is_filled_pause
from analysis.trends.demo_data import SENTENCES, Contents, DemoAnswer, demo_answer

MODEL = ModelDescription("base", "0" * 64, {})


def made(contents: Contents, seed: int = 1, target: Guide | None = None) -> DemoAnswer:
    return demo_answer(contents, np.random.default_rng(seed), model=MODEL, target=target)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "contents",
    [
        Contents(seconds=95.0, words=210, pauses=22, filled_pauses=9),
        Contents(seconds=240.0, words=540, pauses=50, filled_pauses=40),
        Contents(seconds=35.0, words=70, pauses=0, filled_pauses=0),
    ],
)
def test_a_demo_answer_has_the_requested_figures(contents: Contents, seed: int) -> None:
    report = made(contents, seed).report
    values = {name: measure.value for name, measure in report.measures.items()}
    assert list(values) == list(DEFINITIONS)
    assert values["answer_length"] == pytest.approx(contents.seconds, abs=0.1)
    assert values["spoken_words"] == contents.words
    assert values["pause_count"] == len(report.pauses) == contents.pauses
    assert values["filled_pause_count"] == contents.filled_pauses
    assert values["discourse_marker_count"] == 0
    assert values["speaking_rate"] == pytest.approx(60 * contents.words / contents.seconds, rel=0.01)


def test_the_text_is_in_order_and_says_that_it_is_made_up() -> None:
    answer = made(Contents(seconds=95.0, words=210, pauses=22, filled_pauses=9))
    words = answer.report.transcript.words
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    said = " ".join(word.text for word in words if not is_filled_pause(word.text))
    assert SENTENCES[0] in said
    assert all(pause.end - pause.start >= SHORTEST_PAUSE for pause in answer.report.pauses)
    sources = {filler.source for filler in answer.report.fillers}
    assert sources == {"heard", "transcribed"}


@pytest.mark.parametrize(
    "contents",
    [
        Contents(seconds=12.0, words=1, pauses=5, filled_pauses=0),
        Contents(seconds=20.0, words=8, pauses=30, filled_pauses=12),
        Contents(seconds=60.0, words=100, pauses=95, filled_pauses=1),
    ],
)
def test_pauses_that_do_not_fit_are_left_out(contents: Contents) -> None:
    report = made(contents).report
    assert len(report.pauses) <= min(contents.pauses, contents.words - 1)
    assert report.measures["spoken_words"].value == contents.words
    assert report.spoken_span is not None


def test_the_same_state_gives_the_same_demo_answer() -> None:
    contents = Contents(seconds=95.0, words=210, pauses=22, filled_pauses=9)
    aim = Guide(30.0, 60.0, "The aim of this question")
    assert made(contents, 3, aim) == made(contents, 3, aim)
    assert made(contents, 3) != made(contents, 4)
    assert made(contents, 3, aim).report.measures["answer_length"].guide == aim
