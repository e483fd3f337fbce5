"""Syllables from spelling: exact for common words, and with a small error in sum."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import Word
from analysis.text.syllables import count_syllables, spoken_syllables

KNOWN = {
    1: "the asked walked strength through health learned years lives times nurse care team where",
    2: "doctor patient patients trusted needed because create people little hundred table after changes",
    3: "medicine hospital remember important decided video area",
    4: "residency community difficulty education emergency",
    5: "university opportunity",
}


@pytest.mark.parametrize(("count", "word"), [(n, w) for n, words in KNOWN.items() for w in words.split()])
def test_common_words(count: int, word: str) -> None:
    assert count_syllables(word) == count


def test_the_sum_over_a_sentence_is_close() -> None:
    text = (
        "I chose family medicine because of a patient I met in my third year She was a woman in her fifties "
        "with diabetes and she came to our clinic for what looked like a simple refill"
    )
    words = [Word(word, i, i + 1.0, 0.9) for i, word in enumerate(text.split())]
    assert spoken_syllables(words) == pytest.approx(50, abs=2)


@pytest.mark.parametrize(
    ("text", "count"), [("U.S.", 2), ("M.D.", 2), ("e.g.", 2), ("ICU", 3), ("USMLE", 5), ("WHO", 5)]
)
def test_letters_are_named_one_by_one(text: str, count: int) -> None:
    assert spoken_syllables([Word(text, 0.0, 1.0, 0.9)]) == count


def test_numbers_have_the_syllables_they_are_spoken_with() -> None:
    assert spoken_syllables([Word("2,500", 0.0, 1.0, 0.9)]) == 6


@pytest.mark.parametrize("text", ["um", "Uh,", "resid-", "..."])
def test_text_without_words_has_no_syllables(text: str) -> None:
    assert spoken_syllables([Word(text, 0.0, 1.0, 0.9)]) == 0


@given(st.text(st.characters(min_codepoint=97, max_codepoint=122), min_size=1, max_size=20))
def test_every_word_has_at_least_one_and_no_more_than_letters(word: str) -> None:
    assert 1 <= count_syllables(word) <= len(word)


@given(st.text(min_size=1, max_size=12))
def test_any_text_has_a_count(word: str) -> None:
    assert count_syllables(word) >= 1


def _dictionary() -> dict[str, set[int]]:
    lines = Path(__file__).with_name("syllable_counts.txt").read_text(encoding="utf-8").splitlines()
    entries = [line.split() for line in lines if line and not line.startswith("#")]
    return {word: {int(count) for count in counts} for word, *counts in entries}


def test_words_have_the_syllables_that_a_dictionary_gives_them() -> None:
    dictionary = _dictionary()
    right = sum(count_syllables(word) in counts for word, counts in dictionary.items())
    assert len(dictionary) > 1000
    assert right / len(dictionary) >= 0.97


def test_errors_of_single_words_even_out() -> None:
    dictionary = _dictionary()
    counted = sum(count_syllables(word) for word in dictionary)
    true = sum(
        min(counts, key=lambda n: abs(n - count_syllables(word))) for word, counts in dictionary.items()
    )
    assert counted == pytest.approx(true, rel=0.01)
