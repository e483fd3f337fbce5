"""Each measure is defined in words, and the reference page is generated from the definitions."""

from pathlib import Path

import pytest

from analysis.measures.registry import DEFINITIONS, as_markdown

REFERENCE = Path(__file__).parents[3] / "docs" / "measures.md"

REQUIRED = (
    "answer_length",
    "response_latency",
    "spoken_words",
    "speaking_rate",
    "articulation_rate",
    "filled_pause_count",
    "filled_pause_rate",
    "filler_rate",
    "filler_rate_per_100_words",
    "discourse_marker_count",
    "pause_count",
    "pause_rate",
    "pause_median",
    "pause_longest",
    "speaking_share",
    "mean_length_of_run",
    "longest_unbroken_stretch",
    "pitch_spread",
    "words_per_sentence",
    "repeat_count",
    "signal_to_noise",
    "clipping",
)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_measure_is_defined_in_words(name: str) -> None:
    definition = DEFINITIONS[name]
    assert definition.name == name
    for text in (definition.label, definition.unit, definition.definition, definition.method):
        assert text
    assert definition.known_error.endswith(".")


def test_the_reference_page_is_made_from_the_definitions() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert page == as_markdown(), "run: python -m analysis.measures.registry > docs/measures.md"
    assert all(f"`{name}`" in page for name in DEFINITIONS)
