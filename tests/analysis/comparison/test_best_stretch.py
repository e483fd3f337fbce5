"""The best stretch: the longest one without a sure filler or a long pause."""

from collections.abc import Sequence

import pytest

from analysis.comparison.best_stretch import best_stretch
from analysis.report import Filler, FillerState, Span
from tests.analysis.comparison.take_reports import silent_take, take_report

TEXT = " ".join(f"word{number}" for number in range(60))
"""One word per second, from 1 s on."""


def um(at: float, state: FillerState = "filler") -> Filler:
    return Filler("um", at, at + 0.4, "filled_pause", "heard", state, 0.9)


def stretch(
    *,
    fillers: Sequence[Filler] = (),
    silences: Sequence[tuple[float, float]] = (),
    gaps: Sequence[tuple[float, float]] = (),
) -> Span | None:
    return best_stretch(take_report(60.0, text=TEXT, fillers=fillers, silences=silences, gaps=gaps))


@pytest.mark.parametrize(
    ("fillers", "silences", "found"),
    [
        ((), (), (1.0, 61.0)),
        ([um(21.0)], (), (21.4, 61.0)),
        ([um(20.8)], (), (21.2, 61.0)),
        ([um(21.0, "unsure")], (), (1.0, 61.0)),
        ([um(21.0, "not_filler")], (), (1.0, 61.0)),
        ([um(35.0), um(48.0)], [(20.0, 21.0)], (1.0, 20.0)),
        ([um(35.0), um(48.0)], [(20.0, 20.9)], (1.0, 35.0)),
        ([um(each) for each in range(5, 61, 5)], (), None),
    ],
)
def test_a_stretch_ends_at_sure_fillers_and_long_pauses(
    fillers: Sequence[Filler], silences: Sequence[tuple[float, float]], found: tuple[float, float] | None
) -> None:
    seen = stretch(fillers=fillers, silences=silences)
    assert seen == (None if found is None else Span(*found))


def test_a_stretch_ends_at_missing_sound() -> None:
    assert stretch(gaps=[(30.0, 45.0)]) == Span(1.0, 30.0)


def test_a_stretch_begins_and_ends_with_words() -> None:
    """Between the long pauses there are words only from 31 s to 43 s."""
    words = " ".join(f"word{number}" for number in range(12))
    report = take_report(60.0, text=words, silences=[(14.0, 15.5)])
    assert best_stretch(report) == Span(16.0, 61.0)


def test_without_words_or_speech_there_is_no_stretch() -> None:
    assert best_stretch(take_report(60.0)) is None
    assert best_stretch(silent_take()) is None


def test_a_stretch_under_ten_seconds_does_not_count() -> None:
    assert stretch(fillers=[um(10.5), um(21.0), um(30.0), um(39.0), um(48.0), um(57.0)]) == Span(11.0, 21.0)
    assert stretch(fillers=[um(10.0), um(19.0), um(28.0), um(37.0), um(46.0), um(55.0)]) is None
