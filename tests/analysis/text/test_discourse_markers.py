"""'Like' and other discourse markers: which are fillers, and which carry meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.filler_detection import SURE, UNSURE
from analysis.report import Pause, Word
from analysis.text.discourse_markers import find_discourse_markers
from tests.analysis.constructed import VOCABULARY


def _probability(text: str, marker: str, pauses: tuple[Pause, ...] = ()) -> float:
    words = [Word(word, i * 0.5, i * 0.5 + 0.45, 0.9) for i, word in enumerate(text.split())]
    found = [o for o in find_discourse_markers(words, pauses) if o.text == marker]
    assert len(found) == 1, text
    return found[0].probability


FILLING = [
    ("It was, like, really hard.", "like"),
    ("And, like, we had no beds.", "like"),
    ("She was, you know, very tired.", "you know"),
    ("It is hard, you know.", "you know"),
    ("I mean, we tried everything.", "i mean"),
    ("It was sort of difficult.", "sort of"),
    ("I was kind of nervous.", "kind of"),
    ("Basically, that was all.", "basically"),
    ("So, I went home.", "so"),
    ("Well, it depends.", "well"),
    ("He was, well, not happy.", "well"),
]

MEANT = [
    ("I think so.", "so"),
    ("Even so, we went on.", "so"),
    ("You know more than I do.", "you know"),
    ("You know very well what to do.", "you know"),
    ("I mean what I say.", "i mean"),
    ("I would like to become a doctor.", "like"),
    ("I'd like to help.", "like"),
    ("I like working with people.", "like"),
    ("They don't like it.", "like"),
    ("It felt like home.", "like"),
    ("Something like this happens.", "like"),
    ("As you know, it is hard.", "you know"),
    ("Do you know the answer?", "you know"),
    ("That is what I mean.", "i mean"),
    ("It was the kind of place that I love.", "kind of"),
    ("It went well.", "well"),
    ("That was the right choice.", "right"),
    ("I was so happy.", "so"),
]


@pytest.mark.parametrize(("text", "marker"), FILLING)
def test_fills_time(text: str, marker: str) -> None:
    assert _probability(text, marker) >= SURE


@pytest.mark.parametrize(("text", "marker"), MEANT)
def test_carries_meaning(text: str, marker: str) -> None:
    assert _probability(text, marker) < UNSURE


def test_two_words_with_a_comma_between_them_are_not_a_marker() -> None:
    words = [Word(w, i, i + 0.5, 0.9) for i, w in enumerate(["I", "told", "you,", "know", "this"])]
    assert find_discourse_markers(words, ()) == ()


def test_a_pause_beside_a_marker_sets_it_off() -> None:
    text = "we had like no beds"
    alone = (Pause(0.5, 0.99, "within"), Pause(1.46, 2.0, "within"))
    assert _probability(text, "like", alone) > _probability(text, "like")


def test_a_filled_pause_between_does_not_hide_the_words() -> None:
    assert _probability("I would um like to help.", "like") < UNSURE


@given(st.lists(st.sampled_from((*VOCABULARY, "know", "mean", "I", "right.", "well,", "like,")), max_size=30))
def test_each_marker_is_found_once_with_a_probability(texts: list[str]) -> None:
    words = [Word(text, float(i), i + 0.5, 0.9) for i, text in enumerate(texts)]
    found = find_discourse_markers(words, ())
    assert all(0.0 <= o.probability <= 1.0 for o in found)
    assert len({(o.text, o.start) for o in found}) == len(found)
    bare = [text.strip(".,").lower() for text in texts]
    assert sum(o.text == "like" for o in found) == bare.count("like")
