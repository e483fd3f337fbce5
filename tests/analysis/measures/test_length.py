"""The longest stretch of an answer without a long pause."""

from hypothesis import given

from analysis.measures.length import longest_unbroken_stretch
from analysis.measures.pauses import LONG_PAUSE, find_pauses
from analysis.report import Span
from analysis.signal.answer_span import Answer
from tests.analysis.constructed import activity_of, answer_of, answers


@given(answers())
def test_the_longest_stretch_holds_no_long_pause_and_no_gap(answer: Answer) -> None:
    pauses = find_pauses(answer)
    stretch = longest_unbroken_stretch(answer, pauses)
    assert answer.span.start <= stretch.start <= stretch.end <= answer.span.end
    for unheard in (*(Span(p.start, p.end) for p in pauses), *answer.unknown):
        if unheard.duration >= LONG_PAUSE:
            assert stretch.overlap(unheard) == 0.0


def test_the_longest_stretch_of_a_known_answer() -> None:
    activity = activity_of([(0, 10), (10.9, 15), (16, 20), (25, 40), (43, 45)], gaps=[(21.0, 22.0)])
    answer = answer_of(activity, [])
    assert longest_unbroken_stretch(answer, find_pauses(answer)) == Span(0, 15)
    marked = answer_of(activity_of([(10, 20)], 30.0), [], Span(2.0, 30.0))
    assert longest_unbroken_stretch(marked, find_pauses(marked)) == Span(10, 20)
