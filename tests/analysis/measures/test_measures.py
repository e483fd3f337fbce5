"""Every measure: its value, interval and state."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audio.capture import Processing
from analysis.measures.confidence import MeasurementConditions, figure
from analysis.measures.inputs import MeasureInputs
from analysis.measures.registry import DEFINITIONS
from analysis.report import Filler, Guide, Measure, Span, Word
from analysis.signal.answer_span import Answer
from analysis.signal.pitch import Pitch
from analysis.text.words import spoken_word_count
from tests.analysis.constructed import (
    activity_of,
    answer_of,
    answers,
    inputs_of,
    measures_of,
    shifted,
    spoken,
    words_in,
)

REASONS = {
    "gap", "language_not_english", "low_signal_to_noise", "recogniser_uncertain", "too_little_speech",
    "two_voices", "none_found", "not_recorded_here", "no_labelled_speech", "detector_uncertain", "echo",
    "syllables_disagree", "browser_processing",
}  # fmt: skip


def _of(seconds: float, *, text: str = "I would like to help", language: str = "en") -> dict[str, Measure]:
    activity = activity_of([(1.0, 1.0 + seconds)], 2.0 + seconds)
    return measures_of(inputs_of(answer_of(activity, spoken(activity, text)), language=language))


def _check(measures: dict[str, Measure]) -> None:
    for name, measure in measures.items():
        assert measure.unit == DEFINITIONS[name].unit, name
        if measure.state == "not_measurable":
            assert (measure.value, measure.low, measure.high) == (None, None, None), name
        else:
            assert measure.value is not None and measure.low is not None and measure.high is not None
            assert 0.0 <= measure.low <= measure.value <= measure.high, name
        assert (measure.reason is None) == (measure.state == "measured"), name
        assert measure.reason is None or measure.reason in REASONS, name


@given(answers(), st.sampled_from([None, 5.0, 15.0, 40.0]), st.sampled_from(["en", "de"]))
def test_every_interval_contains_its_value_and_every_doubt_has_a_reason(
    answer: Answer, ratio: float | None, language: str
) -> None:
    _check(measures_of(inputs_of(answer, signal_to_noise=ratio, language=language)))


@given(answers(least_duration=12.0))
def test_speaking_share_follows_its_definition(answer: Answer) -> None:
    inputs = inputs_of(answer)
    share = measures_of(inputs)["speaking_share"]
    if share.value is None:
        assert answer.measured_duration < 10.0
        return
    silent = sum(p.end - p.start for p in inputs.pauses)
    filled = sum(f.end - f.start for f in inputs.fillers if f.kind == "filled_pause")
    expected = 100.0 * (answer.measured_duration - silent - filled) / answer.measured_duration
    assert 0.0 <= share.value <= 100.0
    # Times of words are rounded to milliseconds, so a filler at the very edge may extend beyond the span.
    assert share.value == pytest.approx(max(0.0, expected), abs=0.3)


@given(answers(least_duration=12.0))
def test_rates_are_counts_over_time(answer: Answer) -> None:
    inputs = inputs_of(answer)
    measures = measures_of(inputs)
    if inputs.conditions.too_short_for_rates():
        assert measures["speaking_rate"].reason == "too_little_speech"
        return
    minutes = answer.measured_duration / 60.0
    words = spoken_word_count(answer.words)
    assert measures["spoken_words"].value == words
    assert measures["speaking_rate"].value == pytest.approx(words / minutes, abs=0.051)
    count = measures["pause_count"].value
    assert count == len(inputs.pauses)
    assert measures["pause_rate"].value == pytest.approx(count / minutes, abs=0.0051)
    both = measures["filled_pause_count"].value + measures["discourse_marker_count"].value
    assert measures["filler_rate"].value == pytest.approx(both / minutes, abs=0.0051)


@given(answers(least_duration=12.0))
def test_pauses_within_clauses_are_part_of_all_pauses(answer: Answer) -> None:
    inputs = inputs_of(answer)
    measures = measures_of(inputs)
    within = sum(pause.place == "within" for pause in inputs.pauses)
    count, share = measures["pause_within_count"], measures["pause_within_share"]
    assert count.value == within
    assert count.low <= within <= count.high <= len(inputs.pauses)
    if inputs.pauses:
        assert share.value == pytest.approx(100 * within / len(inputs.pauses), abs=0.051)
        assert 0 <= share.low <= share.high <= 100
    else:
        assert share.reason == "none_found"


@given(answers(least_duration=12.0))
def test_an_unsure_marker_counts_only_towards_how_many_there_may_be(answer: Answer) -> None:
    inputs = inputs_of(answer)
    before = measures_of(inputs)["discourse_marker_count"]
    unsure = Filler("like", 1.0, 1.2, "discourse_marker", "transcribed", "unsure", 0.5)
    after = measures_of(replace(inputs, fillers=(*inputs.fillers, unsure)))["discourse_marker_count"]
    if before.value is not None:
        assert (after.value, after.low, after.high) == (before.value, before.low, before.high + 1)


@given(answers(), st.integers(1, 40))
def test_silence_before_the_recording_changes_no_measure(answer: Answer, count: int) -> None:
    here = measures_of(inputs_of(answer))
    later = measures_of(inputs_of(answer_of(*shifted(answer.activity, answer.words, count * 0.16))))
    for name, measure in here.items():
        assert (later[name].state, later[name].reason) == (measure.state, measure.reason), name
        expected = None if measure.value is None else pytest.approx(measure.value, rel=2e-3, abs=0.11)
        assert later[name].value == expected, name


@pytest.mark.parametrize(
    ("seconds", "state"), [(2.0, "not_measurable"), (9.9, "not_measurable"), (10.1, "low_confidence"),
                           (29.0, "low_confidence"), (31.0, "measured")]
)  # fmt: skip
def test_rates_need_speech(seconds: float, state: str) -> None:
    measures = _of(seconds)
    for name in ("speaking_rate", "articulation_rate", "pause_rate", "speaking_share", "mean_length_of_run"):
        assert measures[name].state == state, name
        assert measures[name].reason == (None if state == "measured" else "too_little_speech"), name


def test_length_and_counts_need_none() -> None:
    measures = _of(2.0, text="um I would")
    for name in ("answer_length", "spoken_words", "filled_pause_count", "pause_count", "repeat_count",
                 "discourse_marker_count", "longest_unbroken_stretch", "long_pause_count"):  # fmt: skip
        assert measures[name].value is not None, name
    assert measures["answer_length"].value == 2.0
    assert measures["filled_pause_count"].value == 2.0


def test_no_interval_of_a_filler_rate_ends_at_zero() -> None:
    rate = _of(60.0)["filler_rate"]
    assert rate.value == 0.0
    assert rate.high is not None and rate.high > 0.0
    assert rate.state == "low_confidence"


def test_measures_of_english_text_are_not_measurable_in_another_language() -> None:
    measures = _of(60.0, language="de")
    for name in ("articulation_rate", "mean_length_of_run", "filled_pause_count", "filler_rate",
                 "discourse_marker_count", "repeat_count"):  # fmt: skip
        assert (measures[name].state, measures[name].reason) == ("not_measurable", "language_not_english")
    assert measures["answer_length"].state == measures["pause_count"].state == "measured"


def _conditions(inputs: MeasureInputs, **changes: object) -> MeasureInputs:
    return replace(inputs, conditions=replace(inputs.conditions, **changes))


@pytest.mark.parametrize(
    ("changes", "reason", "lowered", "kept"),
    [
        ({"missing": 1.2}, "gap", ("answer_length", "pause_count", "speaking_rate"), ()),
        ({"missing": 0.9}, None, (), ("answer_length", "pause_count", "speaking_rate")),
        ({"two_voices": True}, "two_voices", ("answer_length", "spoken_words", "pause_count"), ()),
        ({"signal_to_noise": 15.0}, "low_signal_to_noise", ("pause_count",), ("answer_length",)),
        ({"signal_to_noise": 5.0}, "low_signal_to_noise", ("pause_rate", "spoken_words"), ("answer_length",)),
        ({"echoes": True}, "echo", ("pause_count", "pause_longest"), ("answer_length", "spoken_words")),
        ({"syllables_disagree": True}, "syllables_disagree", ("articulation_rate", "mean_length_of_run"),
         ("speaking_rate", "spoken_words", "pause_count")),
        ({"processing": Processing(noise_suppression=True)}, "browser_processing",
         ("pause_count", "pause_rate", "filled_pause_count", "longest_unbroken_stretch"),
         ("answer_length", "spoken_words", "speaking_rate")),
        ({"processing": Processing(automatic_gain=True, echo_cancellation=True)}, None, (), ("pause_count",)),
        ({"word_probability": 0.4}, "recogniser_uncertain", ("spoken_words",), ("pause_count",)),
    ],
)  # fmt: skip
def test_conditions_lower_the_measures_that_depend_on_them(
    changes: dict[str, object], reason: str | None, lowered: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    activity = activity_of([(0, 30), (31, 60)])
    measures = measures_of(
        _conditions(inputs_of(answer_of(activity, spoken(activity)), fillers_heard=True), **changes)
    )
    for name in lowered:
        assert (measures[name].state, measures[name].reason) == ("low_confidence", reason), name
    for name in kept:
        assert (measures[name].state, measures[name].reason) == ("measured", None), name


def test_over_a_telephone_the_pitch_is_less_sure_for_that_reason() -> None:
    activity = activity_of([(0, 30)])
    inputs = replace(inputs_of(answer_of(activity, spoken(activity))), pitch=Pitch(20.0, 3.0, 7.0, 120.0))
    call = replace(inputs, quality=replace(inputs.quality, telephone=True))
    assert measures_of(inputs)["pitch_spread"].reason == "no_labelled_speech"
    assert measures_of(call)["pitch_spread"].reason == "narrow_band"


def test_gaps_are_in_no_denominator() -> None:
    whole = activity_of([(0, 20), (20.5, 40)])
    holed = activity_of([(0, 20), (30.5, 50)], gaps=[(20.2, 30.0)])
    plain = measures_of(inputs_of(answer_of(whole, spoken(whole))))
    gap = measures_of(inputs_of(answer_of(holed, spoken(holed))))
    assert gap["speaking_rate"].value == pytest.approx(plain["speaking_rate"].value, rel=0.02)
    assert gap["articulation_rate"].value == pytest.approx(plain["articulation_rate"].value, rel=0.01)
    assert gap["pause_count"].value == plain["pause_count"].value == 1.0
    assert gap["speaking_share"].value == pytest.approx(plain["speaking_share"].value, abs=0.1)
    assert gap["answer_length"].value == 50.0
    assert gap["longest_unbroken_stretch"].value == 20.2


def test_silence_at_the_ends_of_a_marked_span_is_not_speech() -> None:
    activity = activity_of([(10, 30)], 40.0)
    inputs = inputs_of(answer_of(activity, spoken(activity), Span(5.0, 35.0)))
    measures = measures_of(inputs)
    assert measures["speaking_share"].value == pytest.approx(100 * 20 / 30, abs=0.1)
    assert measures["pause_count"].value == 0.0
    assert measures["longest_unbroken_stretch"].value == 20.0
    tight = measures_of(inputs_of(answer_of(activity, spoken(activity))))
    assert measures["articulation_rate"].value == tight["articulation_rate"].value


def test_a_filler_over_silence_is_subtracted_once() -> None:
    activity = activity_of([(0, 10), (12, 22)])
    words = (*words_in(Span(0, 10), ["word"] * 20), Word("um", 10.1, 11.9, 0.9))
    inputs = inputs_of(answer_of(activity, words))
    assert inputs.articulation_time == pytest.approx(20.0)


def test_the_mean_run_of_a_known_answer() -> None:
    activity = activity_of([(0, 8), (9, 17), (18, 26)])
    words = [w for s in activity.speech for w in words_in(s, ["doctor"] * 10)]
    measures = measures_of(inputs_of(answer_of(activity, words)))
    assert measures["mean_length_of_run"].value == 20.0
    assert measures["articulation_rate"].value == pytest.approx(60 / 24, abs=0.01)


def test_latency_is_known_only_with_a_cue() -> None:
    inputs = inputs_of(answer_of(activity_of([(3.5, 9.0)]), []))
    assert measures_of(inputs)["response_latency"].reason == "not_recorded_here"
    latency = measures_of(replace(inputs, response_cue=1.0))["response_latency"]
    assert (latency.value, latency.state) == (2.5, "measured")
    early = measures_of(replace(inputs, response_cue=5.0))["response_latency"]
    assert early.value == early.low == 0.0


def test_a_question_sets_its_own_aim_and_a_mark_is_exact() -> None:
    activity = activity_of([(0, 30)])
    target = Guide(20.0, 40.0, "this question")
    found = measures_of(replace(inputs_of(answer_of(activity, [])), target=target))["answer_length"]
    assert found.guide == target
    marked = measures_of(inputs_of(answer_of(activity, [], Span(1, 29))))["answer_length"]
    assert marked.high - marked.low < found.high - found.low


@given(
    st.floats(0, 1e4), st.floats(0, 1e4), st.floats(0, 1e4), st.integers(0, 3)
)  # fmt: skip
def test_a_figure_holds_its_value_after_rounding(value: float, low: float, high: float, digits: int) -> None:
    found = figure(value, "s", low, high, digits=digits)
    assert found.low <= found.value <= found.high


def test_normal_conditions_give_no_reason() -> None:
    clear = MeasurementConditions(60.0, 40.0, 0.9, True, 0.0, False)
    assert clear.time_reason() is clear.pause_reason() is clear.word_reason() is clear.rate_reason() is None
