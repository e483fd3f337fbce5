"""The verdict on real combinations of measures: what holds for every report."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.feedback.headline import silent_headline
from analysis.feedback.standing import BY_EVIDENCE, FIGURES_BY_NAME, MAIN_FIGURES, ranked, standings
from analysis.feedback.verdict import with_verdict
from analysis.measures.length import LENGTH_GUIDE
from analysis.report import FigureName, FigureStanding, Guide, Measure, Pause, Report
from tests.analysis.cli.example_reports import measured, silent_report, usual_report, withheld
from tests.analysis.feedback.never_said import NEVER_SAID


def report_with(
    length: Measure, pace: Measure, pauses: Measure, fillers: Measure, aim: Guide = LENGTH_GUIDE
) -> Report:
    usual = usual_report()
    measures = {
        **usual.measures,
        "answer_length": replace(length, guide=aim),
        "speaking_rate": pace,
        "long_pause_rate": pauses,
        "filler_rate": fillers,
    }
    return with_verdict(replace(usual, measures=measures))


@st.composite
def figures(draw: st.DrawFn, unit: str, most: float) -> Measure:
    if draw(st.integers(0, 9)) == 0 and unit != "s":
        return withheld(unit, "too_little_speech")
    value = draw(st.floats(0.0, most))
    below, above = draw(st.floats(0.0, 0.4)), draw(st.floats(0.0, 0.4))
    return measured(round(value, 2), unit, round(value * (1 - below), 2), round(value * (1 + above), 2))


reports = st.builds(
    report_with,
    figures("s", 400.0),
    figures("words/min", 260.0),
    figures("per min", 25.0),
    figures("per min", 40.0),
    st.sampled_from([LENGTH_GUIDE, Guide(20.0, 30.0, "q"), Guide(None, 180.0, "q"), Guide(45.0, 105.0, "q")]),
)


@given(reports)
def test_what_holds_for_every_verdict(report: Report) -> None:
    standing = {figure.figure: figure.standing for figure in report.figures}
    said = {each.kind: each for each in report.observations}
    assert 0 < len(report.headline.split()) <= 18, report.headline
    assert report.headline.endswith(".")
    assert len(said) == len(report.observations)
    if "keep" in said:
        assert standing[said["keep"].about] == "inside"  # type: ignore[index]
    if "try" in said:
        assert report.drill is not None and said["try"].about == report.drill.figure
        first = "outside" if "outside" in standing.values() else "near"
        assert standing[report.drill.figure] == first, "near is tried only where nothing is outside"
    else:
        assert report.drill is None and not {"outside", "near"} & set(standing.values())
    assert len({each.about for each in report.observations}) == len(report.observations)
    for each in report.observations:
        assert not {word.strip(".,:") for word in each.text.lower().split()} & set(NEVER_SAID), each.text
        assert len(each.moments) <= 3
    if report.drill is not None:
        assert report.drill.evidence and len(report.drill.moments) <= 3
        assert "{" not in "".join((report.drill.title, report.drill.change, *report.drill.steps))


@given(reports)
def test_a_verdict_is_the_same_when_it_is_given_again(report: Report) -> None:
    assert with_verdict(report) == report


@given(reports)
def test_figures_that_are_known_stand_where_their_value_and_interval_do(report: Report) -> None:
    for figure in report.figures:
        measure = report.measures[figure.measure]
        if measure.value is None:
            assert figure.standing == "unknown"
        else:
            assert figure.standing in ("inside", "near", "outside")
            assert (figure.direction is None) == (figure.standing == "inside")


@pytest.mark.parametrize(
    ("values", "leads"),
    [
        ((180.0, 140.0, 2.0, 11.0), "length"),
        ((90.0, 186.0, 2.0, 9.0), "pace"),
        ((15.0, 140.0, 0.0, 36.0), "fillers"),
    ],
)
def test_pinned(values: tuple[float, float, float, float], leads: str) -> None:
    units = ("s", "words/min", "per min", "per min")
    report = report_with(
        *(measured(v, u, v * 0.99, v * 1.01) for v, u in zip(values, units, strict=True))  # type: ignore[arg-type]
    )
    assert report.drill is not None and report.drill.figure == leads
    assert ranked(report.figures)[0].figure == leads


def test_nobody_is_called_slow_for_an_accent() -> None:
    pace = {value: measured(value, "words/min", value - 4, value + 4) for value in (84.0, 85.0, 99.0, 70.0)}
    steady = measured(0.0, "per min", 0.0, 1.0)
    found = {
        value: report_with(measured(90.0, "s", 89.5, 90.5), rate, steady, steady).figures[1].standing
        for value, rate in pace.items()
    }
    assert found == {84.0: "near", 85.0: "inside", 99.0: "inside", 70.0: "outside"}


def test_a_slow_pace_names_its_cause() -> None:
    slow, steady = measured(70.0, "words/min", 66.0, 74.0), measured(2.0, "per min", 1.0, 3.0)
    length = measured(100.0, "s", 99.5, 100.5)
    without = report_with(length, slow, steady, steady)
    assert without.headline.endswith("About 70 words a minute: the words come slowly.")
    assert without.drill is not None and without.drill.name == "say_it_again"
    pauses = tuple(Pause(at, at + 4.0, "within") for at in (5.0, 15.0, 25.0, 35.0, 45.0, 55.0, 65.0))
    paused = with_verdict(replace(without, pauses=pauses))
    assert paused.headline.endswith("About 70 words a minute: long pauses take up the time.")
    assert paused.drill is not None and paused.drill.name == "finish_the_clause"


def test_a_near_figure_is_tried_only_where_nothing_is_outside() -> None:
    near = measured(6.0, "per min", 4.5, 8.0)
    steady = measured(2.0, "per min", 1.0, 3.0)
    pace = measured(140.0, "words/min", 133.0, 147.0)
    alone = report_with(measured(90.0, "s", 89.5, 90.5), pace, steady, near)
    assert alone.headline == "Good length and pace. Fillers are close to the guide."
    assert alone.drill is not None and alone.drill.name == "silent_pause"
    beside = report_with(measured(25.0, "s", 24.5, 25.5), pace, steady, near)
    assert beside.drill is not None and beside.drill.name == "reach_the_aim"


def test_a_value_is_compared_as_it_is_shown() -> None:
    steady = measured(2.0, "per min", 1.0, 3.0)
    pace = measured(165.4, "words/min", 157.0, 174.0)
    report = report_with(
        measured(120.4, "s", 120.0, 120.9), pace, steady, measured(5.04, "per min", 5.0, 6.0)
    )
    assert {figure.standing for figure in report.figures} == {"inside"}
    assert report.headline == "Length, pace, pauses and fillers are all inside the guides."
    assert [each.kind for each in report.observations] == ["keep"]


def test_a_decimal_is_shown_where_a_whole_number_would_equal_the_guide() -> None:
    steady = measured(2.0, "per min", 1.0, 3.0)
    fillers = measured(5.4, "per min", 5.2, 6.0)
    pace = measured(140.0, "words/min", 133.0, 147.0)
    report = report_with(measured(90.0, "s", 89.5, 90.5), pace, steady, fillers)
    assert report.headline == "Good length. About 5.4 fillers a minute: aim for 5 or fewer."


def test_without_speech_it_says_how_to_record_again() -> None:
    report = silent_report()
    assert report.headline == silent_headline(marked=False)
    assert {figure.standing for figure in report.figures} == {"unknown"}
    assert report.observations == () and report.drill is None


@given(st.lists(st.floats(0.01, 5.0), min_size=4, max_size=4))
def test_ranking_is_by_steps_and_by_evidence_among_those_close_together(steps: list[float]) -> None:
    figures = [
        FigureStanding(figure.name, figure.measure, "outside", "high", round(step, 3))
        for figure, step in zip(MAIN_FIGURES, steps, strict=True)
    ]
    first = ranked(figures)[0]
    furthest = max(figure.steps for figure in figures)
    assert furthest - first.steps < 0.5
    close = [figure.figure for figure in figures if round(furthest - figure.steps, 3) < 0.5]
    assert first.figure == min(close, key=BY_EVIDENCE.index)


def test_every_guide_says_where_it_comes_from() -> None:
    measures = usual_report().measures
    assert {figure.figure for figure in standings(measures)} == set(FIGURES_BY_NAME)
    for figure in MAIN_FIGURES:
        assert figure.why_step
    names: list[FigureName] = ["length", "pace", "pauses", "fillers"]
    assert [figure.name for figure in MAIN_FIGURES] == names
