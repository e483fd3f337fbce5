"""Word error rate: the normalisation of words, and the numbers of edits."""

import pytest

from analysis.evaluation.word_errors import comparable, word_errors


@pytest.mark.parametrize(
    ("true", "written"),
    [
        ("the colour of the theatre", "The color of the theater."),
        ("we analysed and organised programmes", "We analyzed and organized programs"),
        ("the anaesthetist travelled", "the anesthetist traveled"),
        ("ninety percent of twenty five", "90% of 25"),
        ("a well known doctor", "A well-known doctor"),
        ("um I uh think so", "I think so"),
        ("I think so", "Um, I think, hmm, so."),
        ("my name is N_E_Z", "My name is N E Z"),
        ("my resid- my residency", "my my residency"),
    ],
)
def test_other_spellings_are_the_same_words(true: str, written: str) -> None:
    assert word_errors(true, written.split()).edits == 0


def test_edits_are_counted_by_kind() -> None:
    errors = word_errors("one two three four", ["one", "too", "three", "four", "five"])
    assert (errors.substituted, errors.deleted, errors.inserted, errors.words) == (1, 0, 1, 4)
    assert word_errors("one two", []).deleted == 2
    assert word_errors("", ["one"]).inserted == 1


@pytest.mark.parametrize(
    ("one", "other"), [("four", "for"), ("hour", "or"), ("his", "hiz"), ("does", "dose")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert comparable([one]) != comparable([other])
