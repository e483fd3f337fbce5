"""Reports of sample answers have not changed.

States, reasons and sentences must be the same; figures may differ a little, because the recogniser's
8-bit sums differ between processors. `tests/golden/make_golden_reports.py` makes the files again.
"""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from analysis.cli.report_page import print_report
from analysis.cli.terminal import console_on
from analysis.pipeline import Analysis
from tests.golden.make_golden_reports import GOLDEN, NAMES, essence

pytestmark = pytest.mark.engine

COUNTED = {"spoken_words": 3.0, "pause_count": 1.0, "long_pause_count": 1.0, "filled_pause_count": 1.0,
           "discourse_marker_count": 1.0, "repeat_count": 1.0}  # fmt: skip
RATES_OF_FEW = {"filled_pause_rate", "filler_rate", "filler_rate_per_100_words", "long_pause_rate",
                "words_per_sentence"}  # fmt: skip
"""Measures that change a lot with one event or sentence more or fewer."""


def _leeway(name: str, value: float) -> float:
    if name in COUNTED:
        return COUNTED[name]
    return max(0.2 * value, 1.2) if name in RATES_OF_FEW else max(0.05 * value, 0.15)


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+(?:[.:]\d+)?", "#", text)


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest, analysed: Callable[[str], Analysis]) -> tuple[Any, Any]:
    """A golden report, and that of today."""
    golden = json.loads((GOLDEN / f"{request.param}.json").read_text(encoding="utf-8"))
    return golden, essence(analysed(request.param).report)


def test_measures_have_the_same_states_and_nearly_the_same_values(pair: tuple[Any, Any]) -> None:
    golden, today = pair
    assert today["measures"].keys() >= golden["measures"].keys()
    for name, was in golden["measures"].items():
        found = today["measures"][name]
        assert (found["state"], found["reason"]) == (was["state"], was["reason"]), name
        if was["value"] is None:
            assert found["value"] is None, name
        else:
            assert found["value"] == pytest.approx(was["value"], abs=_leeway(name, was["value"])), name


def test_the_same_fillers_are_listed(pair: tuple[Any, Any]) -> None:
    golden, today = pair

    def missing(these: list[Any], those: list[Any]) -> list[Any]:
        return [f for f in these if not any(f[1:] == g[1:] and abs(f[0] - g[0]) <= 0.5 for g in those)]

    allowed = max(1, len(golden["fillers"]) // 10)
    assert len(missing(golden["fillers"], today["fillers"])) <= allowed
    assert len(missing(today["fillers"], golden["fillers"])) <= allowed


def test_the_verdict_is_the_same(pair: tuple[Any, Any]) -> None:
    golden, today = pair

    def sides(figures: list[Any]) -> list[Any]:
        # One word more or fewer may take the end of an interval over a bound.
        return [(name, "beyond" if side else standing, side) for name, standing, side in figures]

    assert sides(today["figures"]) == sides(golden["figures"])
    assert today["drill"] == golden["drill"]


def test_the_sentences_are_the_same(pair: tuple[Any, Any]) -> None:
    golden, today = pair
    assert today["notices"] == golden["notices"]
    assert _without_numbers(today["headline"]) == _without_numbers(golden["headline"])
    assert [[kind, _without_numbers(text)] for kind, text in today["observations"]] == [
        [kind, _without_numbers(text)] for kind, text in golden["observations"]
    ]


def test_the_span_is_the_same(pair: tuple[Any, Any]) -> None:
    golden, today = pair
    assert today["spoken_span"] == pytest.approx(golden["spoken_span"], abs=0.05)
    assert (today["model"], today["analysis_version"]) == (golden["model"], golden["analysis_version"]), (
        "another version of the analysis: make the golden reports again"
    )


def test_the_example_in_the_readme_is_what_the_terminal_prints(analysed: Callable[[str], Analysis]) -> None:
    readme = (GOLDEN.parents[1] / "README.md").read_text(encoding="utf-8")
    stream = io.StringIO()
    print_report(analysed("many-fillers").report, console_on(stream, width=80), title="many-fillers.flac")
    # Words in the text may differ between processors.
    page = stream.getvalue().partition("What you said")[0].strip()
    example = re.sub(r"(?m)^ {4}", "", readme[readme.index("many-fillers.flac · ") :])
    assert _without_numbers(example).startswith(_without_numbers(page))
