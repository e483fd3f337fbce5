"""Cells that a spreadsheet would evaluate: the cases of OWASP's page on CSV injection, and more."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.exports.spreadsheet import BYTE_ORDER_MARK, Cell, as_csv, harmless

_PASSED_OVER = " \t\r\n\"'\u00a0\u200b\ufeff"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(1,1)",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.org/"&A1,"open")',
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "   =1+1",
        '"=1+1',
        "'=1+1",
        "' =1+1",
        "“=1+1",
        "\u200b=1+1",
        "\ufeff@SUM(1,1)",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(1,1)",
        "﹦1+1",
        "\N{MINUS SIGN}1+A1",
        "-3.5 and more",
        "-3,5",
        "+44 20 7946 0000",
        "-",
        "\twords",
        "\nwords",
    ],
)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    written = harmless(text)
    assert written.startswith("'" + text[0])
    assert written.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("separator", [";", ",", "|", "\t", "\n", "\r\n", "; "])
def test_a_formula_after_a_separator_gets_an_apostrophe(separator: str) -> None:
    assert harmless(f"Why us{separator}=1+1") == f"Why us{separator}'=1+1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Why us?",
        "A re-used word",
        "1–2 minutes",
        "me@example.org",
        "5 = five",
        "'Um' and 'uh'",
        "3 + 4",
        "so; well",
    ],
)
def test_other_text_is_unchanged(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (-3.5, "-3.5"),
        (0, "0"),
        (142.0, "142.0"),
        ("-3.5", "-3.5"),
        ("+2", "+2"),
        ("1e-05", "1e-05"),
        (1e-05, "1e-05"),
    ],
)
def test_a_number_stays_a_number(number: Cell, written: str) -> None:
    assert harmless(number) == written


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf"), float("-inf")])
def test_missing_and_non_finite_numbers_are_empty_cells(nothing: Cell) -> None:
    assert harmless(nothing) == ""


@pytest.mark.parametrize("text", ["-１", "-٣", "-1e", "--1", "-1-1", "-0x1"])
def test_text_that_only_resembles_a_number_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@given(st.text(alphabet=_PASSED_OVER), st.sampled_from("=+-@＝＋－＠"), st.text(max_size=20))
def test_nothing_hides_a_formula(before: str, sign: str, after: str) -> None:
    text = before + sign + after
    try:
        float(text)
    except ValueError:
        # Spreadsheets split cells at semicolons and tabs, and rows at line breaks.
        for part in re.split(r"[;,|\t\r\n]", harmless(text)):
            seen = part.lstrip(_PASSED_OVER.replace("'", ""))
            assert not seen.startswith(tuple("=+-@＝＋－＠"))


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=4)
)
def test_a_table_is_read_back_as_it_was_written(rows: list[list[str]]) -> None:
    text = as_csv(["one", "two"], rows)
    assert text.startswith(BYTE_ORDER_MARK)
    read = list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))
    assert read == [["one", "two"], *([harmless(cell) for cell in row] for row in rows)]


def test_lines_end_as_in_rfc_4180() -> None:
    assert as_csv(["title", "value"], [["=1+1", -3.5], ["one, two", None]]) == (
        BYTE_ORDER_MARK + 'title,value\r\n\'=1+1,-3.5\r\n"one, two",\r\n'
    )
