"""Features of a possible filled pause, for and against.

A transcribed filled pause and a candidate in the audio are one event when they overlap or are close to each
other. The recogniser's word times are often off by 0.3 s, so the times of the candidate are used if there is
one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate
from analysis.report import Span, Word
from analysis.signal.voice_activity import Activity
from analysis.text.words import bare, is_filled_pause

FEATURES = (
    "peak",
    "mean",
    "length",
    "speech",
    "written",
    "written_um",
    "not_heard",
    "under_a_word",
)
"""In the order of `Evidence.features`."""

_NEAR = 0.35
"""Longest distance, in seconds, between a transcribed filled pause and its candidate."""
_NOT_HEARD = -2.0
"""Log odds of a transcribed filled pause without any candidate."""
_LONGEST_WRITTEN = 2.5
"""Seconds. Whisper stretches a filler over adjacent silence; only the sound within it counts."""


@dataclass(frozen=True)
class Evidence:
    """One possible filled pause.

    Attributes:
        start, end: seconds.
        word: the recogniser's word; None if it wrote none.
        features: shape (len(FEATURES),).
    """

    start: float
    end: float
    word: Word | None
    features: NDArray[np.float64]

    @property
    def text(self) -> str | None:
        """As the recogniser wrote it, without punctuation."""
        return None if self.word is None else bare(self.word.text).strip("'-")


def gather_evidence(
    words: Sequence[Word], candidates: Sequence[Candidate], activity: Activity
) -> tuple[Evidence, ...]:
    """All possible filled pauses, in order of time."""
    written = [word for word in words if is_filled_pause(word.text, word.language)]
    ordinary = [word for word in words if not is_filled_pause(word.text, word.language)]
    partner = _partners(written, candidates)
    found = [
        _evidence(candidate, Span(candidate.start, candidate.end), partner.get(index), ordinary, activity)
        for index, candidate in enumerate(candidates)
    ]
    matched = {id(word) for word in partner.values()}
    found += [
        _evidence(None, sounding_part(word, activity), word, ordinary, activity)
        for word in written
        if id(word) not in matched
    ]
    return tuple(sorted(found, key=lambda evidence: evidence.start))


def sounding_part(word: Word, activity: Activity) -> Span:
    """The longest stretch of speech within a transcribed filler; the whole word if there is none."""
    span = Span(word.start, word.end)
    parts = [
        Span(max(word.start, s.start), min(word.end, s.end)) for s in activity.speech if s.overlap(span) > 0
    ]
    if not parts:
        return span
    longest = max(parts, key=lambda part: part.duration)
    return Span(longest.start, min(longest.end, longest.start + _LONGEST_WRITTEN))


def _partners(written: Sequence[Word], candidates: Sequence[Candidate]) -> dict[int, Word]:
    """The transcribed filled pause of each candidate that has one; one to one, nearest first."""
    pairs = sorted(
        (
            (max(0.0, max(candidate.start, word.start) - min(candidate.end, word.end)), -candidate.peak, c, w)
            for c, candidate in enumerate(candidates)
            for w, word in enumerate(written)
        ),
        key=lambda pair: pair[:2],
    )
    partners: dict[int, Word] = {}
    taken: set[int] = set()
    for distance, _, c, w in pairs:
        if distance <= _NEAR and c not in partners and w not in taken:
            partners[c] = written[w]
            taken.add(w)
    return partners


def _evidence(
    candidate: Candidate | None, place: Span, word: Word | None, ordinary: Sequence[Word], activity: Activity
) -> Evidence:
    peak = _NOT_HEARD if candidate is None else candidate.peak
    mean = _NOT_HEARD if candidate is None else candidate.mean
    text = "" if word is None else bare(word.text)
    features = np.array(
        [
            min(peak, 8.0) / 4,
            min(mean, 6.0) / 3,
            math.log(min(max(place.duration, 0.06), 0.5) / 0.25),
            activity.speech_probability(place.start, place.end),
            float(word is not None),
            float(text.startswith(("um", "uhm", "erm"))),
            float(candidate is None),
            _under_a_word(place, ordinary),
        ]
    )
    return Evidence(place.start, place.end, word, features)


def _under_a_word(place: Span, ordinary: Sequence[Word]) -> float:
    """Evidence for another word here: share of the place covered by words, times their probability."""
    length = max(place.duration, 0.02)
    covered = sum(place.overlap(Span(word.start, word.end)) for word in ordinary if word.end >= word.start)
    middle = (place.start + place.end) / 2
    surest = max((word.probability for word in ordinary if word.start < middle < word.end), default=0.0)
    return min(1.0, covered / length) * surest
