"""What the measures of one answer rest on."""

from dataclasses import dataclass

from analysis.measures.confidence import Conditions
from analysis.measures.fillers import filled_pauses
from analysis.measures.intervals import DetectorError
from analysis.report import Filler, Pause, Span
from analysis.signal.answer_span import Answer, clip, merge
from analysis.signal.pitch import Pitch


@dataclass(frozen=True)
class Findings:
    """All that the measures of one answer rest on.

    Attributes:
        unlisted: probabilities of filled pauses that are too unlikely to be listed.
        fillers_heard: filled pauses were looked for in the sound, and not only in what the recogniser wrote.
    """

    answer: Answer
    pauses: tuple[Pause, ...]
    fillers: tuple[Filler, ...]
    unlisted: tuple[float, ...]
    fillers_heard: bool
    pitch: Pitch | None
    conditions: Conditions
    error: DetectorError

    @property
    def articulated(self) -> float:
        """Seconds of speech without silent and filled pauses; what lies in two of them counts once."""
        pauses = [Span(pause.start, pause.end) for pause in self.pauses]
        filled = [Span(filler.start, filler.end) for filler in filled_pauses(self.fillers)]
        elsewhere = [*pauses, *filled, *self.answer.unknown, *self.answer.silent_edges]
        inside = (clip(stretch, self.answer.span) for stretch in elsewhere)
        taken = merge([stretch for stretch in inside if stretch is not None])
        return max(0.0, self.answer.duration - sum(stretch.duration for stretch in taken))
