"""The windows that the recogniser is given."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.report import Span
from analysis.signal.speech_probability import SILERO_FRAME
from analysis.signal.voice_activity import Activity
from analysis.signal.windows import (
    CONTEXT,
    LONGEST,
    ActivitySoFar,
    Window,
    WindowSelector,
    with_missed_speech,
)
from tests.analysis.constructed import activities, activity_of, activity_until, select_windows


def spans_of(activity: Activity) -> tuple[Span, ...]:
    return tuple(w.span for w in select_windows(activity))


long_activities = activities(most=30, longest=9.0) | activities(most=4, longest=80.0)


def test_no_window_without_speech() -> None:
    assert spans_of(activity_of([], 60.0)) == ()


def test_a_short_answer_is_one_window_with_a_margin() -> None:
    assert spans_of(activity_of([(2.0, 5.0), (6.0, 9.0)], 20.0)) == (Span(1.7, 9.3),)


def test_windows_end_in_the_long_silence() -> None:
    first, second = spans_of(activity_of([(0, 8), (8.4, 13), (14.5, 17), (17.3, 30)], 30.0))
    assert 13 < first.end < 14.5 and first.end <= second.start < 14.5


def test_speech_without_any_silence_is_cut_where_it_is_least_probable() -> None:
    activity = activity_of([(0, 50)], 50.0)
    unsure = round(16.0 / SILERO_FRAME)
    probabilities = list(activity.probabilities)
    probabilities[unsure] = 0.3
    windows = spans_of(replace(activity, probabilities=tuple(probabilities)))
    assert windows[0].end == pytest.approx(16.0, abs=0.05)
    assert windows[1].start == windows[0].end


@settings(max_examples=200)
@given(long_activities)
def test_windows_are_short_disjoint_and_cover_all_speech_in_order(activity: Activity) -> None:
    windows = spans_of(activity)
    assert all(0.0 < window.duration <= CONTEXT - 0.5 for window in windows)
    assert all(first.end <= second.start for first, second in pairwise(windows))
    assert windows[0].start >= 0.0 and windows[-1].end <= activity.duration
    for stretch in activity.speech:
        held = sum(stretch.overlap(window) for window in windows)
        assert held == pytest.approx(stretch.duration, abs=1e-6)


@settings(max_examples=200)
@given(long_activities, st.lists(st.floats(min_value=0.1, max_value=30.0), max_size=20))
def test_a_recording_in_progress_gets_the_windows_of_the_finished_one(
    activity: Activity, steps: list[float]
) -> None:
    def look(until: float) -> ActivitySoFar:
        assert until <= known, "looked ahead of what is known"
        return activity_until(activity)(until)

    selector = WindowSelector(look)
    chosen: list[Window] = []
    known = 0.0
    for step in steps:
        if known + step < activity.duration:
            known += step
            chosen += selector.advance(known, ended=False)
    known = activity.duration
    chosen += selector.advance(known, ended=True)
    assert tuple(chosen) == select_windows(activity)


def test_a_window_is_selected_once_its_longest_extent_is_known() -> None:
    activity = activity_of([(1.0, 40.0)], 60.0)
    selector = WindowSelector(activity_until(activity))
    assert list(selector.advance(1.0 + LONGEST - 0.1, ended=False)) == []
    assert len(list(selector.advance(1.0 + LONGEST, ended=False))) == 1


def test_speech_before_a_long_silence_does_not_wait_with_it() -> None:
    first, second = spans_of(activity_of([(0.5, 4.0), (30.0, 33.0)], 40.0))
    assert first == Span(0.2, 4.3)
    assert second == Span(29.7, 33.3)


def test_speech_detected_late_gets_a_window_of_its_own() -> None:
    windows = select_windows(activity_of([(1.0, 5.0), (20.0, 24.0)], 40.0))
    speech = [Span(1.0, 5.0), Span(10.0, 12.0), Span(20.0, 24.0), Span(30.0, 30.2)]
    more = with_missed_speech(windows, speech, ())
    assert [w.span for w in more if w not in windows] == [Span(9.7, 12.3)]
    assert with_missed_speech((), speech, ())[-1].span == Span(19.7, 24.3)
