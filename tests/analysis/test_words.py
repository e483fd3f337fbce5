"""What counts as a spoken word, and as how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.vocabulary import Word
from analysis.words import bare, is_filled_pause, is_fragment, spoken_forms, spoken_word_count


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("doctor,", ["doctor"]),
        ("2,500", ["two", "thousand", "five", "hundred"]),
        ("90%", ["ninety", "percent"]),
        ("1998", ["nineteen", "ninety", "eight"]),
        ("1905", ["nineteen", "oh", "five"]),
        ("1900", ["nineteen", "hundred"]),
        ("2005", ["two", "thousand", "five"]),
        ("2019.", ["twenty", "nineteen"]),
        ("3rd", ["three"]),
        ("$5", ["five", "dollars"]),
        ("2.5", ["two", "point", "five"]),
        ("COVID-19", ["covid", "nineteen"]),
        ("B12", ["b", "twelve"]),
        ("24/7", ["twenty", "four", "seven"]),
        ("10:30", ["ten", "thirty"]),
        ("well-known", ["well-known"]),
        ("don’t", ["don't"]),
        ("mm-hmm", ["mm-hmm"]),
        ("Uh-huh.", ["uh-huh"]),
        ("Um,", []),
        ("uh...", []),
        ("Hmm", []),
        ("resid-", []),
        ("—", []),
        ("...", []),
        ("", []),
    ],
)
def test_spoken_forms(text: str, forms: list[str]) -> None:
    assert spoken_forms(text) == forms


def test_a_decade_is_read_as_words_without_its_apostrophe() -> None:
    assert spoken_forms("'90s")[0] == "ninety"
    assert "'" not in spoken_forms("'90s")


@pytest.mark.parametrize("digits", [16, 36, 37, 60, 5000])
def test_a_row_of_digits_that_no_number_has_is_read_digit_by_digit(digits: int) -> None:
    assert spoken_forms("7" * digits) == ["seven"] * digits


@pytest.mark.parametrize("text", ["um", "Um,", "UH", "uh...", "erm", "hmm.", "Ah,", "um-", "mm"])
def test_hesitation_sounds(text: str) -> None:
    assert is_filled_pause(text)


@pytest.mark.parametrize("text", ["umbrella", "mm-hmm", "uh-huh", "her", "a", "ahead", "hum", "I", ""])
def test_words_that_only_look_like_hesitation(text: str) -> None:
    assert not is_filled_pause(text)


def test_fragments() -> None:
    assert is_fragment("resid-") and is_fragment("resid—") and is_fragment("resid-,")
    assert not is_fragment("well-known") and not is_fragment("-") and not is_fragment("word")


written = st.text(st.sampled_from("abz09 ,.-'’$%£:/—é٣½²'\"!?#"), max_size=14) | st.text(max_size=12)


@given(written)
def test_no_spoken_form_is_empty_or_holds_space(text: str) -> None:
    for form in spoken_forms(text):
        assert form.strip()
        assert any(character.isalnum() for character in form)


@given(written)
def test_punctuation_around_a_word_changes_nothing(text: str) -> None:
    core = bare(text)
    assert bare(f"“{core}.”") == core


@given(st.lists(st.sampled_from(["one", "2,500", "um", "resid-", "mm-hmm"]), max_size=20))
def test_words_add_up(texts: list[str]) -> None:
    words = [Word(text, i, i + 1.0, 0.9) for i, text in enumerate(texts)]
    assert spoken_word_count(words) == sum(len(spoken_forms(text)) for text in texts)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_numbers_with_and_without_commas_are_the_same_words(number: int) -> None:
    assert spoken_forms(f"{number:,}") == spoken_forms(str(number)) or 1100 <= number < 2100
