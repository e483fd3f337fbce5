"""Which specifics of a programme an answer named, in words, as its report shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.formatting import clock, number_of
from analysis.report import Transcript
from analysis.specifics.matching import Heard, HeardSpecific, specifics_in

SpecificState = Literal["said", "maybe", "not_heard", "not_searched"]

_WORDS: Mapping[SpecificState, str] = {
    "said": "Said",
    "maybe": "Maybe said",
    "not_heard": "Not heard",
    "not_searched": "Not looked for",
}
_ENGLISH_ONLY = "Specifics are looked for in English answers only. You can mark what you said."
_HOW = (
    "Greenroom looks for the words on your sheet and for words close to them. It misses what you said in "
    "quite other words: then mark it yourself."
)


@dataclass(frozen=True)
class PlannedSpecific:
    """A specific on the sheet of a programme."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class SpecificMoment:
    """Where a specific was said.

    Attributes:
        start: seconds of the recording.
        label: `0:34`.
        text: the words that were said.
    """

    start: float
    label: str
    text: str


@dataclass(frozen=True)
class SpecificView:
    """One specific and what was heard of it.

    Attributes:
        id, kind, text: as they stand on the sheet.
        state: what holds: the word of the person, else what was heard.
        words: the state in words.
        by_person: whether the person said so.
        heard: what was heard, whatever the person said.
        moments: where it was heard, in order of time; also where the person says that it was not said.
    """

    id: str
    kind: str
    text: str
    state: SpecificState
    words: str
    by_person: bool
    heard: SpecificState
    moments: tuple[SpecificMoment, ...]


@dataclass(frozen=True)
class SpecificsView:
    """The specifics of a programme beside an answer.

    Attributes:
        summary: how many were said, in a sentence; empty without any.
        items: in the order of the sheet.
        note: how they were found, and what that misses; empty without any.
    """

    summary: str
    items: tuple[SpecificView, ...]
    note: str


def specifics_view(
    transcript: Transcript, specifics: Sequence[PlannedSpecific], by_person: Mapping[str, bool]
) -> SpecificsView:
    """Looks for the specifics of a sheet in an answer.

    Args:
        transcript: of the answer, with the person's corrections.
        specifics: those on the sheet.
        by_person: by their ids, what the person said about them: True for said.
    """
    if not specifics:
        return SpecificsView("", (), "")
    english = transcript.language == "en"
    heard = specifics_in(transcript.words, [each.text for each in specifics]) if english else ()
    items = tuple(
        _item(specific, heard[place] if english else None, by_person.get(specific.id))
        for place, specific in enumerate(specifics)
    )
    return SpecificsView(_summary(items), items, _HOW if english else _ENGLISH_ONLY)


def _item(specific: PlannedSpecific, heard: HeardSpecific | None, marked: bool | None) -> SpecificView:
    found: SpecificState = "not_searched" if heard is None else _state(heard.heard)
    state: SpecificState = found if marked is None else "said" if marked else "not_heard"
    words = (
        _WORDS[state] if marked is None else "Said: marked by you" if marked else "Not said: marked by you"
    )
    moments = () if heard is None else heard.moments
    return SpecificView(
        specific.id,
        specific.kind,
        specific.text,
        state,
        words,
        marked is not None,
        found,
        tuple(SpecificMoment(each.start, clock(each.start), each.text) for each in moments),
    )


def _state(heard: Heard) -> SpecificState:
    return heard


def _summary(items: Sequence[SpecificView]) -> str:
    if all(item.state == "not_searched" for item in items):
        return ""
    said = sum(item.state == "said" for item in items)
    maybe = sum(item.state == "maybe" for item in items)
    things = f"{number_of(len(items), 'thing')} on your sheet"
    named = f"You named {said} of {things}" if said else f"Of {things}, none was heard"
    if not maybe:
        return f"{named}."
    return f"{named}, and maybe {maybe} more." if said else f"{named}, but maybe {maybe}."
