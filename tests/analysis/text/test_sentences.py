"""Sentences and their words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import Word
from analysis.text.sentences import ends_clause, ends_sentence, split_sentences
from analysis.text.words import spoken_word_count


def _words(text: str) -> list[Word]:
    return [Word(word, float(i), i + 0.8, 0.9) for i, word in enumerate(text.split())]


@pytest.mark.parametrize("text", ["end.", "end?", "end!", "end…", 'end."', "No.", "end.)"])
def test_ends_a_sentence(text: str) -> None:
    assert ends_sentence(text) and ends_clause(text)


@pytest.mark.parametrize("text", ["Dr.", "e.g.", "end,", "end", "U.S."])
def test_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_sentences_with_times_and_spoken_words() -> None:
    found = split_sentences(_words("Um, I asked Dr. Shaw. Two in 2,500. And then"))
    assert [s.words for s in found] == [4, 6, 2]
    assert [(s.start, s.end) for s in found] == [(0.0, 4.8), (5.0, 7.8), (8.0, 9.8)]


def test_a_lone_filler_is_not_a_sentence() -> None:
    assert [s.words for s in split_sentences(_words("Um. I did."))] == [2]


@given(st.lists(st.sampled_from(["I", "did.", "Um.", "2,500", "resid-", "why?", "Dr."]), max_size=30))
def test_sentences_hold_every_spoken_word_once_in_order(texts: list[str]) -> None:
    words = _words(" ".join(texts))
    found = split_sentences(words)
    assert sum(s.words for s in found) == spoken_word_count(words)
    assert all(s.words > 0 and s.end >= s.start for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
