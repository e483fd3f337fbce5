"""Figures as the page writes them: the modules under web/format, run where they run."""

from typing import Any

import pytest
from playwright.sync_api import Page

CALL = "async ([module, name, value]) => (await import(`/static/format/${module}.js`))[name](value)"


def _measure(value: float | None, unit: str, low: float | None = None, high: float | None = None) -> Any:
    state = "not_measurable" if value is None else "measured"
    return {
        "value": value,
        "unit": unit,
        "low": low,
        "high": high,
        "state": state,
        "reason": None,
        "guide": None,
    }


def _guided(unit: str, low: float | None, high: float | None) -> Any:
    return {**_measure(1.0, unit), "guide": {"low": low, "high": high, "source": "one study"}}


@pytest.mark.parametrize(
    ("module", "name", "value", "words"),
    [
        ("time", "clock", 62.9, "1:02"),
        ("time", "clock", 3605, "1:00:05"),
        ("time", "preciseClock", 59.96, "1:00.0"),
        ("time", "lengthWords", 102.4, "1 min 42 s"),
        ("time", "lengthWords", 119.6, "2 min"),
        ("time", "shortLengthWords", 0.42, "0.42 s"),
        ("time", "shortLengthWords", 9.97, "10 s"),
        ("time", "sizeWords", 430_000, "430 kB"),
        ("time", "sizeWords", 2_147_483_648, "2.1 GB"),
        ("measures", "figureWords", _measure(6, "count", 3, 10), {"value": "about 6", "interval": "3 to 10"}),
        ("measures", "figureWords", _measure(6, "count", 6, 6), {"value": "6", "interval": ""}),
        ("measures", "figureWords", _measure(None, "s"), {"value": "", "interval": ""}),
        ("measures", "valueWords", _measure(146.4, "words/min"), "146 words a minute"),
        ("measures", "valueWords", _measure(82.7, "%"), "83 %"),
        ("measures", "intervalWords", _measure(0.46, "s", 0.39, 0.53), "0.39 to 0.53 s"),
        ("measures", "guideWords", _guided("s", 60, 120), "1 to 2 min"),
        ("measures", "guideWords", _guided("per min", None, 5), "up to 5"),
        ("measures", "guideWords", _guided("dB", 20, None), "at least 20 dB"),
        ("measures", "guideWords", _measure(3, "count"), ""),
        ("practice", "aimWords", {"low": 60, "high": 120}, "1–2 min"),
        ("practice", "aimWords", {"low": 90, "high": 150}, "1.5–2.5 min"),
        ("practice", "aimWords", {"low": 75, "high": 150}, "1:15–2:30 min"),
        ("practice", "aimWords", {"low": 30, "high": 60}, "30–60 s"),
        ("practice", "extensionWords", 1.25, "1.25 times as long"),
        ("practice", "extensionWords", None, "No time limits"),
    ],
)
def test_figures_in_words(page: Page, module: str, name: str, value: Any, words: Any) -> None:
    page.goto("/settings")
    assert page.evaluate(CALL, [module, name, value]) == words


def test_every_unit_of_a_measure_has_its_words(page: Page) -> None:
    page.goto("/settings")
    for definition in page.request.get("/api/measures").json():
        words = page.evaluate(CALL, ["measures", "valueWords", _measure(12.0, definition["unit"])])
        assert "/" not in words and "per min" not in words
