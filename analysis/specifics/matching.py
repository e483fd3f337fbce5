"""Whether a person named the specifics of a programme in an answer, and when.

A specific ('QI project for every resident') is said where most of its terms (`analysis.specifics.terms`) come
within a few seconds of speech, by weight: an abbreviation or a name counts for more than a word, and a word
that is said of any programme ('hospital') for less. Words of which the recogniser is unsure make it unsure.

The thresholds were chosen on sentences written for it, and measured on others (`tests/analysis/specifics`):
what is marked as said nearly always was; of what was said with few of the same words, most is not found. The
person can therefore say that they did say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from rapidfuzz.fuzz import ratio

from analysis.report import Word
from analysis.specifics.terms import Term, terms_of
from analysis.text.words import is_filled_pause, is_fragment

Heard = Literal["said", "maybe", "not_heard"]

SAID = 0.62
"""Share of the weight of a specific's terms from which it is said."""
MAYBE = 0.5
"""Share from which it may have been said."""
LEAST_PROBABILITY = 0.5
"""Probability of the recogniser, under which a word is unsure."""
MOST_MOMENTS = 3

_WORDS_AROUND, _WORDS_A_TERM = 10, 3
"""A specific is looked for within so many words, and so many more for each of its terms."""
_CARRYING = 2 / 3
"""Share of the terms that carry the meaning of a specific that must be said."""
_NEAR = 2
"""Terms after a number among which what it counts must be."""
_UNITS_OF_TIME = frozenset({"minut", "hour", "day", "week", "month", "year"})
_SAME_SPELLING = 85.0
"""Likeness of two keys, of 100, from which they are one word that the recogniser spelled in another way."""
_SHORTEST_ALIKE = 6
"""Letters from which likeness counts."""


@dataclass(frozen=True)
class SaidAt:
    """A place where a specific was said.

    Attributes:
        start, end: seconds of the recording.
        text: the words, as they were written.
    """

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class HeardSpecific:
    """What was heard of one specific.

    Attributes:
        heard: `said`, `maybe`, or `not_heard`.
        moments: where, in order of time; none where it was not heard.
    """

    heard: Heard
    moments: tuple[SaidAt, ...] = ()


@dataclass(frozen=True)
class _Place:
    """Terms of an answer that fit a specific: what share of it they are, and from which word to which.

    Attributes:
        share: with the unsure words.
        sure: without them.
        complete: whether enough of the terms that carry its meaning are among the sure ones.
    """

    share: float
    sure: float
    complete: bool
    first: int
    last: int


def specifics_in(words: Sequence[Word], specifics: Sequence[str]) -> tuple[HeardSpecific, ...]:
    """What was heard of each specific.

    Args:
        words: of the transcript, in order of time, in English.
        specifics: as the person wrote them.
    """
    spoken = [
        word
        for word in words
        if not is_filled_pause(word.text, word.language)
        and not is_fragment(word.text)
        and word.language == "en"
    ]
    terms = terms_of([word.text for word in spoken])
    return tuple(_heard(terms_of(specific.split()), terms, spoken) for specific in specifics)


def _heard(wanted: Sequence[Term], said: Sequence[Term], words: Sequence[Word]) -> HeardSpecific:
    if not wanted:
        return HeardSpecific("not_heard")
    places = _places(wanted, said, words)
    sure = [place for place in places if place.sure >= SAID and place.complete]
    unsure = [place for place in places if place.share >= MAYBE]
    kept = _apart(sure or unsure)
    if not kept:
        return HeardSpecific("not_heard")
    moments = tuple(_moment(place, words) for place in sorted(kept, key=lambda place: place.first))
    return HeardSpecific("said" if sure else "maybe", moments)


def _places(wanted: Sequence[Term], said: Sequence[Term], words: Sequence[Word]) -> list[_Place]:
    """A place for each term of the answer with which one can begin."""
    reach = _WORDS_AROUND + _WORDS_A_TERM * len(wanted)
    fits = {
        at: [index for index, term in enumerate(wanted) if _fits(wanted, index, said, at)]
        for at in range(len(said))
    }
    total = sum(term.weight for term in wanted)
    places = []
    for at, fitting in fits.items():
        if not fitting:
            continue
        found: dict[int, float] = {}
        last = said[at].last
        for other in range(at, len(said)):
            if said[other].last - said[at].first >= reach:
                break
            probability = min(word.probability for word in words[said[other].first : said[other].last + 1])
            for index in fits[other]:
                if index not in found:
                    last = max(last, said[other].last)
                found[index] = max(found.get(index, 0.0), probability)
        weights = {index: wanted[index].weight for index in found}
        sure = [index for index in found if found[index] >= LEAST_PROBABILITY]
        places.append(
            _Place(
                sum(weights.values()) / total,
                sum(weights[index] for index in sure) / total,
                _is_complete(wanted, sure),
                said[at].first,
                last,
            )
        )
    return places


def _is_complete(wanted: Sequence[Term], said: Sequence[int]) -> bool:
    """Whether most of the terms that carry a specific's meaning were said; of two, both."""
    carrying = {index for index, term in enumerate(wanted) if term.carries}
    return len(carrying & set(said)) >= ceil(_CARRYING * len(carrying)) and len(said) >= min(2, len(wanted))


def _fits(wanted: Sequence[Term], index: int, said: Sequence[Term], at: int) -> bool:
    """Whether a term of the answer is one of the specific; a number only with what it counts."""
    term = wanted[index]
    if not term.number:
        return _alike(term.key, said[at].key) or _written_apart(wanted, index, said, at)
    if term.key != said[at].key:
        return False
    counted = wanted[index + 1 : index + 1 + _NEAR]
    following = said[at + 1 : at + 1 + _NEAR]
    if following and following[0].key in _UNITS_OF_TIME:  # 'twelve months ago in my country'
        following = following[:1]
    return not counted or any(_alike(one.key, other.key) for one in counted for other in following)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _SHORTEST_ALIKE and ratio(one, other) >= _SAME_SPELLING


def _written_apart(wanted: Sequence[Term], index: int, said: Sequence[Term], at: int) -> bool:
    """Whether two terms of one side are one of the other: 'health care' and 'healthcare'."""
    joined = "".join(term.key for term in said[at : at + 2])
    if (
        joined == wanted[index].key
        or "".join(term.key for term in said[max(0, at - 1) : at + 1]) == wanted[index].key
    ):
        return True
    pairs = [wanted[index : index + 2], wanted[max(0, index - 1) : index + 1]]
    return any(len(pair) == 2 and "".join(term.key for term in pair) == said[at].key for pair in pairs)


def _apart(places: Sequence[_Place]) -> list[_Place]:
    """The best places of which none overlaps another."""
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (-place.share, place.last - place.first)):
        if len(kept) < MOST_MOMENTS and all(
            place.last < other.first or place.first > other.last for other in kept
        ):
            kept.append(place)
    return kept


def _moment(place: _Place, words: Sequence[Word]) -> SaidAt:
    said = words[place.first : place.last + 1]
    return SaidAt(said[0].start, said[-1].end, " ".join(word.text for word in said).strip(" ,;:.!?"))
