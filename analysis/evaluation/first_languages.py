"""Which labelled clips are of people with one first language, by the accents that the labels name.

Labels name an accent ('Mandarin L1, f, 21'), not a first language; corrected answers that somebody exports
are named after the same rule (`corrected_labels`). Machine voices are nobody's speech.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.evaluation.results import Evaluation
from analysis.evaluation.summary import GroupFigures

_FIRST = " L1"
"""Ends an accent that names a first language."""
_SPEAKER = ": "
"""Parts a speaker's name from the accent, where a label gives both."""
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
    """A first language of which there is labelled speech.

    Attributes:
        name: for people.
        clips, minutes, speakers: how much there is.
    """

    name: str
    clips: int
    minutes: float
    speakers: int


def accent_of(first_language: str | None) -> str:
    """The accent that a label names for a first language; `not stated` without one.

    Commas and semicolons would part it into an accent group and more, so they go.
    """
    plain = " ".join((first_language or "").replace(",", " ").replace(";", " ").split())
    return f"{plain}{_FIRST}" if plain else "not stated"


def groups_of(first_language: str, evaluation: Evaluation) -> tuple[GroupFigures, ...]:
    """The accent groups of people with this first language, however it is written."""
    wanted = _key(first_language)
    return tuple(group for name, group in _spoken(evaluation) if _key(name) == wanted)


def name_of(first_language: str, evaluation: Evaluation) -> str:
    """A first language as the labels call it; as it was written where they have none of it."""
    wanted = _key(first_language)
    names = (name for name, _ in _spoken(evaluation) if _key(name) == wanted)
    return next(names, " ".join(first_language.split()))


def kinds_of(group: GroupFigures) -> str:
    """What a group's clips are, in words; empty where that is not known."""
    words = " and ".join(dict.fromkeys(_KINDS[kind] for kind in group.kinds if kind in _KINDS))
    # An accent says nothing of an 'um' that is somebody else's.
    return f"{words}, fillers of others put in" if "spliced" in group.kinds else words


def labelled_first_languages(evaluation: Evaluation) -> tuple[FirstLanguage, ...]:
    """Every first language of which there is labelled speech, most first."""
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
    """Accent groups of people whose first language the labels tell, with its name."""
    for group in evaluation.groups:
        name = _first_language(group.name) if group.by == "accent" else None
        if name is not None and not set(group.kinds) <= _MACHINE_KINDS:
            yield name, group


def _first_language(accent: str) -> str | None:
    plain = accent.rpartition(_SPEAKER)[2].partition("(")[0].strip()
    if plain.endswith(_FIRST):
        return plain.removesuffix(_FIRST)
    # Where a speaker is named, the accent is a language with a region.
    return _VARIETIES.get(plain) or (plain if _SPEAKER in accent else None)


def _key(name: str) -> str:
    plain = " ".join(name.casefold().split())
    return _SYNONYMS.get(plain, plain)
