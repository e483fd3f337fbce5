"""What the measures of one answer are computed from."""

from dataclasses import dataclass
from functools import cached_property

from analysis.measures.confidence import MeasurementConditions
from analysis.measures.filler_detection import filled_pauses
from analysis.measures.intervals import DetectorError, word_count_error
from analysis.report import Filler, Guide, Pause, Span
from analysis.signal.answer_span import Answer, clip, merge
from analysis.signal.pitch import Pitch
from analysis.signal.quality import Quality
from analysis.text.syllables import spoken_syllables
from analysis.text.words import spoken_word_count


@dataclass(frozen=True)
class MeasureInputs:
    """What the measures of one answer are computed from; times in seconds.

    Attributes:
        answer: the spoken span with its words and speech activity.
        pauses: its silent pauses.
        fillers: its filled pauses and discourse markers, including those of state `not_filler`.
        unlisted: probabilities of filled pauses that are too unlikely to be listed.
        fillers_heard: whether filled pauses were detected in the sound, and not only in the transcript.
        pitch: of the answer; None if nothing is voiced.
        quality: of the whole recording.
        conditions: conditions that determine confidence.
        error: of the detectors, in a recording of this quality.
        target: the question's own aim for the length of the answer, seconds; None for the usual one.
        response_cue: when the cue to speak was given, seconds from the start; None for uploads.
    """

    answer: Answer
    pauses: tuple[Pause, ...]
    fillers: tuple[Filler, ...]
    unlisted: tuple[float, ...]
    fillers_heard: bool
    pitch: Pitch | None
    quality: Quality
    conditions: MeasurementConditions
    error: DetectorError
    target: Guide | None = None
    response_cue: float | None = None

    @property
    def minutes(self) -> float:
        """Minutes of recorded sound in the answer, the denominator of its rates."""
        return self.conditions.duration / 60.0

    @cached_property
    def word_count(self) -> int:
        """Spoken words, without filled pauses and fragments."""
        return spoken_word_count(self.answer.words)

    @cached_property
    def word_count_error(self) -> float:
        """Relative error of the number of spoken words, 95 %; under 1, so that a rate stays finite."""
        return min(word_count_error(self.error, self.word_count, self.conditions.word_probability), 0.9)

    @cached_property
    def syllable_count(self) -> int:
        """Syllables of the spoken words."""
        return spoken_syllables(self.answer.words)

    @cached_property
    def articulation_time(self) -> float:
        """Seconds of speech without silent and filled pauses; time that is in both is subtracted once."""
        pauses = [Span(pause.start, pause.end) for pause in self.pauses]
        filled = [Span(filler.start, filler.end) for filler in filled_pauses(self.fillers)]
        elsewhere = [*pauses, *filled, *self.answer.unknown, *self.answer.silent_edges]
        inside = (clip(stretch, self.answer.span) for stretch in elsewhere)
        taken = merge([stretch for stretch in inside if stretch is not None])
        return max(0.0, self.answer.duration - sum(stretch.duration for stretch in taken))
