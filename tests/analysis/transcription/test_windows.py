"""The windows that the recogniser is given."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.activity import SILERO_FRAME, Activity
from analysis.transcription.windows import CONTEXT, LONGEST, choose_windows
from analysis.vocabulary import Span
from tests.analysis.constructed import activities, activity_of

long_activities = activities(most=30, longest=9.0) | activities(most=4, longest=80.0)


def test_no_window_where_nobody_speaks() -> None:
    assert choose_windows(activity_of([], 60.0)) == ()


def test_a_short_answer_is_one_window_with_a_margin() -> None:
    assert choose_windows(activity_of([(2.0, 5.0), (6.0, 9.0)], 20.0)) == (Span(1.7, 9.3),)


def test_windows_end_in_the_long_silence() -> None:
    first, second = choose_windows(activity_of([(0, 8), (8.4, 13), (14.5, 17), (17.3, 30)], 30.0))
    assert 13 < first.end < 14.5 and first.end <= second.start < 14.5


def test_speech_without_any_silence_is_cut_where_it_is_least_sure() -> None:
    activity = activity_of([(0, 50)], 50.0)
    unsure = round(16.0 / SILERO_FRAME)
    probabilities = list(activity.probabilities)
    probabilities[unsure] = 0.3
    windows = choose_windows(replace(activity, probabilities=tuple(probabilities)))
    assert windows[0].end == pytest.approx(16.0, abs=0.05)
    assert windows[1].start == windows[0].end


@settings(max_examples=200)
@given(long_activities)
def test_windows_hold_all_speech_in_order_short_and_apart(activity: Activity) -> None:
    windows = choose_windows(activity)
    assert all(0.0 < window.duration <= CONTEXT - 0.5 for window in windows)
    assert all(first.end <= second.start for first, second in pairwise(windows))
    assert windows[0].start >= 0.0 and windows[-1].end <= activity.duration
    for stretch in activity.speech:
        held = sum(stretch.overlap(window) for window in windows)
        assert held == pytest.approx(stretch.duration, abs=1e-6)


def _until(activity: Activity, moment: float) -> Activity:
    """What is known of a recording that has reached `moment`."""

    def cut(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(Span(s.start, min(s.end, moment)) for s in spans if s.start < moment)

    return replace(
        activity,
        duration=moment,
        speech=cut(activity.speech),
        silences=cut(activity.silences),
        probabilities=activity.probabilities[: int(moment / SILERO_FRAME) + 1],
    )


@settings(max_examples=200)
@given(long_activities, st.floats(min_value=0.0, max_value=20.0))
def test_a_window_depends_on_nothing_that_comes_later(activity: Activity, more: float) -> None:
    windows = choose_windows(activity)
    for number, window in enumerate(windows):
        onset = next(s for s in activity.speech if s.end > window.start)
        known = max(window.start, onset.start) + LONGEST + 0.01 + more
        if known < activity.duration:
            before = choose_windows(_until(activity, known))
            assert before[: number + 1] == windows[: number + 1]
