"""The report of an interview: what counts, what changed over its time, and which answer to do again."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from analysis import serialization
from analysis.feedback.verdict import with_verdict
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.report import Guide, Measure, Report
from analysis.sessions.interview_report import InterviewEntry, InterviewReport, interview_report
from analysis.view.interview import ViewedInterview, interview_view
from tests.analysis.sessions.test_session_report import count, report_of, silent_report


def answer_with(*, fillers: float = 2.0, pace: float = 130.0, seconds: float = 90.0) -> Report:
    """An answer with these rates a minute, each known to about a tenth."""
    minutes = seconds / 60.0
    number = round(fillers * minutes)
    words = round(pace * minutes)
    rate = number / minutes
    measures = {
        "filled_pause_count": count(number, 0.9 * number, 1.1 * number),
        "discourse_marker_count": count(0, 0, 0),
        "filler_rate": Measure(rate, "per min", 0.9 * rate, 1.1 * rate, "measured", None, FILLER_RATE_GUIDE),
        "spoken_words": Measure(words, "words", 0.97 * words, 1.03 * words, "measured"),
    }
    report = report_of(seconds, **measures)
    speed = replace(
        report.measures["speaking_rate"],
        value=words / minutes,
        low=0.97 * words / minutes,
        high=1.03 * words / minutes,
        state="measured",
        reason=None,
    )
    return with_verdict(replace(report, measures={**report.measures, "speaking_rate": speed}))


def entries_of(*reports: Report | None) -> list[InterviewEntry]:
    """Main questions, one every three minutes."""
    return [
        InterviewEntry(
            f"a{n}", f"Question {n}?", "question", 180.0 * (n - 1), report, "" if report else "waiting"
        )
        for n, report in enumerate(reports, start=1)
    ]


def together(*reports: Report | None) -> InterviewReport:
    return interview_report(entries_of(*reports))


def with_fillers(*rates: float) -> InterviewReport:
    return together(*(answer_with(fillers=rate) for rate in rates))


def course(report: InterviewReport, figure: str) -> str:
    return next(series.course for series in report.over_time if series.figure == figure)


def test_a_clear_rise_of_the_fillers_is_said_with_its_values() -> None:
    report = with_fillers(2, 4, 2, 6, 8, 6, 10, 12, 10)
    assert report.verdict == (
        "All 9 answers were inside 1–2 minutes. Fillers rose from 3 to 11 a minute in the last third."
        " Your pace held."
    )
    assert [series.answers for series in report.over_time] == [3, 3]


def test_of_two_changes_the_time_is_said_once() -> None:
    paces, rates = (150, 148, 145, 130, 112, 110), (2, 2, 3, 6, 10, 11)
    report = together(
        *(answer_with(fillers=rate, pace=pace) for rate, pace in zip(rates, paces, strict=True))
    )
    assert report.verdict.endswith(
        " Pace fell from 149 to 111 words a minute in the last third. Fillers rose from 2 to 10 a minute."
    )


def test_a_pace_outside_its_guide_is_not_praised_for_holding() -> None:
    fast = together(*(answer_with(pace=pace) for pace in (190, 188, 192, 191, 189, 190)))
    assert course(fast, "pace") == "held"
    assert "held" not in fast.verdict and "aim for 165 or fewer" in fast.verdict


def test_a_figure_close_to_its_guide_is_not_called_inside() -> None:
    verdict = with_fillers(12, 3, 1).verdict
    assert verdict.endswith("Pace and long pauses are inside the guides; fillers are close to the guide.")


def test_an_answer_without_speech_is_counted_and_named() -> None:
    report = together(answer_with(), answer_with(), silent_report())
    assert report.verdict.startswith("2 of 3 answers were inside 1–2 minutes. No speech was heard in 1.")
    length = interview_view(report).figures[0]
    assert (length.value, length.mark, length.standing_text) == ("2 of 3", "below", "1 without speech")


def test_a_rise_within_the_usual_differences_is_not_said() -> None:
    # Thirds of 4 and 8 a minute, but answers that differ by as much among themselves.
    report = with_fillers(1, 7, 4, 6, 7, 6, 3, 14, 7)
    assert course(report, "fillers") == "cannot_tell"
    assert "rose" not in report.verdict


def test_a_rise_within_measuring_error_is_not_said() -> None:
    steady = [answer_with(fillers=rate) for rate in (2, 2.7, 2, 5, 5, 5, 7.3, 8, 7.3)]
    sure = together(*steady)
    assert course(sure, "fillers") == "rose"
    unsure = [
        replace(
            report,
            measures={
                **report.measures,
                "filled_pause_count": count(
                    value := report.measures["filled_pause_count"].value or 0.0, 0.5 * value, 2 * value
                ),
            },
        )
        for report in steady
    ]
    assert course(together(*unsure), "fillers") == "cannot_tell"


def test_with_four_answers_no_change_is_looked_for() -> None:
    report = with_fillers(2, 2, 12, 12)
    assert {series.course for series in report.over_time} == {"too_few"}
    assert "rose" not in report.verdict and "held" not in report.verdict


def test_answers_of_different_builds_are_not_compared() -> None:
    reports = [answer_with(fillers=rate) for rate in (2, 2, 2, 12, 12, 12)]
    reports[0] = replace(reports[0], analysis_version="0")
    assert course(together(*reports), "fillers") == "not_comparable"


def test_a_pace_that_varies_has_not_held() -> None:
    varied = together(*(answer_with(pace=pace) for pace in (100, 150, 130, 120, 145, 125)))
    assert course(varied, "pace") == "cannot_tell"
    slower = together(*(answer_with(pace=pace) for pace in (150, 152, 149, 130, 131, 110, 112, 109)))
    assert course(slower, "pace") == "fell"
    assert "Pace fell from 150 to 110 words a minute in the last third." in slower.verdict


def test_a_series_has_a_point_for_each_measured_answer_at_its_time() -> None:
    report = together(answer_with(), None, answer_with())
    points = report.over_time[0].points
    # Three minutes from one to the next; the middle of what was said lies 46 s into its recording.
    assert [(point.answer, point.at) for point in points] == [("a1", 46.0), ("a3", 406.0)]


def test_the_answer_furthest_outside_is_the_one_to_do_again() -> None:
    report = with_fillers(2, 9, 21)
    assert report.again is not None
    assert (report.again.answer, report.again.why) == (
        "a3",
        "About 21 fillers a minute: aim for 5 or fewer.",
    )
    assert with_fillers(2, 2, 2).again is None
    silent = together(answer_with(fillers=21), silent_report())
    assert silent.again is not None and silent.again.answer == "a2"


def test_a_follow_up_is_never_the_one_to_do_again() -> None:
    first, second = entries_of(answer_with(fillers=9), answer_with(fillers=30))
    follow_up = replace(second, part="follow_up", follow_up_of="a1", asked="short")
    again = interview_report([first, follow_up]).again
    assert again is not None and again.answer == "a1"


def test_what_to_keep_and_what_to_try_differ() -> None:
    report = together(*(answer_with(fillers=rate) for rate in (2, 2, 2, 14, 14)))
    kept, tried = report.observations
    assert tried.about == "fillers" and kept.about != "fillers"


def test_a_follow_up_is_named_by_its_question() -> None:
    entries = entries_of(*(answer_with(fillers=rate) for rate in (2, 2, 2, 14)))
    last = replace(entries[-1], part="follow_up", follow_up_of="a3", asked="short")
    view = interview_view(interview_report([*entries[:-1], last]))
    assert view.observations[-1].name == "the follow-up to question 3"
    assert view.again.name == ""


def test_too_long_and_too_short_are_not_the_same() -> None:
    report = together(*(answer_with(seconds=seconds) for seconds in (200.0, 30.0, 200.0, 90.0)))
    tried = report.observations[-1]
    assert (tried.kind, tried.about, tried.answer, tried.answers) == ("try", "length", "a3", 2)


def test_an_apology_and_a_second_telling_have_their_sentences() -> None:
    first, second, third = entries_of(answer_with(), answer_with(seconds=60.0), answer_with(seconds=12.0))
    entries = [
        first,
        replace(second, part="repeat", follow_up_of="a1"),
        replace(third, part="apology"),
    ]
    report = interview_report(entries)
    [telling] = report.answers[0].belonging
    assert telling.sentences[0].startswith("The second time was shorter (1 min after 1 min 30 s)")
    assert telling.figures[0].standing is None, "it need not be as long as the first"
    assert report.answers[1].sentences == ("Your apology took 12 s: short, and on to the answer.",)
    assert (report.lengths.answers, report.counted) == (1, 1)
    assert "words a minute" in " ".join(telling.sentences)
    [neutral] = interview_report(entries, fluency_verdicts=False).answers[0].belonging
    assert neutral.sentences == (telling.sentences[0], "Pace: 130 and 130 words a minute.")
    alone = interview_report(entries[1:])
    assert alone.answers[0].sentences == (), "there is no first telling to compare it with"


def test_follow_ups_of_follow_ups_are_below_the_question() -> None:
    first, second, third, fourth = entries_of(*[answer_with()] * 4)
    report = interview_report(
        [
            first,
            replace(second, part="follow_up", follow_up_of="a1", asked="own_part"),
            replace(third, part="follow_up", follow_up_of="a2", asked="person"),
            replace(fourth, part="follow_up", follow_up_of="deleted", asked="short"),
        ]
    )
    assert [answer.answer for answer in report.answers] == ["a1", "a4"]
    assert [answer.answer for answer in report.answers[0].belonging] == ["a2", "a3"]
    assert (report.counted, report.full) == (4, False)


def test_a_ring_of_answers_that_belong_to_each_other_loses_none() -> None:
    first, second = entries_of(answer_with(), answer_with())
    report = interview_report(
        [
            replace(first, part="follow_up", follow_up_of="a2", asked="short"),
            replace(second, part="follow_up", follow_up_of="a1", asked="short"),
        ]
    )
    shown = [each.answer for top in report.answers for each in (top, *top.belonging)]
    assert sorted(shown) == ["a1", "a2"]


def test_each_answer_has_its_own_aim() -> None:
    own = replace(answer_with(seconds=40.0).measures["answer_length"], guide=Guide(20.0, 60.0, "aim"))
    short = answer_with(seconds=40.0)
    fits = with_verdict(replace(short, measures={**short.measures, "answer_length": own}))
    report = together(answer_with(), fits)
    assert report.verdict.startswith("All 2 answers were inside their aim.")
    assert together(answer_with(), short).verdict.startswith("1 of 2 answers was inside 1–2 minutes.")


@pytest.mark.parametrize(
    ("reports", "said"),
    [
        ((), "No answer has a report yet."),
        ((None,), "No answer has a report yet."),
        ((silent_report(),), "No speech was heard in this answer."),
        ((silent_report(), silent_report()), "No speech was heard in these 2 answers."),
    ],
)
def test_without_speech_nothing_is_judged(reports: Sequence[Report | None], said: str) -> None:
    report = together(*reports)
    assert report.verdict == said
    view = interview_view(report)
    assert view.charts == ()
    assert {figure.mark for figure in view.figures} == {"unknown"}


def test_the_view_survives_json_and_draws_inside_its_area() -> None:
    report = with_fillers(4, 5, 4, 6, 7, 6, 9, 10, 9)
    viewed = ViewedInterview(**vars(report), view=interview_view(report))
    assert serialization.from_json(ViewedInterview, serialization.to_json(viewed)) == viewed
    pace, fillers = viewed.view.charts
    for chart in (pace, fillers):
        assert len(chart.points) == 9
        for point in chart.points:
            assert 0 <= point.x <= 100 and 0 <= point.top <= point.y <= point.bottom <= 100
        assert [tick.at for tick in chart.times] == sorted(tick.at for tick in chart.times)
    assert fillers.band is not None and fillers.values[0].text == "0"
    # A value is drawn where the labels beside it say.
    heights = {tick.text: tick.at for tick in fillers.values}
    zero, five = heights["0"], heights["5"]
    assert fillers.points[0].y == pytest.approx(zero + (five - zero) * 4 / 5, abs=0.1)
    assert re.fullmatch(r"Question 1, 46 s in: 4\.0 a minute \(3\.6 to 4\.4\)", fillers.points[0].text)
    assert fillers.sentence == "Fillers probably rose from 4 to 10 a minute in the last third."


def test_lengths_say_how_many_are_over_and_under() -> None:
    lengths = (90.0, 200.0, 30.0, 200.0, 90.0)
    view = interview_view(together(*(answer_with(seconds=seconds) for seconds in lengths)))
    length = view.figures[0]
    assert (length.value, length.unit) == ("2 of 5", "answers inside 1–2 minutes")
    assert (length.mark, length.standing_text) == ("above", "2 over, 1 under the aim")
