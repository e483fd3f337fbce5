"""The table of verdicts is itself in order: enough of every sort, and no case contradicts its own figures."""

import pytest

from analysis.feedback.verdict import with_verdict
from tests.analysis.feedback.verdict_cases import CASES, FIGURES, VerdictCase, report_of

BOUNDS = {"pace": (85.0, 165.0), "pauses": (0.0, 7.0), "fillers": (0.0, 5.0)}
DECIMALS = {"length": 0, "pace": 0, "pauses": 1, "fillers": 1}


def outside(case: VerdictCase) -> list[str]:
    return [name for name, standing in case.standings.items() if standing.startswith("outside")]


def test_there_are_enough_of_every_sort() -> None:
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)
    assert sum(len(outside(case)) >= 2 for case in CASES) >= 20
    assert sum(bool(case.less_sure) for case in CASES) >= 20
    assert {name for case in CASES for name in (case.attempt,)} == {*FIGURES, ""}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_case_does_not_contradict_itself(case: VerdictCase) -> None:
    assert len(case.headline.split()) <= 18 and case.headline.endswith(".")
    assert case.keep != case.attempt or not case.keep
    assert not case.keep or case.standings[case.keep] == "inside"
    assert bool(case.attempt) == bool(case.drill)
    if outside(case):
        assert case.attempt in outside(case)
    for name, standing in case.standings.items():
        if name in case.figures and standing != "-":
            value, low, high = (round(each, DECIMALS[name]) for each in case.figures[name])
            bottom, top = BOUNDS.get(name, case.aim)
            if bottom <= value <= top:
                expected = "inside"
            else:
                side = "low" if value < bottom else "high"
                reaches = high >= bottom if side == "low" else low <= top
                expected = f"{'near' if reaches else 'outside'} {side}"
            assert standing == expected, name
        else:
            assert standing in ("unknown", "-")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_rules_say_what_the_coach_says(case: VerdictCase) -> None:
    report = with_verdict(report_of(case), fluency_verdicts=not case.neutral)
    said = {each.kind: each.about for each in report.observations}
    found = {
        "standings": {
            figure.figure: " ".join(filter(None, (figure.standing or "-", figure.direction)))
            for figure in report.figures
        },
        "headline": report.headline,
        "keep": said.get("keep", ""),
        "try": said.get("try", ""),
        "drill": report.drill.name if report.drill else "",
    }
    assert found == {
        "standings": case.standings,
        "headline": case.headline,
        "keep": case.keep,
        "try": case.attempt,
        "drill": case.drill,
    }, case.why
