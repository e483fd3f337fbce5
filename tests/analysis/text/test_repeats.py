"""Repeated words, and words cut off and begun again."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import Word
from analysis.text.repeats import find_repeats


def _words(text: str) -> list[Word]:
    return [Word(word, float(i), i + 0.8, 0.9) for i, word in enumerate(text.split())]


SAID_TWICE = [
    ("I I went home", 1),
    ("I, I used to", 1),
    ("the, the patient", 1),
    ("I, um, I went home", 1),
    ("with, um, uh, with another student", 1),
    ("I... I went home", 1),
    ("It was the… the nurse", 1),
    ("the. The nurse came", 1),
    ("I- I went home", 1),
    ("the-the nurse", 1),
    ("I-I-I went", 2),
    ("my resid- residency", 1),
    ("my resid- um residency", 1),
    ("in the in the ward", 1),
    ("I was in, I was in the ward", 1),
    ("we had a, um, we had a problem", 1),
    ("we we had a we had a problem", 2),
    ("I I I went", 2),
    ("and and and and then", 3),
    ("The the end", 1),
    ("What a, what a, what a day", 2),
]

SAID_ONCE = [
    "very very tired",
    "a long, long time",
    "no, no, no",
    "yeah yeah",
    "mm-hmm mm-hmm",
    "He had had enough",
    "I think that that helped",
    "five five five one two",
    "5 5 5",
    "again and again and again",
    "over and over and over",
    "more and more and more",
    "so-so",
    "That was it. It was late.",
    "So did I. I went home.",
    "my resid- hospital",
    "a- an apple",
    "I- it was late",
    "um, um, I",
    "I went home",
    "",
]


@pytest.mark.parametrize(("text", "count"), SAID_TWICE)
def test_repeats_are_counted(text: str, count: int) -> None:
    assert len(find_repeats(_words(text))) == count


@pytest.mark.parametrize("text", SAID_ONCE)
def test_intended_repeats_are_not_counted(text: str) -> None:
    assert find_repeats(_words(text)) == ()


def test_a_repeat_spans_both_occurrences() -> None:
    (repeat,) = find_repeats(_words("we saw in the in the ward"))
    assert (repeat.start, repeat.end) == (2.0, 5.8)


@given(
    st.lists(
        st.sampled_from(["I", "the", "um,", "in", "resid-", "residency.", "I-I", "no", "5"]), max_size=30
    )
)
def test_repeats_are_in_order_and_contain_both_occurrences(texts: list[str]) -> None:
    words = _words(" ".join(texts))
    found = find_repeats(words)
    assert all(a.start <= b.start for a, b in pairwise(found))
    assert all(repeat.end > repeat.start for repeat in found)
    assert len(found) <= 2 * len(words)
