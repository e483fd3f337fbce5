"""One thing to keep and one to try, each with moments to listen to, in plain and kind words.

Candidates are checked in order of how much they help a listener; the first one that the figures support is
used. Figures that are too uncertain get no advice, and nothing here judges a voice or an accent.
"""

from collections.abc import Mapping, Sequence

from analysis.formatting import clock, duration, fine_duration, number_of, whole
from analysis.measures.filler_detection import counted_markers, filled_pauses
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.measures.inputs import MeasureInputs
from analysis.measures.length import LENGTH_GUIDE, longest_unbroken_stretch
from analysis.measures.pace import SPEAKING_RATE_GUIDE
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Filler, Guide, Measure, Observation, PaceWindow, Pause, Span

_MOST_MOMENTS = 5
_MANY_LONG_PAUSES = 3
_VERY_LONG_PAUSE = 2.5
"""Seconds after which a listener may wonder whether the answer is over."""
_LONG_BREATH = 40.0
"""Seconds without a pause of 1 s after which a listener has had no moment to follow."""
_STEADY_SHARE = 0.8
_ENDING = 10.0
"""Seconds."""
_CLEARLY_FAST = 1.12
"""Ratio to the upper end of the guide; a smaller excess is within the error of a window."""


def observe(
    inputs: MeasureInputs, measures: Mapping[str, Measure], pace: Sequence[PaceWindow]
) -> tuple[Observation, ...]:
    """One observation to keep and one to try; either is left out if the figures support none."""
    trusted = pace if inputs.conditions.word_reason() is None else ()
    target = inputs.target or LENGTH_GUIDE
    keep = _keep(inputs, measures, trusted, target)
    attempt = _try(inputs, measures, trusted, target)
    return tuple(observation for observation in (keep, attempt) if observation is not None)


def _keep(
    inputs: MeasureInputs, measures: Mapping[str, Measure], pace: Sequence[PaceWindow], target: Guide
) -> Observation | None:
    length = measures["answer_length"].value or 0.0
    rate, fillers = measures["speaking_rate"], measures["filler_rate"]
    boundary = [p for p in inputs.pauses if p.place == "boundary"]
    # Length and fillers concern the whole answer, so its last seconds serve as the moment to listen to.
    ending = (Span(max(inputs.answer.span.start, inputs.answer.span.end - _ENDING), inputs.answer.span.end),)
    if (target.low or 0.0) <= length <= (target.high or float("inf")):
        return Observation(
            "keep",
            f"The length: {duration(length)} leaves the listener time to ask more.",
            ending,
            about="length",
        )
    steady = _steady(pace)
    if steady and rate.value is not None:
        return Observation(
            "keep",
            f"The pace: about {whole(rate.value)} words a minute for most of the answer, easy to follow.",
            (steady,),
            about="pace",
        )
    if len(boundary) >= 3 and len(boundary) >= 0.6 * len(inputs.pauses):
        return Observation(
            "keep",
            "The pauses between sentences: they give the listener time to follow.",
            tuple(Span(p.start, p.end) for p in _longest(boundary)),
            about="pauses",
        )
    if fillers.value is not None and fillers.value <= (FILLER_RATE_GUIDE.high or 0.0) and len(pace) > 0:
        return Observation(
            "keep", "Few fillers: the words come without much 'um' or 'like'.", ending, about="fillers"
        )
    stretch = longest_unbroken_stretch(inputs.answer, inputs.pauses)
    if stretch.duration >= 5.0:
        return Observation(
            "keep",
            f"The stretch from {clock(stretch.start)} to {clock(stretch.end)} runs on without a stop.",
            (stretch,),
            about="unbroken_stretch",
        )
    return None


def _try(
    inputs: MeasureInputs, measures: Mapping[str, Measure], pace: Sequence[PaceWindow], target: Guide
) -> Observation | None:
    length = measures["answer_length"].value or 0.0
    high = target.high or float("inf")
    end = inputs.answer.span.end
    if length > high + 15:
        over = Span(inputs.answer.span.start + high, end)
        return Observation(
            "try",
            f"Stop earlier: the aim was reached at {clock(over.start)}. "
            "Listen from there, and choose what can go.",
            (over,),
            about="length",
        )
    if 0.0 < length < (target.low or 0.0) - 5:
        return Observation(
            "try",
            "Add one concrete example: what you did, and what came of it.",
            (Span(max(inputs.answer.span.start, end - 10.0), end),),
            about="length",
        )
    fillers = sorted(
        (*filled_pauses(inputs.fillers), *counted_markers(inputs.fillers)), key=lambda f: f.start
    )
    rate = measures["filler_rate"]
    if rate.value is not None and rate.value > 1.6 * (FILLER_RATE_GUIDE.high or 0.0):
        return Observation(
            "try",
            f"A silent pause where a filler comes: we heard about {whole(rate.value)} a minute, "
            f"most often {_most_often(fillers)}.",
            _densest(fillers),
            about="fillers",
        )
    slow = [p for p in inputs.pauses if p.end - p.start >= _VERY_LONG_PAUSE]
    long = [p for p in inputs.pauses if p.end - p.start >= LONG_PAUSE]
    within = [p for p in long if p.place == "within"]
    if slow or len(within) >= _MANY_LONG_PAUSES:
        return Observation(
            "try",
            f"Plan the next point before you begin it: {_pauses(slow or within)}.",
            tuple(Span(p.start, p.end) for p in _longest(slow or within)),
            about="pauses",
        )
    hurried = _hurried(pace, measures["speaking_rate"])
    if hurried is not None:
        return hurried
    stretch = longest_unbroken_stretch(inputs.answer, inputs.pauses)
    if stretch.duration > _LONG_BREATH:
        return Observation(
            "try",
            f"Leave one second of silence after a point: from {clock(stretch.start)} "
            f"to {clock(stretch.end)} there is none.",
            (stretch,),
            about="unbroken_stretch",
        )
    if rate.value is not None and rate.value > (FILLER_RATE_GUIDE.high or 0.0):
        return Observation(
            "try", f"A short silence instead of {_most_often(fillers)}.", _densest(fillers), about="fillers"
        )
    return None


def _hurried(pace: Sequence[PaceWindow], rate: Measure) -> Observation | None:
    """Advice on pace, for the whole answer when most of it is fast, else for the fastest part."""
    high = SPEAKING_RATE_GUIDE.high or 0.0
    fastest = max(pace, key=lambda w: w.words_per_minute, default=None)
    if fastest is None or fastest.words_per_minute <= _CLEARLY_FAST * high:
        return None
    moment = (Span(fastest.start, fastest.end),)
    fast = [w for w in pace if w.words_per_minute > high]
    if rate.value is not None and rate.value > high and len(fast) > len(pace) / 2:
        return Observation(
            "try",
            f"Slow down a little: about {whole(rate.value)} words a minute for most of the answer. "
            "A pause after each point does it.",
            moment,
            about="pace",
        )
    return Observation(
        "try",
        f"Slow down around {clock(fastest.start)}: about {whole(fastest.words_per_minute)} words a minute "
        "there. A pause after each point does it.",
        moment,
        about="pace",
    )


def _steady(pace: Sequence[PaceWindow]) -> Span | None:
    """A window to listen to, if nearly all of them lie within the guide."""
    low, high = SPEAKING_RATE_GUIDE.low or 0.0, SPEAKING_RATE_GUIDE.high or 0.0
    inside = [w for w in pace if low <= w.words_per_minute <= high]
    if not pace or len(inside) < _STEADY_SHARE * len(pace):
        return None
    return Span(inside[0].start, inside[0].end)


def _most_often(fillers: Sequence[Filler]) -> str:
    texts = [f.text for f in fillers]
    return f"'{max(sorted(set(texts)), key=texts.count)}'"


def _densest(fillers: Sequence[Filler]) -> tuple[Span, ...]:
    """The fillers of the 15 seconds that hold most of them."""
    best: list[Filler] = []
    for first in fillers:
        near = [f for f in fillers if first.start <= f.start < first.start + 15.0]
        if len(near) > len(best):
            best = near
    return tuple(Span(f.start, f.end) for f in best[:_MOST_MOMENTS])


def _longest(pauses: Sequence[Pause]) -> list[Pause]:
    """The longest pauses, in order of time."""
    longest = sorted(pauses, key=lambda p: p.start - p.end)[:_MOST_MOMENTS]
    return sorted(longest, key=lambda p: p.start)


def _pauses(pauses: Sequence[Pause]) -> str:
    longest = max(p.end - p.start for p in pauses)
    if len(pauses) == 1:
        return f"one pause lasts {fine_duration(longest)}"
    return f"{number_of(len(pauses), 'pause')}, the longest of {fine_duration(longest)}"
