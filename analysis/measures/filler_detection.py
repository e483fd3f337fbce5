"""Filled pauses and discourse markers of an answer.

Filled pauses come with their probability from `analysis.filled_pauses`, which combines what the recogniser
wrote and what was detected in the sound. For a model without a trained detector only the written ones are
known, and the interval of their count allows for those that are usually missed.
"""

from collections.abc import Sequence

from analysis.filled_pauses.detector import UNLIKELY, FilledPause
from analysis.filled_pauses.evidence import sounding_part
from analysis.report import Filler, FillerState, Pause, Word
from analysis.signal.answer_span import Answer
from analysis.signal.voice_activity import Activity
from analysis.text.discourse_markers import find_discourse_markers
from analysis.text.words import bare, is_filled_pause

SURE = 0.6
"""Probability from which a discourse marker counts as a filler."""

SURE_FILLED_PAUSE, SURE_ON_ONE_WITNESS = 0.7, 0.8
"""Probabilities from which a filled pause counts: stricter for one that was only heard, or is spelled like
something else. In conversation, on which the detector was trained least, it takes a listener's
'mm-hmm' or another voice for a filled pause."""

LIKELY_FILLED_PAUSE = 0.6
"""Probability from which a sound at an end of the answer belongs to it."""

UNSURE = 0.4
"""Probability from which a discourse marker is listed as unsure; below, it carries meaning."""

_WEAK_SPELLINGS = frozenset({"ah", "ahh", "eh", "er", "mm", "mmm"})
"""Often an interjection, a backchannel ('Ah, yes') or the end of a word, not hesitation."""

# Share of real ones among the filled pauses that the recogniser wrote, where none was detected in the sound:
# 107 of 108 um; 26 of 38 uh in real voices and 54 of 66 in all. The recogniser's own probability says nothing
# about this: invented ones had up to 0.97.
_REAL_SHARE_UM = 0.97
_REAL_SHARE_OTHER = 0.75
_REAL_SHARE_WEAK = 0.5


def find_fillers(
    answer: Answer, pauses: Sequence[Pause], weighed: Sequence[FilledPause] | None
) -> tuple[Filler, ...]:
    """Filled pauses and discourse markers, in order of time.

    Args:
        answer: the answer, with its words.
        pauses: its silent pauses; a marker next to one is more likely to be a filler.
        weighed: possible filled pauses of the recording; None for a model without a detector.
    """
    possible = written_filled_pauses(answer.words, answer.activity) if weighed is None else weighed
    found = [*_filled_pauses(answer, possible), *_markers(answer, pauses)]
    return tuple(sorted(found, key=lambda filler: filler.start))


def filled_pauses(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """Filled pauses, both sure and unsure."""
    return tuple(f for f in fillers if f.kind == "filled_pause" and f.state != "not_filler")


def counted_markers(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """Discourse markers that are fillers."""
    return tuple(f for f in fillers if f.kind == "discourse_marker" and f.state == "filler")


def written_filled_pauses(words: Sequence[Word], activity: Activity) -> tuple[FilledPause, ...]:
    """Filled pauses that the recogniser wrote, with the share of such that are real as their probability."""
    found = []
    for word in words:
        if is_filled_pause(word.text, word.language):
            place, text = sounding_part(word, activity), bare(word.text).strip("'-")
            found.append(FilledPause(text, place.start, place.end, "transcribed", _real_share(text)))
    return tuple(found)


def _filled_pauses(answer: Answer, possible: Sequence[FilledPause]) -> list[Filler]:
    return [
        Filler(
            text=filled.text,
            start=filled.start,
            end=filled.end,
            kind="filled_pause",
            source=filled.source,
            state="filler" if filled.probability >= _sure_from(filled) else "unsure",
            confidence=filled.probability,
        )
        for filled in _inside(answer, possible)
        if filled.probability >= UNLIKELY
    ]


def unlisted_probabilities(answer: Answer, weighed: Sequence[FilledPause] | None) -> tuple[float, ...]:
    """Probabilities of filled pauses that are too unlikely to be listed; together they may still be a few."""
    return tuple(
        filled.probability for filled in _inside(answer, weighed or ()) if filled.probability < UNLIKELY
    )


def _inside(answer: Answer, possible: Sequence[FilledPause]) -> list[FilledPause]:
    return [f for f in possible if answer.span.start <= (f.start + f.end) / 2 <= answer.span.end]


def _sure_from(filled: FilledPause) -> float:
    one_witness = filled.source == "heard" or filled.text in _WEAK_SPELLINGS
    return SURE_ON_ONE_WITNESS if one_witness else SURE_FILLED_PAUSE


def _real_share(text: str) -> float:
    if text in _WEAK_SPELLINGS:
        return _REAL_SHARE_WEAK
    return _REAL_SHARE_UM if text.startswith(("um", "uhm", "erm")) else _REAL_SHARE_OTHER


def _markers(answer: Answer, pauses: Sequence[Pause]) -> list[Filler]:
    def state(probability: float) -> FillerState:
        return "filler" if probability >= SURE else "unsure" if probability >= UNSURE else "not_filler"

    english = [word for word in answer.words if word.language == "en"]
    return [
        Filler(
            text=marker.text,
            start=marker.start,
            end=marker.end,
            kind="discourse_marker",
            source="transcribed",
            state=state(marker.probability),
            confidence=marker.probability,
        )
        for marker in find_discourse_markers(english, pauses)
    ]
