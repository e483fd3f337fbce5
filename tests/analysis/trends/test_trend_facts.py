"""The facts of a report, and usual ranges over facts."""

from dataclasses import replace

import pytest

from analysis.trends.facts import take_facts
from analysis.trends.models import Build
from analysis.trends.take_series import LATEST_TAKES, usual_ranges
from tests.analysis.sessions.test_session_report import report_of, silent_report
from tests.analysis.trends.made_takes import BUILD, OLDER, facts


def test_facts_contain_every_measure_and_the_recorded_seconds() -> None:
    report = report_of(60.0, gaps=[(20.0, 25.0)])
    kept = take_facts(report)
    assert kept.build == Build("1", "fake", "0")
    assert kept.language == "en"
    assert kept.recorded == pytest.approx(60.0)
    assert kept.values == {name: measure.value for name, measure in report.measures.items()}
    assert kept.doubts["pause_rate"] == "gap"
    assert "spoken_words" in kept.values


def test_facts_contain_the_reason_of_missing_values() -> None:
    kept = take_facts(report_of(60.0, language="de"))
    assert kept.values["filler_rate"] is None
    assert kept.doubts["filler_rate"] == "language_not_english"


def test_facts_without_speech_have_only_clipping() -> None:
    kept = take_facts(silent_report())
    assert kept.recorded == 0.0
    # How loud it was can be said of silence too.
    assert [name for name, value in kept.values.items() if value is not None] == ["clipping"]
    assert set(kept.doubts.values()) == {"no_speech"}


def test_the_usual_range_is_the_middle_half_of_the_latest_takes_of_that_build() -> None:
    long_ago = [facts(600.0)] * 30
    lately = [facts(float(seconds)) for seconds in range(60, 60 + LATEST_TAKES)]
    other_build = [facts(5.0, build=OLDER)] * 10
    ranges = usual_ranges([*long_ago, *lately, *other_build], BUILD)
    usual = ranges["answer_length"]
    assert (usual.low, usual.middle, usual.high, usual.takes) == (64.75, 69.5, 74.25, LATEST_TAKES)


def test_a_measure_with_fewer_than_five_values_has_no_usual_range() -> None:
    made = [facts()] * 4 + [facts(fillers=None)] * 3
    ranges = usual_ranges(made, BUILD)
    assert "filler_rate" not in ranges
    assert ranges["answer_length"].takes == 7
    assert usual_ranges(made, OLDER) == {}
    assert usual_ranges([], BUILD) == {}


def test_a_take_without_a_value_does_not_take_a_place_among_the_latest() -> None:
    made = [facts(fillers=6)] * 5 + [replace(facts(fillers=None), values={"filler_rate": None})] * 40
    assert usual_ranges(made, BUILD)["filler_rate"].takes == 5
