"""Finds the labelled clips of people with a given first language, by the accents in the labels.

Labels state an accent ('Mandarin L1, f, 21'), not a first language; exported corrected answers follow the
same rule (`corrected_labels`). Synthetic voices have no first language.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.evaluation.results import Evaluation
from analysis.evaluation.summary import GroupFigures

_FIRST = " L1"
"""Suffix of an accent that states a first language."""
_SPEAKER = ": "
"""Separates the speaker's name from the accent, in labels that give both."""
_VARIETIES = {"North American": "English", "US": "English", "UK": "English"}
_MACHINE_KINDS = frozenset({"synthetic", "noise"})
_SYNONYMS = {
    "mandarin chinese": "mandarin",
    "chinese (mandarin)": "mandarin",
    "standard chinese": "mandarin",
    "putonghua": "mandarin",
    "普通话": "mandarin",
    "國語": "mandarin",
    "american english": "english",
    "british english": "english",
}
_KINDS = {
    "read": "read sentences",
    "spliced": "read sentences",
    "spontaneous": "spontaneous talk",
}


@dataclass(frozen=True)
class FirstLanguage:
    """A first language with labelled speech.

    Attributes:
        name: display name.
        clips, minutes, speakers: amount of labelled speech.
    """

    name: str
    clips: int
    minutes: float
    speakers: int


def accent_of(first_language: str | None) -> str:
    """The accent of a label for a first language; `not stated` without one.

    Commas and semicolons are removed, because they separate the parts of an accent.
    """
    plain = " ".join((first_language or "").replace(",", " ").replace(";", " ").split())
    return f"{plain}{_FIRST}" if plain else "not stated"


def groups_of(first_language: str, evaluation: Evaluation) -> tuple[GroupFigures, ...]:
    """The accent groups of people with this first language, in any spelling."""
    wanted = _key(first_language)
    return tuple(group for name, group in _spoken(evaluation) if _key(name) == wanted)


def name_of(first_language: str, evaluation: Evaluation) -> str:
    """The name of a first language in the labels, or the given name if it is not in the labels."""
    wanted = _key(first_language)
    names = (name for name, _ in _spoken(evaluation) if _key(name) == wanted)
    return next(names, " ".join(first_language.split()))


def kinds_of(group: GroupFigures) -> str:
    """The kinds of a group's clips, in words; empty if they are unknown."""
    words = " and ".join(dict.fromkeys(_KINDS[kind] for kind in group.kinds if kind in _KINDS))
    # Spliced clips contain fillers of other speakers, which do not represent this accent.
    return f"{words}, fillers of others put in" if "spliced" in group.kinds else words


def labelled_first_languages(evaluation: Evaluation) -> tuple[FirstLanguage, ...]:
    """All first languages with labelled speech, those with the most clips first."""
    found: dict[str, list[GroupFigures]] = {}
    for name, group in _spoken(evaluation):
        found.setdefault(name, []).append(group)
    languages = (
        FirstLanguage(
            name,
            sum(group.clips for group in groups),
            round(sum(group.minutes for group in groups), 1),
            sum(group.speakers for group in groups),
        )
        for name, groups in found.items()
    )
    return tuple(sorted(languages, key=lambda language: (-language.clips, language.name)))


def _spoken(evaluation: Evaluation) -> Iterable[tuple[str, GroupFigures]]:
    """Accent groups of people with a known first language, and its name."""
    for group in evaluation.groups:
        name = _first_language(group.name) if group.by == "accent" else None
        if name is not None and not set(group.kinds) <= _MACHINE_KINDS:
            yield name, group


def _first_language(accent: str) -> str | None:
    plain = accent.rpartition(_SPEAKER)[2].partition("(")[0].strip()
    if plain.endswith(_FIRST):
        return plain.removesuffix(_FIRST)
    # In labels with a speaker's name, the accent is a language with a region.
    return _VARIETIES.get(plain) or (plain if _SPEAKER in accent else None)


def _key(name: str) -> str:
    plain = " ".join(name.casefold().split())
    return _SYNONYMS.get(plain, plain)
