"""Features of a possible filled pause, for and against.

A transcribed filled pause and a candidate in the audio are one event when they overlap or are close to each
other. The recogniser's word times are often off by 0.3 s, so the times of the candidate are used if there is
one. A place where the decoder nearly wrote a filled pause is an event of its own if nothing else is near.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.decoder_odds import LEAST_LOG_ODDS, DecoderOdds
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
    "decoder_odds",
)
"""In the order of `Evidence.features`."""

_NEAR = 0.35
"""Longest distance, in seconds, between a transcribed filled pause and its candidate."""
_NOT_HEARD = -2.0
"""Log odds of a transcribed filled pause without any candidate."""
_LEAST_DECODER_ODDS = -2.0
"""Log odds from which a place in the text is an event without a written or an audible one."""
_SAME_PLACE = 0.1
"""Seconds. The decoder's steps for ', uh,' are as close as this."""
_WRITTEN_BONUS, _PER_SECOND = 4.0, 5.0
"""Log odds for a written filled pause, and less for each second of distance, when a place in the text could
belong to several sounds."""
_SHORTEST_PLACE = 0.1
"""Seconds. Between two words that touch, a filled pause that was left out takes up no time."""
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
    words: Sequence[Word],
    candidates: Sequence[Candidate],
    odds: Sequence[DecoderOdds],
    activity: Activity,
) -> tuple[Evidence, ...]:
    """All possible filled pauses, in order of time.

    Args:
        words: as the recogniser wrote them.
        candidates: in the audio.
        odds: of a filled pause between the words.
        activity: speech and silence.
    """
    written = [word for word in words if is_filled_pause(word.text, word.language)]
    ordinary = [word for word in words if not is_filled_pause(word.text, word.language)]
    partner = _partners(written, candidates)
    matched = {id(word) for word in partner.values()}
    events = [
        _Event(candidate, Span(candidate.start, candidate.end), partner.get(index))
        for index, candidate in enumerate(candidates)
    ]
    events += [
        _Event(None, sounding_part(word, activity), word) for word in written if id(word) not in matched
    ]
    places = _highest(odds)
    assigned = _assigned(events, places)
    taken = set(assigned.values())
    for index, place in enumerate(places):
        if index not in taken and place.log_odds >= _LEAST_DECODER_ODDS:
            assigned[len(events)] = index
            events.append(_Event(None, _widened(place), None))
    found = [
        _evidence(event, places[assigned[index]].log_odds if index in assigned else None, ordinary, activity)
        for index, event in enumerate(events)
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


@dataclass(frozen=True)
class _Event:
    candidate: Candidate | None
    place: Span
    word: Word | None

    def distances(self, starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
        """Seconds to places in the text, from the sound or from the word that was written for it."""
        found = _distances(self.place, starts, ends)
        if self.word is not None:
            found = np.minimum(found, _distances(Span(self.word.start, self.word.end), starts, ends))
        return found


def _highest(odds: Sequence[DecoderOdds]) -> list[DecoderOdds]:
    """The places with the highest odds around: the steps beside a filled pause have high odds as well."""
    descending = sorted(odds, key=lambda each: -each.log_odds)
    starts, ends = _edges(descending)
    beside = np.zeros(len(descending), np.bool_)
    kept: list[DecoderOdds] = []
    for index, place in enumerate(descending):
        if not beside[index]:
            kept.append(place)
            beside |= _distances(Span(place.start, place.end), starts, ends) <= _SAME_PLACE
    return kept


def _assigned(events: Sequence[_Event], places: Sequence[DecoderOdds]) -> dict[int, int]:
    """The place in the text of each event that has one; one to one."""
    pairs = []
    starts, ends = _edges(places)
    for e, event in enumerate(events):
        heard = _NOT_HEARD if event.candidate is None else event.candidate.peak
        distances = event.distances(starts, ends)
        for p in np.flatnonzero(distances <= _NEAR).tolist():
            score = heard + _WRITTEN_BONUS * (event.word is not None) - _PER_SECOND * float(distances[p])
            pairs.append((-score, e, p))
    assigned: dict[int, int] = {}
    taken: set[int] = set()
    for _, e, p in sorted(pairs):
        if e not in assigned and p not in taken:
            assigned[e] = p
            taken.add(p)
    return assigned


def _edges(places: Sequence[DecoderOdds]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts and ends of places, for `_distances`: an hour has thousands, so pairs are not looped over."""
    return np.array([each.start for each in places]), np.array([each.end for each in places])


def _distances(span: Span, starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds between a stretch and others, 0 where they overlap; shape of `starts`."""
    apart: NDArray[np.float64] = np.maximum(span.start, starts) - np.minimum(span.end, ends)
    return np.maximum(apart, 0.0)


def _widened(place: DecoderOdds) -> Span:
    missing = max(0.0, _SHORTEST_PLACE - (place.end - place.start))
    return Span(max(0.0, place.start - missing / 2), place.end + missing / 2)


def _evidence(
    event: _Event, log_odds: float | None, ordinary: Sequence[Word], activity: Activity
) -> Evidence:
    candidate, place, word = event.candidate, event.place, event.word
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
            min(LEAST_LOG_ODDS if log_odds is None else log_odds, 4.0) / 4,
        ]
    )
    return Evidence(place.start, place.end, word, features)


def _under_a_word(place: Span, ordinary: Sequence[Word]) -> float:
    """Evidence for another word here: share of the place covered by words, times their probability."""
    length = max(place.duration, 0.02)
    under = [word for word in ordinary if word.start < place.end and word.end > place.start]
    covered = sum(place.overlap(Span(word.start, word.end)) for word in under if word.end >= word.start)
    middle = (place.start + place.end) / 2
    surest = max((word.probability for word in under if word.start < middle < word.end), default=0.0)
    return min(1.0, covered / length) * surest
