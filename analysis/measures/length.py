"""Length of the answer, response latency, and the longest stretch without a long pause."""

from collections.abc import Sequence

from analysis.measures.definition import Estimate, MeasureDefinition, MeasureGroup, NotMeasurable
from analysis.measures.inputs import MeasureInputs
from analysis.measures.pauses import KNOWN_ERROR as PAUSE_ERROR
from analysis.measures.pauses import LONG_PAUSE
from analysis.report import Guide, Pause, Span
from analysis.signal.answer_span import Answer, merge

LENGTH_GUIDE = Guide(60.0, 120.0, "Greenroom's aim for most answers; a complex story may take up to 180 s")
"""Seconds; each question can set its own."""

COMPLEX_STORY = 180.0
"""Seconds that a complex story may take."""

FAR_TOO_LONG = 300.0
"""Seconds from which an answer is marked as far too long."""

_MARKED_EDGE = 0.02
"""Seconds, 95 % of the error of an end that the person marked."""

_SPAN_ERROR = (
    "A sound close to the first or last word that is not speech can move an end. Noise and echo move it more."
)


def longest_unbroken_stretch(answer: Answer, pauses: Sequence[Pause]) -> Span:
    """The longest stretch of an answer without a pause of `LONG_PAUSE` or more.

    Missing sound or silence at a marked end also ends a stretch if it is as long: no speech was heard there.
    """
    unheard = [Span(p.start, p.end) for p in pauses] + [*answer.unknown, *answer.silent_edges]
    edges = [answer.span.start]
    for stretch in merge([stretch for stretch in unheard if round(stretch.duration, 3) >= LONG_PAUSE]):
        edges += [stretch.start, stretch.end]
    edges.append(answer.span.end)
    stretches = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return max(stretches, key=lambda stretch: stretch.duration)


def _span_edge(inputs: MeasureInputs) -> float:
    return _MARKED_EDGE if inputs.answer.span.source == "person" else inputs.error.span_edge


def _answer_length(inputs: MeasureInputs) -> Estimate:
    length, edge = inputs.answer.duration, _span_edge(inputs)
    reason = inputs.conditions.time_reason()
    return Estimate(length, max(0.0, length - 2 * edge), length + 2 * edge, reason, guide=inputs.target)


def _response_latency(inputs: MeasureInputs) -> Estimate | NotMeasurable:
    if inputs.response_cue is None:
        return NotMeasurable("not_recorded_here")
    latency, edge = inputs.answer.span.start - inputs.response_cue, _span_edge(inputs)
    return Estimate(
        max(0.0, latency),
        max(0.0, latency - edge),
        max(0.0, latency + edge),
        inputs.conditions.time_reason(),
    )


def _longest_unbroken_stretch(inputs: MeasureInputs) -> Estimate:
    length = longest_unbroken_stretch(inputs.answer, inputs.pauses).duration
    edges = 2 * inputs.error.pause_edge
    return Estimate(length, max(0.0, length - edges), length + edges, inputs.conditions.pause_reason())


MEASURES = (
    MeasureDefinition(
        name="answer_length",
        label="Answer length",
        unit="s",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition=(
            "From the first sound of speech to the last. A filled pause counts as speech, a cough does not."
        ),
        method="Found in the sound. You can move both ends.",
        known_error=_SPAN_ERROR,
        guide=LENGTH_GUIDE,
        compute=_answer_length,
    ),
    MeasureDefinition(
        name="response_latency",
        label="Time to first word",
        unit="s",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition="From the cue to start speaking to the first sound of speech.",
        method="Known only for answers recorded in Greenroom, which gives the cue.",
        known_error=_SPAN_ERROR,
        compute=_response_latency,
    ),
    MeasureDefinition(
        name="longest_unbroken_stretch",
        label="Longest stretch without a long pause",
        unit="s",
        group=MeasureGroup.LENGTH_AND_PACE,
        definition="The longest part of the answer in which no pause reaches 1 s.",
        method="From the pauses.",
        known_error=PAUSE_ERROR,
        compute=_longest_unbroken_stretch,
    ),
)
"""In the order in which reports show them."""
