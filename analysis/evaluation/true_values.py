"""The true values of measures according to a clip's labels, as ranges because labels can be ambiguous.

A `doubtful` or overlapped filled pause may or may not count, so both counts are true. The same holds for a
pause that is not `exact`, or one with a labelled length that differs from 0.25 s by no more than the error of
the labels.
"""

from analysis.evaluation.labelled_speech import Clip
from analysis.evaluation.scoring import LABEL_ERROR
from analysis.measures.pauses import SHORTEST_PAUSE

CHECKED_MEASURES = (
    "filled_pause_count",
    "filled_pause_rate",
    "answer_length",
    "spoken_words",
    "speaking_rate",
    "pause_count",
)
"""Measures with a true value that can be derived from labels."""
FOLLOWED_READER = 0.25
"""Word error rate of a reader above which word errors depend more on the reader than on the build."""
_MINUTE = 60.0


def reader_is_followed(clip: Clip) -> bool:
    """Whether the recogniser can follow this reader; True if no word error rate is stated."""
    return clip.reader_wer is None or clip.reader_wer <= FOLLOWED_READER


def true_ranges(clip: Clip) -> dict[str, tuple[float, float]]:
    """Lowest and highest true value of each measure that can be derived from the labels."""
    if not clip.has_speech:
        return {}
    length, ranges = clip.speech_duration, {}
    if length is not None:
        ranges["answer_length"] = (length - LABEL_ERROR, length + LABEL_ERROR)
    if clip.fillers is not None:
        filled = clip.fillers_of("filled_pause")
        certain = sum(filler.certain for filler in filled)
        ranges["filled_pause_count"] = (float(certain), float(len(filled)))
        if length:
            minutes = length / _MINUTE
            ranges["filled_pause_rate"] = (certain / minutes, len(filled) / minutes)
    if clip.word_count is not None and reader_is_followed(clip):
        ranges["spoken_words"] = (float(clip.word_count), float(clip.word_count))
        if length:
            pace = clip.word_count / length * _MINUTE
            ranges["speaking_rate"] = (pace, pace)
    if clip.pauses is not None:
        surely = sum(p.exact and p.duration >= SHORTEST_PAUSE + LABEL_ERROR for p in clip.pauses)
        perhaps = sum(p.duration >= SHORTEST_PAUSE - LABEL_ERROR for p in clip.pauses)
        ranges["pause_count"] = (float(surely), float(perhaps))
    return ranges
