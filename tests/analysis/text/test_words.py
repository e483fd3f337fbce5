"""What counts as a spoken word, and as how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report import Word
from analysis.text.words import bare, is_filled_pause, is_fragment, spoken_forms, spoken_word_count


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
        ("2000", ["two", "thousand"]),
        ("2024", ["twenty", "twenty", "four"]),
        ("1,998", ["one", "thousand", "nine", "hundred", "ninety", "eight"]),
        ("1980s", ["nineteen", "eighties"]),
        ("20s", ["twenties"]),
        ("2019-2020", ["twenty", "nineteen", "to", "twenty", "twenty"]),
        ("1st", ["first"]),
        ("3rd", ["third"]),
        ("20th", ["twentieth"]),
        ("21st", ["twenty", "first"]),
        ("100th", ["one", "hundredth"]),
        ("4th-year", ["fourth", "year"]),
        ("0", ["zero"]),
        ("7", ["seven"]),
        ("101", ["one", "hundred", "one"]),
        ("365", ["three", "hundred", "sixty", "five"]),
        ("1,000,000", ["one", "million"]),
        ("10-15", ["ten", "to", "fifteen"]),
        ("5-10%", ["five", "to", "ten", "percent"]),
        ("$1,000", ["one", "thousand", "dollars"]),
        ("$5.50", ["five", "dollars", "fifty"]),
        ("$3M", ["three", "million", "dollars"]),
        ("$2.5M", ["two", "point", "five", "million", "dollars"]),
        ("£20", ["twenty", "pounds"]),
        ("10K", ["ten", "thousand"]),
        ("0.05", ["zero", "point", "zero", "five"]),
        ("98.6", ["ninety", "eight", "point", "six"]),
        ("1.5%", ["one", "point", "five", "percent"]),
        ("100%", ["one", "hundred", "percent"]),
        ("37.5°C", ["thirty", "seven", "point", "five", "degrees", "celsius"]),
        ("10mg", ["ten", "milligrams"]),
        ("120/80", ["one", "hundred", "twenty", "eighty"]),
        ("50/50", ["fifty", "fifty"]),
        ("1/2", ["one", "half"]),
        ("3/4", ["three", "quarters"]),
        ("3-year-old", ["three", "year", "old"]),
        ("1-on-1", ["one", "on", "one"]),
        ("7:00", ["seven", "o'clock"]),
        ("8:05", ["eight", "oh", "five"]),
        ("7:30pm", ["seven", "thirty", "p.m"]),
        ("3pm", ["three", "p.m"]),
        ("555-1234", ["five", "five", "five", "one", "two", "three", "four"]),
        ("911", ["nine", "one", "one"]),
        ("007", ["zero", "zero", "seven"]),
        ("H1N1", ["h", "one", "n", "one"]),
        ("A1C", ["a", "one", "c"]),
        ("MD", ["m.d"]),
        ("M.D.", ["m.d"]),
        ("Ph.D.", ["p.h.d"]),
        ("ICU,", ["i.c.u"]),
        ("USMLE", ["u.s.m.l.e"]),
        ("CK", ["c.k"]),
        ("ER.", ["e.r"]),
        ("U.S.", ["u.s"]),
        ("NICU", ["nicu"]),
        ("HIPAA", ["hipaa"]),
        ("I", ["i"]),
        ("Dr.", ["doctor"]),
        ("vs.", ["versus"]),
        ("I've", ["i've"]),
        ("would've", ["would've"]),
        ("gonna", ["gonna"]),
        ("o'clock", ["o'clock"]),
        ("mother-in-law", ["mother-in-law"]),
        ("$5", ["five", "dollars"]),
        ("2.5", ["two", "point", "five"]),
        ("COVID-19", ["covid", "nineteen"]),
        ("B12", ["b", "twelve"]),
        ("24/7", ["twenty", "four", "seven"]),
        ("10:30", ["ten", "thirty"]),
        ("well-known", ["well-known"]),
        ("don’t", ["don't"]),
        ("mm-hmm", ["mm-hmm"]),
        ("I-I-I", ["i", "i", "i"]),
        ("so-so", ["so-so"]),
        ("3-3", ["three", "to", "three"]),
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
    assert spoken_forms("'90s") == ["nineties"]
    assert "'" not in spoken_forms("'90s")


@pytest.mark.parametrize("digits", [16, 36, 37, 60, 5000])
def test_a_very_long_number_is_read_digit_by_digit(digits: int) -> None:
    assert spoken_forms("7" * digits) == ["seven"] * digits


@pytest.mark.parametrize("text", ["um", "Um,", "UH", "uh...", "erm", "hmm.", "Ah,", "um-", "mm"])
def test_hesitation_sounds(text: str) -> None:
    assert is_filled_pause(text)


@pytest.mark.parametrize("text", ["umbrella", "mm-hmm", "uh-huh", "her", "a", "ahead", "hum", "I", ""])
def test_words_that_only_look_like_hesitation(text: str) -> None:
    assert not is_filled_pause(text)


@pytest.mark.parametrize("text", ["er", "um", "ah", "eh"])
def test_sounds_of_hesitation_are_words_of_other_languages(text: str) -> None:
    assert is_filled_pause(text)
    assert not is_filled_pause(text, "de")
    assert spoken_forms(text, "de") == [text]
    assert spoken_word_count([Word(text, 0.0, 0.2, 0.9, "de"), Word(text, 0.3, 0.5, 0.9)]) == 1


def test_er_in_capitals_is_the_emergency_room() -> None:
    assert not is_filled_pause("ER") and not is_filled_pause("ER,")
    assert is_filled_pause("Er,") and is_filled_pause("er")


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
