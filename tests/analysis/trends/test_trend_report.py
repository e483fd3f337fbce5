"""The progress report: points, running quartiles, breaks between builds, and sentences."""

import sys
import time
from dataclasses import replace
from datetime import UTC

import numpy as np
import pytest

from analysis import serialization
from analysis.trends.models import FAMILY, Build, ProgressReport, TakeFacts, Trend
from analysis.trends.progress_report import progress_report
from analysis.trends.take_series import RUNNING_TAKES, breaks_of, points_of
from tests.analysis.trends.made_takes import BUILD, OLDER, START, facts, halving, take, takes_of


def trend(report: ProgressReport, name: str) -> Trend:
    return next(each for each in report.trends if each.name == name)


def report_of(made: list[TakeFacts], *, verdicts: bool = True) -> ProgressReport:
    return progress_report(takes_of(made), verdicts=verdicts)


def test_the_family_is_in_order_with_labels_units_and_guides() -> None:
    report = report_of(halving(4))
    assert tuple(each.name for each in report.trends) == FAMILY
    fillers = trend(report, "filler_rate")
    assert (fillers.label, fillers.unit) == ("Fillers a minute", "per min")
    assert fillers.guide is not None and fillers.guide.high == 5.0
    pauses = trend(report, "long_pause_rate")
    assert pauses.guide is not None and pauses.guide.high == 7.0


def test_no_takes_give_a_report() -> None:
    report = report_of([])
    assert (report.headline, report.takes, report.minutes) == ("No takes yet.", 0, 0.0)
    assert all(each.change.verdict == "too_few" and not each.points for each in report.trends)
    assert serialization.from_json(ProgressReport, serialization.to_json(report)) == report


def test_one_take_is_a_dot() -> None:
    report = report_of([facts()])
    fillers = trend(report, "filler_rate")
    assert report.headline == "Four more takes until your usual range shows."
    assert fillers.sentence == "Cannot tell yet: four more takes."
    (point,) = fillers.points
    assert (point.value, point.current, point.low, point.middle) == (pytest.approx(8.0), True, None, None)


def test_five_takes_have_a_median_but_no_comparison() -> None:
    report = report_of([facts()] * 5)
    fillers = trend(report, "filler_rate")
    assert report.headline == "One more take until they are compared."
    assert fillers.sentence == "Cannot tell yet: one more take."
    assert fillers.points[-1].middle == pytest.approx(8.0)
    assert fillers.points[-2].middle is None


def test_the_running_middle_and_half_are_quartiles_of_the_latest_takes_of_one_build() -> None:
    rates = [3, 9, 4, 12, 6, 5, 10, 7, 2, 8, 11, 1]
    older = [facts(60.0, fillers=50, build=OLDER)] * 6
    takes = takes_of([*older, *(facts(60.0, fillers=rate) for rate in rates)])
    points = points_of(takes, "filler_rate", BUILD)
    for index in range(len(rates)):
        point = points[len(older) + index]
        latest = rates[max(0, index + 1 - RUNNING_TAKES) : index + 1]
        if len(latest) < 5:
            assert point.low is point.middle is point.high is None
        else:
            assert (point.low, point.middle, point.high) == pytest.approx(
                tuple(np.quantile(latest, (0.25, 0.5, 0.75)))
            )
    assert [point.current for point in points] == [False] * 6 + [True] * 12
    assert points[5].middle == 50.0


def test_a_take_without_a_value_has_a_reason_and_does_not_interrupt_the_series() -> None:
    made = [facts()] * 3 + [facts(fillers=None)] + [facts()] * 2
    points = trend(report_of(made), "filler_rate").points
    assert (points[3].value, points[3].doubt, points[3].middle) == (None, "language_not_english", None)
    assert points[5].middle == pytest.approx(8.0)
    assert trend(report_of(made), "filler_rate").change.takes_needed == 1


def test_a_measure_missing_in_all_takes_says_so() -> None:
    report = report_of([facts(fillers=None)] * 20)
    fillers = trend(report, "filler_rate")
    assert fillers.sentence == "Not measurable in these takes."
    assert (fillers.change.verdict, len(fillers.points)) == ("too_few", 20)


def test_takes_without_any_measure_give_a_report() -> None:
    nothing = replace(facts(), values=dict.fromkeys(facts().values, None), recorded=0.0)
    report = report_of([nothing] * 12)
    assert (report.takes, report.minutes) == (12, 0.0)
    assert {each.sentence for each in report.trends} == {"Not measurable in these takes."}
    assert report.headline == "Five more takes until they are compared."


def test_only_the_newest_takes_build_is_compared() -> None:
    older = [facts(fillers=60, build=OLDER)] * 15
    report = report_of([*older, *halving(15)])
    change = trend(report, "filler_rate").change
    assert report.outdated == 15
    assert change.before is not None and change.before.value == pytest.approx(8.0)
    assert change.looked_at == 30
    (seen,) = report.breaks
    assert seen.at == takes_of([facts()] * 16)[-1].at
    assert seen.text == "From here on the figures are measured by analysis 1.3.0; before by 1.2.0."


def test_a_return_to_an_earlier_build_is_a_break_and_rejoins_its_takes() -> None:
    made = [*halving(4)[:4], facts(build=OLDER), *halving(4)[4:], facts()]
    report = report_of(made)
    assert len(report.breaks) == 2
    assert report.outdated == 1
    assert trend(report, "filler_rate").change.looked_at == 8


def test_breaks_say_what_changed() -> None:
    small = Build("1.3.0", "small", "b" * 64)
    edition = Build("1.3.0", "base", "c" * 64)
    both = Build("1.2.0", "small", "b" * 64)
    made = [facts(build=build) for build in (BUILD, small, BUILD, edition, both)]
    assert [each.text for each in breaks_of(takes_of(made))] == [
        "From here on the words are written by the recogniser small; before by base.",
        "From here on the words are written by the recogniser base; before by small.",
        "From here on the words are written by another edition of the recogniser base.",
        "From here on the figures are measured by analysis 1.2.0; before by 1.3.0. "
        "From here on the words are written by the recogniser small; before by base.",
    ]


def test_a_clear_change_is_stated_with_its_figures() -> None:
    report = report_of(halving(15))
    assert report.headline == "Fewer fillers, a clear change: 8.0 to 4.0 a minute."
    assert trend(report, "filler_rate").sentence == (
        "Fewer fillers: 8.0 to 4.0 a minute over 30 takes, a clear change."
    )
    assert trend(report, "long_pause_rate").sentence == (
        "Cannot tell yet: still 12.7 a minute over 30 takes. Compared again after six more takes."
    )


def test_more_than_one_clear_change_is_listed() -> None:
    made = [
        replace(each, values={**each.values, "answer_length": (70.0 if i < 15 else 110.0) + i % 4})
        for i, each in enumerate(halving(15))
    ]
    assert report_of(made).headline == "Clear changes: longer answers and fewer fillers."
    assert trend(report_of(made), "answer_length").sentence == (
        "Longer answers: 1 min 11 s to 1 min 51 s over 30 takes, a clear change."
    )


def test_a_probable_change_is_stated_as_probable() -> None:
    scatter = (0, 9, -4, 6, -8, 3, -6, 5, -2, 7)
    made = [facts(words=200 + scatter[i % 10]) for i in range(10)]
    made += [facts(words=208 + scatter[i % 10]) for i in range(10)]
    report = report_of(made)
    pace = trend(report, "speaking_rate")
    assert pace.change.verdict == "probably"
    assert pace.sentence == (
        "Probably faster: 134 to 139 words a minute over 20 takes. Compared again after four more takes."
    )
    assert report.headline == "Probably faster; no clear change yet."


def test_without_verdicts_on_fluency_length_keeps_its_verdict() -> None:
    report = report_of(halving(15), verdicts=False)
    fillers, length = trend(report, "filler_rate"), trend(report, "answer_length")
    assert fillers.change.verdict == "not_given"
    assert fillers.change.before is not None and fillers.change.low is not None
    assert fillers.sentence == "8.0 to 4.0 a minute over 30 takes."
    assert fillers.guide is None and length.guide is not None
    assert length.change.verdict == "cannot_tell"
    assert report.headline == "30 takes side by side."
    # Few takes have no verdict that could be withheld.
    assert trend(report_of([facts()], verdicts=False), "filler_rate").change.verdict == "too_few"


@pytest.mark.parametrize("verdicts", [True, False])
def test_nothing_is_called_good_or_bad(verdicts: bool) -> None:
    for each in (halving(15), halving(15)[::-1], halving(3), [facts(fillers=0)] * 12):
        report = report_of(each, verdicts=verdicts)
        said = " ".join([report.headline, report.method, *(one.sentence for one in report.trends)]).lower()
        assert not {"better", "worse", "good", "bad", "improved", "poor", "great"} & set(
            said.replace(":", "").replace(",", "").replace(".", "").split()
        )


def test_takes_at_the_same_time_keep_their_order() -> None:
    takes = [take(number, each, at=START) for number, each in enumerate(halving(15))]
    report = progress_report(takes)
    assert [point.answer for point in report.trends[0].points] == [each.answer for each in takes]
    assert trend(report, "filler_rate").change.verdict == "clear_change"
    assert report.trends[0].points[0].at.tzinfo is UTC


def test_a_report_survives_json() -> None:
    for made in (halving(15), halving(2), [facts(fillers=0)] * 12):
        report = report_of(made)
        assert serialization.from_json(ProgressReport, serialization.to_json(report)) == report


def test_a_thousand_takes_are_fast() -> None:
    takes = takes_of(halving(500))
    progress_report(takes[:10])
    # CPU time of this process, so that other load does not matter.
    began = time.process_time()
    progress_report(takes)
    spent = time.process_time() - began
    sys.stdout.write(f"progress over 1,000 takes: {1000 * spent:.0f} ms\n")
    assert spent < 1.0  # 0.06 s where it was written
