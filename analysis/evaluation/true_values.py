"""What a clip's labels say that a measure's value is: as a range where the labels leave room.

A `doubtful` or overlapped filled pause may or may not count, so both counts are true; likewise a pause whose
labelled length lies within the labels' own error of 0.25 s, or that is not `exact`.
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
"""Measures whose true value labels tell."""
FOLLOWED_READER = 0.25
"""Word error rate of a reader above which the words say more about the reader than about the build."""
_MINUTE = 60.0


def reader_is_followed(clip: Clip) -> bool:
    """Whether the recogniser can follow this reader; assumed where nothing is stated."""
    return clip.reader_wer is None or clip.reader_wer <= FOLLOWED_READER


def true_ranges(clip: Clip) -> dict[str, tuple[float, float]]:
    """Lowest and highest true value of each measure that the labels tell."""
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
