"""Filled pauses and discourse markers of an answer.

Two sources of filled pauses: `transcribed`, the recogniser wrote it, and `heard`, found in the sound
where it wrote nothing. A detector for the second plugs in as a `HeardFillers`; none is shipped yet, and
the interval of the count says how many are usually missed.
"""

from collections.abc import Sequence
from typing import Protocol

from analysis.activity import Activity
from analysis.discourse_markers import find_discourse_markers
from analysis.span import Answer
from analysis.vocabulary import Filler, FillerState, Pause, Span
from analysis.words import bare, is_filled_pause

SURE = 0.6
"""Probability from which a filler counts."""

UNSURE = 0.4
"""Probability from which a discourse marker is listed as unsure; below, it carries meaning."""

_WEAK_SPELLINGS = frozenset({"ah", "ahh", "eh", "mm", "mmm"})
"""Often an interjection or a nod ('Ah, yes'), not hesitation."""

# Share that was real among the recogniser's filled pauses on the labelled speech (ACCURACY.md): 107
# of 108 um; 26 of 38 uh in real voices and 54 of 66 in all. The recogniser's own probability says
# nothing about it: invented ones had up to 0.97.
_REAL_SHARE_UM = 0.97
_REAL_SHARE_OTHER = 0.75
_REAL_SHARE_WEAK = 0.5

_LONGEST_FILLED_PAUSE = 2.5
"""Seconds. Whisper stretches a filler over the silence beside it; only its sound is counted."""


class HeardFillers(Protocol):
    """Finds filled pauses in the sound that the recogniser did not write down."""

    def find(self, answer: Answer, written: Sequence[Filler]) -> Sequence[Filler]:
        """Filled pauses with `source` `heard`, none of them among the written ones."""


def find_fillers(
    answer: Answer, pauses: Sequence[Pause], heard: HeardFillers | None = None
) -> tuple[Filler, ...]:
    """Filled pauses and discourse markers, in order of time.

    Args:
        answer: the answer, with its words.
        pauses: its silent pauses; a marker beside one is likelier a filler.
        heard: a detector of filled pauses in the sound, where there is one.
    """
    written = _written_filled_pauses(answer)
    found = [*written, *(heard.find(answer, written) if heard is not None else ()), *_markers(answer, pauses)]
    return tuple(sorted(found, key=lambda filler: filler.start))


def filled_pauses(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """Filled pauses, sure and unsure ones."""
    return tuple(f for f in fillers if f.kind == "filled_pause" and f.state != "not_filler")


def counted_markers(fillers: Sequence[Filler]) -> tuple[Filler, ...]:
    """Discourse markers that are fillers."""
    return tuple(f for f in fillers if f.kind == "discourse_marker" and f.state == "filler")


def _written_filled_pauses(answer: Answer) -> list[Filler]:
    found = []
    for word in answer.words:
        if not is_filled_pause(word.text):
            continue
        sounding = _sounding_part(Span(word.start, word.end), answer.activity)
        confidence = _real_share(bare(word.text))
        found.append(
            Filler(
                text=bare(word.text).strip("'-"),
                start=sounding.start,
                end=sounding.end,
                kind="filled_pause",
                source="transcribed",
                state="filler" if confidence >= SURE else "unsure",
                confidence=confidence,
            )
        )
    return found


def _sounding_part(word: Span, activity: Activity) -> Span:
    """The longest stretch of sound within a written filler; the word itself where there is none."""
    parts = [
        Span(max(word.start, s.start), min(word.end, s.end)) for s in activity.speech if s.overlap(word) > 0
    ]
    if not parts:
        return word
    longest = max(parts, key=lambda part: part.duration)
    return Span(longest.start, min(longest.end, longest.start + _LONGEST_FILLED_PAUSE))


def _real_share(text: str) -> float:
    if text in _WEAK_SPELLINGS:
        return _REAL_SHARE_WEAK
    return _REAL_SHARE_UM if text.startswith(("um", "uhm", "erm")) else _REAL_SHARE_OTHER


def _markers(answer: Answer, pauses: Sequence[Pause]) -> list[Filler]:
    def state(probability: float) -> FillerState:
        return "filler" if probability >= SURE else "unsure" if probability >= UNSURE else "not_filler"

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
        for marker in find_discourse_markers(answer.words, pauses)
    ]
