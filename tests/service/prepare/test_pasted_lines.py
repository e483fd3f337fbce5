"""The lines of an application as people paste them: nothing is lost, nothing is there twice."""

import pytest

from service.prepare.application_lines import question_about
from service.prepare.pasted_lines import (
    LONGEST_LINE,
    PastedLine,
    clean_line,
    pasted_lines,
    same_line,
    without_known,
)

PASTED = """
EDUCATION
• State Medical University, 2016–2022
  \t1.  Summa cum laude

Research experience:
– Stroke registry,   two years
(2) Poster at the national congress
## Other things
3-year-olds: a course on child development
Hobbies
-  Chess
"""


def test_headings_marks_and_empty_lines() -> None:
    assert pasted_lines(PASTED, "Before") == (
        PastedLine("Education", "State Medical University, 2016–2022"),
        PastedLine("Education", "Summa cum laude"),
        PastedLine("Research experience", "Stroke registry, two years"),
        PastedLine("Research experience", "Poster at the national congress"),
        PastedLine("Other things", "3-year-olds: a course on child development"),
        PastedLine("Hobbies", "Chess"),
    )


def test_lines_before_a_heading_are_of_the_chosen_section() -> None:
    assert pasted_lines("Volunteer at a food bank\nSkills\nItalian", "Service")[0].section == "Service"
    assert pasted_lines("Volunteer at a food bank")[0].section is None
    assert pasted_lines(" \n\t\n•\n") == ()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028"])
def test_every_kind_of_line_end(line_end: str) -> None:
    assert [line.text for line in pasted_lines(f"One{line_end}Two")] == ["One", "Two"]


def test_a_long_paragraph_is_split_where_sentences_end_and_loses_nothing() -> None:
    sentence = "I followed forty families over a year and wrote down what helped them most. "
    lines = pasted_lines(sentence * 60)
    assert len(lines) > 2
    assert all(len(line.text) <= LONGEST_LINE for line in lines)
    assert all(line.text.endswith("most.") for line in lines)
    assert " ".join(line.text for line in lines) == (sentence * 60).strip()
    for text in ("word " * 2_000, "x" * 4_000):
        parts = [line.text for line in pasted_lines(text)]
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")
        assert max(map(len, parts)) <= LONGEST_LINE


def test_lines_that_differ_only_in_case_marks_and_spaces_are_one() -> None:
    assert same_line("•  Chess Club.") == same_line("chess club")
    assert same_line("Chess club, 2019") != same_line("Chess club, 2020")
    new, repeated = without_known(pasted_lines("Chess\nchess.\nGo\nItalian"), ["italian"])
    assert [line.text for line in new] == ["Chess", "Go"]
    assert repeated == 2


def test_what_is_not_printed_goes() -> None:
    assert clean_line("A\u0000B\u200b  C") == "A B C"
    assert clean_line("2019. A year abroad") == "2019. A year abroad"


def test_a_question_repeats_the_first_words_of_a_long_line() -> None:
    assert question_about("Chess club, 2019.") == "Tell me about “Chess club, 2019”."
    long = question_about("I worked with forty families over a year. " * 10)
    assert len(long) < 220
    assert long.endswith("…”.")
    assert " over a …" not in long or long.count("families") >= 3
