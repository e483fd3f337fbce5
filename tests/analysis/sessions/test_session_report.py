"""The report of a session: pooled rates, combined doubts, and the row of each answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import serialization
from analysis.audio.capture import NO_PROCESSING
from analysis.feedback.headline import silent_headline
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pace import SPEAKING_RATE_GUIDE
from analysis.measures.pooling import pooled_measures
from analysis.measures.registry import DEFINITIONS, measure_without_speech
from analysis.report import (
    Guide,
    Measure,
    ModelDescription,
    Observation,
    RecordingDescription,
    Report,
    Span,
    SpokenSpan,
    Transcript,
)
from analysis.sessions.session_report import SessionEntry, SessionReport, WithoutReport, session_report
from analysis.signal.quality import Quality
from tests.analysis.constructed import activity_of, answer_of, inputs_of, measures_of, spoken

TEXT = "I would like to help people"
FINE = "Pace, long pauses and fillers are inside the guides."


def report_of(
    seconds: float,
    *,
    text: str = TEXT,
    language: str = "en",
    gaps: Sequence[tuple[float, float]] = (),
    ratio: float = 35.0,
    aim: Guide = LENGTH_GUIDE,
    observations: tuple[Observation, ...] = (),
    **counts: Measure,
) -> Report:
    """A report with the given seconds of speech from 1 s on; `gaps` are added to them."""
    missing = sum(end - start for start, end in gaps)
    ends = 1.0 + seconds + missing
    edges = [1.0, *(edge for gap in gaps for edge in gap), ends]
    speech = list(zip(edges[::2], edges[1::2], strict=True))
    activity = activity_of(speech, ends + 1.0, gaps=gaps)
    answer = answer_of(activity, spoken(activity, text))
    measures = measures_of(inputs_of(answer, signal_to_noise=ratio, language=language))
    measures["answer_length"] = replace(measures["answer_length"], guide=aim)
    return _report(
        {**measures, **counts},
        RecordingDescription(ends + 1.0, None, "opus", 48_000, 1, tuple(Span(*gap) for gap in gaps)),
        observations,
        answer.span,
    )


def silent_report() -> Report:
    measures = measure_without_speech(Quality(None, None, 0.0, None), NO_PROCESSING)
    return _report(measures, RecordingDescription(10.0, None, "opus", 48_000, 1), (), None)


def _report(
    measures: dict[str, Measure],
    recording: RecordingDescription,
    observations: tuple[Observation, ...],
    span: SpokenSpan | None,
) -> Report:
    return Report(
        schema=1,
        analysis_version="1",
        model=ModelDescription("fake", "0", {}),
        recording=recording,
        notices=(),
        headline=silent_headline(marked=False) if span is None else "1 min.",
        spoken_span=span,
        transcript=Transcript("en", (), ()),
        fillers=(),
        pauses=(),
        pace=(),
        measures=measures,
        observations=observations,
    )


def count(value: float, low: float, high: float, reason: str | None = None) -> Measure:
    return Measure(value, "count", low, high, "low_confidence" if reason else "measured", reason)


def together(*reports: Report | None) -> SessionReport:
    return session_report(
        [
            SessionEntry(f"a{number}", f"Question {number}", report, "" if report else "waiting")
            for number, report in enumerate(reports, start=1)
        ]
    )


def test_session_rates_are_all_events_over_all_minutes() -> None:
    # 1 in half a minute and 12 in two: 13 in 2.5 minutes, where the mean of the rates would be 4.
    pooled = pooled_measures(
        [
            report_of(30.0, filled_pause_count=count(1, 0, 2), pause_count=count(2, 1, 3)),
            report_of(120.0, filled_pause_count=count(12, 10, 16), pause_count=count(30, 28, 33)),
        ]
    )
    rate = pooled["filled_pause_rate"].measure
    assert (rate.value, rate.low, rate.high) == (5.2, 4.0, 7.2)
    assert pooled["filled_pause_rate"].answers == 2
    assert pooled["pause_rate"].measure.value == 12.8
    assert pooled["filled_pause_count"].measure.value == 13
    words = pooled["spoken_words"].measure
    assert pooled["speaking_rate"].measure.value == pytest.approx((words.value or 0) / 2.5, abs=0.01)
    assert pooled["speaking_rate"].measure.guide == SPEAKING_RATE_GUIDE


def test_filler_rates_include_both_kinds() -> None:
    pooled = pooled_measures(
        [
            report_of(
                60.0,
                filled_pause_count=count(4, 3, 6),
                discourse_marker_count=count(2, 1, 4, "detector_uncertain"),
                spoken_words=Measure(150, "words", 140, 160, "measured"),
            )
        ]
        * 2
    )
    rate, of_words = pooled["filler_rate"].measure, pooled["filler_rate_per_100_words"].measure
    assert (rate.value, rate.low, rate.high, rate.guide) == (6.0, 4.0, 10.0, FILLER_RATE_GUIDE)
    assert (rate.state, rate.reason) == ("low_confidence", "detector_uncertain")
    assert (of_words.value, of_words.low, of_words.high) == (4.0, 2.5, 7.14)


def test_a_stored_report_without_a_later_measure_is_left_out_of_it() -> None:
    newer = report_of(60.0, filled_pause_count=count(3, 2, 4))
    measures = {name: each for name, each in newer.measures.items() if name != "filled_pause_count"}
    pooled = pooled_measures([newer, replace(newer, measures=measures)])
    assert (pooled["filled_pause_rate"].measure.value, pooled["filled_pause_rate"].answers) == (3.0, 1)
    assert pooled["pause_rate"].answers == 2


def test_an_answer_that_cannot_be_measured_is_left_out_with_its_minutes() -> None:
    english = report_of(60.0, filled_pause_count=count(3, 2, 4))
    pooled = pooled_measures([english, report_of(60.0, language="de"), silent_report()])
    assert pooled["filled_pause_rate"].measure.value == 3.0
    assert pooled["filled_pause_rate"].answers == 1
    assert pooled["pause_rate"].answers == 2
    none = pooled_measures([report_of(60.0, language="de")])["filler_rate"]
    assert (none.measure.value, none.measure.state, none.answers) == (None, "not_measurable", 0)
    assert (none.measure.reason, none.measure.guide) == ("language_not_english", FILLER_RATE_GUIDE)


def test_missing_sound_is_not_counted_as_time() -> None:
    pooled = pooled_measures([report_of(60.0, gaps=[(20.0, 50.0)], filled_pause_count=count(6, 5, 7, "gap"))])
    rate = pooled["filled_pause_rate"].measure
    assert (rate.value, rate.reason) == (6.0, "gap")


@pytest.mark.parametrize(
    ("seconds", "state", "reason"),
    [
        ((4.0, 5.0), "not_measurable", "too_little_speech"),
        ((8.0, 8.0), "low_confidence", "too_little_speech"),
        ((8.0, 8.0, 8.0, 8.0), "measured", None),
    ],
)
def test_short_answers_together_can_be_enough_for_a_rate(
    seconds: tuple[float, ...], state: str, reason: str | None
) -> None:
    reports = [report_of(each, filled_pause_count=count(1, 0, 2)) for each in seconds]
    pooled = pooled_measures(reports)
    for name in ("filled_pause_rate", "speaking_rate", "pause_rate"):
        measure = pooled[name].measure
        assert (measure.state, measure.reason) == (state, reason), name
    # Counts have no minimum length.
    assert pooled["filled_pause_count"].measure.value == len(seconds)


def test_a_sum_has_the_reason_that_applies_longest() -> None:
    clear, noisy, uncertain = (
        report_of(90.0),
        report_of(60.0, pause_count=count(5, 3, 7, "low_signal_to_noise")),
        report_of(30.0, pause_count=count(5, 3, 7, "echo")),
    )
    assert pooled_measures([clear])["pause_rate"].measure.state == "measured"
    measure = pooled_measures([clear, noisy, uncertain])["pause_rate"].measure
    assert (measure.state, measure.reason) == ("low_confidence", "low_signal_to_noise")
    assert pooled_measures([clear, uncertain])["pause_count"].measure.reason == "echo"


@pytest.mark.parametrize(
    ("lengths", "said"),
    [
        ((90,), f"This answer was inside 1–2 minutes. {FINE}"),
        ((40,), f"This answer was not inside 1–2 minutes. {FINE}"),
        ((90, 60), f"2 of 2 answers were inside 1–2 minutes. {FINE}"),
        ((90, 60, 40, 0), f"2 of 4 answers were inside 1–2 minutes. {FINE}"),
        ((0, 0), "No speech was heard in these 2 answers."),
        ((0,), "No speech was heard in this answer."),
        ((), "No answer has a report yet."),
    ],
)
def test_the_headline_of_a_session_is_one_sentence(lengths: tuple[float, ...], said: str) -> None:
    report = together(*(report_of(length) if length else silent_report() for length in lengths))
    assert report.headline == said
    assert report.speaking_time == sum(lengths)


def test_the_headline_of_a_session_names_what_is_furthest_outside() -> None:
    many = [report_of(90.0, filled_pause_count=count(18, 15, 24)) for _ in range(5)]
    assert together(*many).headline == (
        "5 of 5 answers were inside 1–2 minutes. Fillers: 12 a minute over all five; aim for 5 or fewer."
    )
    entries = [SessionEntry(f"a{number}", "Q", report) for number, report in enumerate(many)]
    neutral = session_report(entries, fluency_verdicts=False).headline
    assert neutral == "5 of 5 answers were inside 1–2 minutes."


def test_the_headline_of_a_session_with_different_aims() -> None:
    report = together(report_of(90.0), report_of(40.0, aim=Guide(15.0, 45.0, "q")))
    assert report.headline.startswith("2 of 2 answers were inside their aim.")


def test_each_row_is_compared_with_its_own_aim() -> None:
    report = together(report_of(40.0), report_of(40.0, aim=Guide(15.0, 45.0, "q")), silent_report())
    assert [row.place for row in report.rows] == ["short", "inside", "no_speech"]
    assert [row.answer for row in report.rows] == ["a1", "a2", "a3"]
    assert report.rows[0].measures["answer_length"].value == 40.0


def test_the_most_common_observation_is_in_the_words_of_the_last_answer() -> None:
    stop, later = (
        Observation(
            "try",
            f"Stop earlier: the aim was reached at {moment}.",
            (Span(float(n), n + 1.0),),
            about="length",
        )
        for n, moment in ((1, "2:00"), (2, "2:03"))
    )
    slow = Observation(
        "try", "Slow down a little: about 190 words a minute.", (Span(3.0, 4.0),), about="pace"
    )
    keep = Observation("keep", "The length: 1 min leaves the listener time to ask more.", about="length")
    report = together(
        report_of(60.0, observations=(keep, stop)),
        report_of(60.0, observations=(slow,)),
        report_of(60.0, observations=(later,)),
    )
    assert [each.kind for each in report.observations] == ["keep", "try"]
    kept, tried = report.observations
    assert (tried.text, tried.answer, tried.title, tried.answers) == (later.text, "a3", "Question 3", 2)
    assert tried.moments == later.moments
    assert (kept.text, kept.answer, kept.answers) == (keep.text, "a1", 1)
    assert together(report_of(60.0)).observations == ()


def test_answers_without_a_report_are_listed() -> None:
    report = together(None, report_of(60.0))
    assert report.without_report == (WithoutReport("a1", "Question 1", "waiting"),)
    assert [row.answer for row in report.rows] == ["a2"]
    assert report.measures["speaking_rate"].answers == 1


def test_without_speech_nothing_is_measurable() -> None:
    for pooled in together(silent_report()).measures.values():
        assert (pooled.measure.state, pooled.measure.reason) == ("not_measurable", "no_speech")


def test_a_session_report_survives_json() -> None:
    report = together(report_of(60.0), silent_report(), None)
    assert serialization.from_json(SessionReport, serialization.to_json(report)) == report


@given(st.lists(st.floats(2.0, 200.0), min_size=1, max_size=5), st.sampled_from(["en", "de"]))
def test_every_interval_contains_its_value_and_every_doubt_has_a_reason(
    lengths: list[float], language: str
) -> None:
    reports = [
        report_of(round(length, 2), language=language, text="Um, I like, you know, tea") for length in lengths
    ]
    for name, pooled in pooled_measures(reports).items():
        measure = pooled.measure
        assert measure.unit == DEFINITIONS[name].unit, name
        assert (measure.reason is None) == (measure.state == "measured"), name
        if measure.value is not None:
            assert measure.low is not None and measure.high is not None
            assert 0.0 <= measure.low <= measure.value <= measure.high, name
